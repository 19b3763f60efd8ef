import { isRedacted, startsAsPlaceholder } from './detectors/placeholder-value.ts';
import type { Inner } from './keys/inner-values.ts';
import { joined } from './keys/joined-path.ts';
import { isPersonal, type KeyDecision, type KeyRules } from './keys/key-rules.ts';
import { isPairedSecret } from './keys/paired-value.ts';
import { isObject, textOf } from './value-shapes.ts';

/**
 * Names of the two members of a list entry that is a pair, `{ "key": "password", "value": "…" }`, and of what a validation
 * refused: `{ "loc": ["body", "password"], "input": "…" }`.
 */
export const NAME_MEMBER: RegExp =
  /(?:^|\.)(?:key|name|field|header|parameter|variable|k|(?:parameter|option|setting|variable|field|property)_?(?:key|name)|loc|path|param|property|propertypath|attribute|instancepath|datapath|pointer)$/i;
export const VALUE_MEMBER: RegExp =
  /(?:^|\.)(?:value|val|v|default|content|(?:parameter|option|setting|variable|rejected|attempted|submitted|invalid|input|actual)_?value|input|received|rejected)$/i;
/** In a list of headers nothing else is called so. */
const HEADER = /^(?:set-)?cookie$|^(?:proxy-)?authorization$/i;
const BLOCKED: Inner = { decision: 'block', holdsAnyName: true };
/** Longest text that is taken for a name. */
export const LONGEST_NAME = 128;

/** What such a member names: a text, or the last one of a path. An address is no name. */
export function nameIn(value: unknown): string | undefined {
  const name: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof name !== 'string' || name.length > LONGEST_NAME) return undefined;
  const last = name.lastIndexOf('/');
  if (last < 0) return name;
  // `/password` points into a document, `/oauth/token` is where a server answers.
  return last === 0 ? name.slice(1) : undefined;
}

/**
 * Whether the value of such a pair goes. The name may as well be that of a column, a label or a test, so the value must
 * look like a secret.
 */
export function isNamedBeside(name: string, decision: KeyDecision, value: unknown): boolean {
  if (typeof value !== 'string' || decision === 'none' || isRedacted(value)) return false;
  if (decision === 'allow' || isPersonal(decision)) return false;
  // A placeholder with something beside it is nobody's text.
  if (decision === 'block' || HEADER.test(name) || startsAsPlaceholder(value)) return true;
  return isPairedSecret(decision, value, 0, value.length);
}

/** What holds for the value of such a pair. */
export interface SecretMember {
  readonly key: string;
  /** What the name says about what is in it, where it is a map or a list. */
  readonly inner?: Inner;
}

/**
 * The member of `{ key: 'password', value: '…' }` that goes, and that of `{ key: 'password', value: { stringValue: '…' } }`
 * of which the inside is looked at, as OTLP has it.
 */
export function secretMemberOf(
  map: Readonly<Record<string, unknown>>,
  path: string,
  { keys, isAllowed }: { readonly keys: KeyRules; readonly isAllowed: (value: string) => boolean },
): SecretMember | undefined {
  const members = Object.keys(map).filter((key) => VALUE_MEMBER.test(key));
  if (members.length === 0) return undefined;
  for (const key of Object.keys(map)) {
    const name = NAME_MEMBER.test(key) ? nameIn(map[key]) : undefined;
    if (name === undefined) continue;
    const full = keys.usesPaths ? joined(path, name) : name;
    const decision = keys.decide(full);
    for (const member of members) {
      const value = map[member];
      const text = textOf(value);
      if (text !== undefined) {
        if (isNamedBeside(name, decision, text) && !isAllowed(text)) return { key: member };
      } else if (isObject(value)) {
        const inner = decision === 'block' ? BLOCKED : keys.inside(full);
        if (inner !== undefined) return { key: member, inner };
      }
    }
  }
  return undefined;
}

const MAIL_MEMBER = /^(?:e_?mail|mail|e_?mail_?address|user_?principal_?name)$/i;
const PERSON_MEMBER = /^(?:(?:display|full|real|user)_?)?name$/i;
const PERSON = /^\p{Lu}[\p{L}\p{M}.'’-]{1,24}(?: \p{Lu}[\p{L}\p{M}.'’-]{0,24}){1,3}$/u;

/** The member that holds the name of a person: that beside the address of a mail. */
export function personMemberOf(
  map: Readonly<Record<string, unknown>>,
  { isAllowed }: { readonly isAllowed: (value: string) => boolean },
): string | undefined {
  const keys = Object.keys(map);
  const hasMail = keys.some((key) => {
    if (!MAIL_MEMBER.test(key)) return false;
    const value = map[key];
    return typeof value === 'string' && value.includes('@');
  });
  if (!hasMail) return undefined;
  return keys.find((key) => {
    const value = PERSON_MEMBER.test(key) ? map[key] : undefined;
    return typeof value === 'string' && PERSON.test(value) && !isAllowed(value);
  });
}
