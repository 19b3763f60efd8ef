import { isPlaceholder } from '../detectors/placeholder-value.ts';
import { isLikelySecret, looksRandom } from '../engine/looks-random.ts';
import { actorNames, descriptiveNames, personValueNames, valueNames } from './inner-names.ts';
import { keySegments } from './key-segments.ts';
import { isPersonal, type KeyDecision } from './key-rules.ts';
import { isNoPassword } from './no-password.ts';
import { isPersonalValue, type PersonalKind } from './personal-names.ts';
import { isPublicValue } from './public-value.ts';
import { isSaidOfSecret } from './said-of-secret.ts';
import { mayBePassword } from './secret-value.ts';

/** What the name of a map or a list says about the values in it. */
export interface Inner {
  readonly decision: KeyDecision;
  /** True where the members are called as their owner likes: `{ passwords: { root: '…' } }`. */
  readonly holdsAnyName: boolean;
  /** True for an address that is not called that of a person. */
  readonly isUnsure?: boolean;
}

/** An address that may be that of a machine: only its lines say otherwise. */
export const ADDRESS: Inner = { decision: 'postal_address', holdsAnyName: false, isUnsure: true };
const EACH: Inner = { decision: 'secret', holdsAnyName: true };
/** Names that are those of settings and of what may be done as often: what is below them must look like a secret. */
const OF_MANY_MEANINGS = /^(?:authorization|cookies?)$/;
const SEVERAL = /^(?:passwords|passphrases|passcodes|pwds)$/;
const DIGITS_ONLY = /^[\d.,:+-]*$/;
const LONGEST_JUDGED = 256;
const LEAST = 3;
const LEAST_DIGITS = 4;
const LEAST_OF_ACTOR = 20;
/** A word, or several with hyphens: `dark`, `en-US`. */
const URL = /^[a-z][a-z\d+.-]{1,15}:\/\//i;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]|$)/;
const DATE_PARTS = new Set(['year', 'month', 'day']);
const LINES = new Set(['line', 'lines', 'street', 'address']);
const POSTCODES = new Set(['zip', 'postcode', 'postal', 'plz', 'code']);

const personValues: Readonly<Record<PersonalKind, ReadonlySet<string>>> = {
  person_name: set(personValueNames.person_name),
  postal_address: set(personValueNames.postal_address),
  date_of_birth: set(personValueNames.date_of_birth),
  phone_number: set(personValueNames.phone_number),
  passport_number: set(personValueNames.document),
  driver_license: set(personValueNames.document),
  card_code: set(personValueNames.document),
  national_id: set(personValueNames.document),
};

function set(names: string): ReadonlySet<string> {
  return new Set(names.split(','));
}

/** What holds inside of a map or a list whose name is judged so, or `undefined` where nothing does. */
export function innerOf(decision: KeyDecision, name: string): Inner | undefined {
  if (decision === 'none' || decision === 'allow' || decision === 'block') return undefined;
  const last = keySegments(name).at(-1) ?? '';
  if (decision === 'secret') {
    if (SEVERAL.test(last)) return EACH;
    if (OF_MANY_MEANINGS.test(last)) return { decision: 'likely', holdsAnyName: false };
  }
  return { decision, holdsAnyName: false };
}

/** What holds below a member of such a map: nothing, where its name describes. */
export function innerBelow(inner: Inner, key: string): Inner | undefined {
  return inner.decision !== 'block' && !isPersonal(inner.decision) && describes(key)
    ? undefined
    : inner;
}

/** Whether a text goes that stands in such a map under `key`, or in such a list under `''`. */
export function isInnerSecret(
  { decision, holdsAnyName, isUnsure }: Inner,
  key: string,
  value: string,
): boolean {
  if (value === '' || isPlaceholder(value, 0, value.length)) return false;
  if (decision === 'block') return true;
  const last = keySegments(key).at(-1) ?? '';
  if (isUnsure === true && !LINES.has(last)) return false;
  if (isPersonal(decision)) return isInnerPersonal(decision, last, value);
  if (value.length < LEAST || isPublicValue(value, 0) || isNoPassword(value, 0, value.length))
    return false;
  if (!valueNames.has(last) && descriptiveNames.has(last)) return false;
  if (actorNames.has(last))
    return value.length >= LEAST_OF_ACTOR && looksRandom(value, 0, value.length);
  if (decision === 'code') return /^\d{4,8}$/.test(value);
  if (decision === 'session') return looksRandom(value, 0, value.length);
  if (decision === 'signature') return isLikelySecret(value, 0, value.length);
  if (URL.test(value) || DATE.test(value)) return false;
  if (isLikelySecret(value, 0, value.length)) return true;
  if (mayBePassword(value, 0, value.length)) return true;
  if (decision !== 'secret' || !(holdsAnyName || valueNames.has(last))) return false;
  if (DIGITS_ONLY.test(value)) return value.length >= LEAST_DIGITS;
  return !/\s/.test(value.slice(0, LONGEST_JUDGED)) && !isSaidOfSecret(value, 0, value.length);
}

/** The same for a number: where only the name says what it is, it may be a setting. */
export function isInnerNumber(inner: Inner, key: string, value: string): boolean {
  const { decision } = inner;
  if (decision === 'block') return true;
  const last = keySegments(key).at(-1) ?? '';
  if (inner.isUnsure === true) return false;
  if (decision === 'date_of_birth' && DATE_PARTS.has(last)) return true;
  if (isPersonal(decision)) return isInnerPersonal(decision, last, value);
  return (
    (decision === 'secret' || decision === 'code') &&
    valueNames.has(last) &&
    value.length >= LEAST_DIGITS
  );
}

function isInnerPersonal(kind: PersonalKind, last: string, value: string): boolean {
  if (last !== '' && !personValues[kind].has(last)) return false;
  if (kind === 'date_of_birth' && DATE_PARTS.has(last)) return true;
  if (kind === 'postal_address') {
    if (POSTCODES.has(last)) return /^(?=.*\d)[\w -]{3,12}$/.test(value);
    if (/^(?:state|province|county|city|town)$/.test(last))
      return /^\p{L}[\p{L} .'’-]+$/u.test(value);
  }
  return isPersonalValue(kind, value);
}

function describes(key: string): boolean {
  const last = keySegments(key).at(-1) ?? '';
  return descriptiveNames.has(last) && !valueNames.has(last);
}
