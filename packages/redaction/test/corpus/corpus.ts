import type { CleanForm } from './clean-form.ts';
import { cleanForms, cleanTexts } from './clean-forms.ts';
import { type Context, contexts, namedContexts, type NamedContext } from './contexts.ts';
import { Draw } from './draw.ts';
import { type GenericForm, genericForms } from './generic-forms.ts';
import {
  unseenCleanForms,
  unseenContexts,
  unseenNamedContexts,
  unseenNames,
  unseenTokenForms,
} from './held-out.ts';
import { optInForms, type PersonalForm, personalForms } from './personal-forms.ts';
import { tokenForms } from './token-forms.ts';
import { unmarkedForms } from './unmarked-forms.ts';

/** A text with something in it that must not leave. */
export interface Positive {
  /** What recall is counted by: a service, or a kind of personal data. */
  readonly group: string;
  readonly context: string;
  readonly text: string;
  /** Must not be found in what is left, nor any long part of it. */
  readonly secret: string;
}

/** A value that must leave as it is. */
export interface Clean {
  readonly trap: string;
  readonly key: string;
  readonly value: string;
}

const SECRET = /<<(.+)>>/s;

function fromTokens(
  list: readonly { service: string; form: string }[],
  places: readonly Context[],
  each: number,
  seed: number,
): Positive[] {
  const draw = new Draw(seed);
  return list.flatMap(({ service, form }) =>
    Array.from({ length: each }, (_, index): Positive => {
      const { name, write } = places[(index + draw.int(0, places.length - 1)) % places.length]!;
      const filled = draw.form(form);
      const secret = SECRET.exec(filled)?.[1] ?? filled;
      return {
        group: service,
        context: name,
        text: write(filled.replaceAll(/<<|>>/g, ''), draw),
        secret,
      };
    }),
  );
}

function fromGeneric(
  list: readonly GenericForm[],
  places: readonly Context[],
  each: number,
  seed: number,
): Positive[] {
  const draw = new Draw(seed);
  return list.flatMap(({ kind, multiline, make }) => {
    const fitting = multiline === true ? places.filter((place) => place.multiline) : places;
    return Array.from({ length: fitting.length === 0 ? 0 : each }, (): Positive => {
      const { name, write } = draw.pick(fitting);
      const { text, secret } = make(draw);
      return { group: kind, context: name, text: write(text, draw), secret };
    });
  });
}

function fromNames(
  list: readonly (readonly [string, string])[],
  places: readonly NamedContext[],
  each: number,
  seed: number,
): Positive[] {
  const draw = new Draw(seed);
  return list.flatMap(([names, body]) =>
    Array.from({ length: each }, (_, index): Positive => {
      const name = draw.pick(names.split('|'));
      const place = places[index % places.length]!;
      const secret = draw.form(body);
      return {
        group: `named ${names.split('|')[0]!}`,
        context: place.name,
        text: place.write(name, secret, draw),
        secret,
      };
    }),
  );
}

const labelled: readonly ((label: string, value: string) => string)[] = [
  (label, value) => `${label}: ${value}`,
  (label, value) => `Hello,\n${label}: ${value}\nThank you`,
  (label, value) => JSON.stringify({ [label]: value, n: 1 }),
  (label, value) => JSON.stringify({ body: JSON.stringify({ [label]: value }) }),
  (label, value) => `${label}=${value}`,
];

function fromPersonal(
  list: readonly PersonalForm[],
  places: readonly Context[],
  each: number,
  seed: number,
): Positive[] {
  const draw = new Draw(seed);
  return list.flatMap(({ kind, label, make }) =>
    Array.from({ length: each }, (): Positive => {
      const secret = make(draw);
      if (label !== undefined)
        return {
          group: kind,
          context: 'labelled',
          text: draw.pick(labelled)(draw.pick(label), secret),
          secret,
        };
      const { name, write } = draw.pick(places);
      return { group: kind, context: name, text: write(secret, draw), secret };
    }),
  );
}

/** What the presets `secrets` and `pii` must find: more than 5,000 texts. */
export function positives(): Positive[] {
  return [
    ...fromTokens(tokenForms, contexts, 16, 11),
    ...fromGeneric(genericForms, contexts, 20, 12),
    ...fromNames(unmarkedForms, namedContexts, 30, 13),
    ...fromPersonal(personalForms, contexts, 40, 14),
  ];
}

/** The same forms, and names nobody knows, in places that were left out while tuning. */
export function unseenPositives(): Positive[] {
  return [
    ...fromTokens(tokenForms, unseenContexts, 6, 21),
    ...fromGeneric(genericForms, unseenContexts, 8, 22),
    ...fromPersonal(personalForms, unseenContexts, 10, 23),
    ...fromNames(unseenNames, unseenNamedContexts, 45, 24),
    ...fromTokens(
      unseenTokenForms.map((form) => ({ service: `unseen ${form.split('{')[0]!}`, form })),
      [...contexts, ...unseenContexts],
      20,
      25,
    ),
  ];
}

/** What only `strict` and the numbers of countries find. */
export function optInPositives(): Positive[] {
  return fromPersonal(optInForms, [...contexts, ...unseenContexts], 40, 31);
}

function clean(list: readonly CleanForm[], each: number, seed: number): Clean[] {
  const draw = new Draw(seed);
  return list.flatMap(({ trap, key, make }) =>
    Array.from({ length: each }, (_, index): Clean => {
      const value = make(draw);
      const text = index % 3 === 2 ? draw.pick(cleanTexts)(value) : value;
      return { trap, key: text === value ? key : 'note', value: text };
    }),
  );
}

/** Values of telemetry with nothing to hide: more than 5,000. */
export function cleanValues(): Clean[] {
  return clean(cleanForms, 90, 41);
}

export function unseenCleanValues(): Clean[] {
  return clean(unseenCleanForms, 60, 42);
}
