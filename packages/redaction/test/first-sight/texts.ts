import { Draw } from '../corpus/draw.ts';
import type { Clean, Positive } from '../corpus/corpus.ts';
import { cleanValues } from './clean-values.ts';
import { columnsAndLabels, columnsAndLabelsClean } from './columns-and-labels.ts';
import { callsAndFields, callsAndFieldsClean } from './fifth-round/calls-and-fields.ts';
import { cleanMessages } from './fifth-round/clean-messages.ts';
import { cleanOfFifthRound } from './fifth-round/clean-values.ts';
import { code } from './fifth-round/code.ts';
import { infrastructure } from './fifth-round/infrastructure.ts';
import { messages as messagesOfFifthRound } from './fifth-round/messages.ts';
import { messages } from './messages.ts';
import { moreCleanValues, moreStyles } from './more-styles.ts';
import { cleanOfSixthRound } from './sixth-round/clean-values.ts';
import { messagesOfSixthRound } from './sixth-round/messages.ts';
import { systems } from './sixth-round/systems.ts';
import { toolFiles } from './tool-files.ts';
import { cleanOfWords, cleanRecordsOfWords } from './word-clean-values.ts';
import { wordSecretRecords, wordSecrets } from './word-secrets.ts';

const MARKED = /<<(.+?)>>/gs;

type Forms = Readonly<Record<string, readonly string[]>>;

/** One positive for each secret of each text, filled `each` times. */
function positivesOf(styles: Forms, each: number, seed: number): Positive[] {
  const draw = new Draw(seed);
  return Object.entries(styles).flatMap(([group, forms]) =>
    forms.flatMap((form) =>
      Array.from({ length: each }, () => draw.form(form)).flatMap((filled) => {
        const text = filled.replaceAll(MARKED, '$1');
        return Array.from(filled.matchAll(MARKED), ([, secret]): Positive => ({
          group,
          context: form,
          text,
          secret: secret!,
        }));
      }),
    ),
  );
}

function cleanOf(traps: Forms, each: number, seed: number): Clean[] {
  const draw = new Draw(seed);
  return Object.entries(traps).flatMap(([trap, forms]) =>
    forms.flatMap((form) =>
      Array.from({ length: each }, (): Clean => ({ trap, key: 'note', value: draw.form(form) })),
    ),
  );
}

export function firstSightPositives(each: number): Positive[] {
  return positivesOf({ ...toolFiles, ...messages }, each, 51);
}

export function firstSightCleanValues(each: number): Clean[] {
  return cleanOf(cleanValues, each, 52);
}

/** The second round. */
export function secondRoundPositives(each: number): Positive[] {
  return positivesOf(moreStyles, each, 53);
}

export function secondRoundCleanValues(each: number): Clean[] {
  return cleanOf(moreCleanValues, each, 54);
}

/** The third round: secrets that are words. */
export function wordPositives(each: number): Positive[] {
  return positivesOf(wordSecrets, each, 55);
}

/** The same as attributes: each text is JSON. */
export function wordRecords(each: number): Positive[] {
  return positivesOf(wordSecretRecords, each, 56);
}

export function wordCleanValues(): Clean[] {
  return cleanOf(cleanOfWords, 1, 57);
}

/** The same as attributes: each value is JSON. */
export function wordCleanRecords(): Clean[] {
  return cleanOf(cleanRecordsOfWords, 1, 58);
}

/** The fourth round: columns, and labels that stand further away. */
export function labelledPositives(each: number): Positive[] {
  return positivesOf(columnsAndLabels, each, 59);
}

export function labelledCleanValues(each: number): Clean[] {
  return cleanOf(columnsAndLabelsClean, each, 60);
}

/** The fifth round: what pipelines, servers, programs, people and agents write. */
export function fifthRoundPositives(each: number): Positive[] {
  return positivesOf({ ...infrastructure, ...code, ...messagesOfFifthRound }, each, 71);
}

export function fifthRoundCleanValues(each: number): Clean[] {
  return cleanOf({ ...cleanOfFifthRound, ...cleanMessages }, each, 72);
}

/** The sixth round: agents, applications, systems and code of today. */
export function sixthRoundPositives(each: number): Positive[] {
  return positivesOf({ ...messagesOfSixthRound, ...systems }, each, 81);
}

export function sixthRoundCleanValues(each: number): Clean[] {
  return cleanOf(cleanOfSixthRound, each, 82);
}

/** Other texts of what the fifth round taught. */
export function afterFifthRoundPositives(each: number): Positive[] {
  return positivesOf({ callsAndFields }, each, 73);
}

export function afterFifthRoundCleanValues(each: number): Clean[] {
  return cleanOf({ callsAndFieldsClean }, each, 74);
}
