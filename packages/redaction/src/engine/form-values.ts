import { BASE62, codesOf, DIGITS, HYPHEN, isIn, PERCENT } from './characters.ts';

const PLUS = '+';
const EQUALS = 61;
const AMPERSAND = 38;
const QUESTION_MARK = 63;
const SPACE = 32;
const BEHIND = BASE62 | PERCENT | HYPHEN;
/** Names of fields are shorter, and so are the first words of their values. */
const LONGEST_BEFORE = 1024;
const NAME = /^[\w.[\]%~-]{1,128}$/;
/** What is left in a value that was encoded for a form, and what people leave in it. */
const ENCODED = /^[\w%.+*:/@,-]*$/;
const PERCENT_ESCAPE = /%[\dA-Fa-f]{2}/;
/** Words, options of commands, groups of a number: at random, base64 has few of them between its plus signs. */
const WORD = /^(?:[A-Z]?[a-z']*[.,:;!?]?|\d{1,8}|-.*)$/;
/** What ends a field wherever it stands, and what ends one that has no mark in front. */
const ENDS: ReadonlySet<number> = codesOf('"&<>`');
const SOFT_ENDS: ReadonlySet<number> = codesOf("#'\\{|}();,");

/** Where plus signs stand for spaces. */
export interface FormValue {
  readonly from: number;
  readonly to: number;
}

/**
 * The fields of query strings and forms in a text, or `undefined`: in their values words are joined by plus signs. Each
 * character is looked at a few times at most.
 */
export function formValues(text: string): readonly FormValue[] | undefined {
  let fields: FormValue[] | undefined;
  let floor = 0;
  for (let at = text.indexOf(PLUS); at >= 0; at = text.indexOf(PLUS, floor)) {
    const field = isInWords(text, at) ? fieldAround(text, at, floor) : undefined;
    if (field !== undefined) (fields ??= []).push(field);
    floor = field?.to ?? at + 1;
  }
  return fields;
}

/** Not in `a + b`, `i++` and the like: most plus signs need no look at what stands around. */
function isInWords(text: string, at: number): boolean {
  return isIn(BEHIND, text.charCodeAt(at + 1)) && text.charCodeAt(at - 1) > SPACE;
}

function fieldAround(text: string, at: number, floor: number): FormValue | undefined {
  const lowest = Math.max(floor, at - LONGEST_BEFORE);
  let equals = -1;
  let name = -1;
  let from = at;
  for (; from > lowest; from--) {
    const code = text.charCodeAt(from - 1);
    if (code <= SPACE || ENDS.has(code) || (code === QUESTION_MARK && equals >= 0)) break;
    if (code === EQUALS) equals = from - 1;
    else if (name < 0 && SOFT_ENDS.has(code)) name = equals < 0 ? at : from;
  }
  // Too far away, or in front of a plus sign that stands in no field.
  if (equals < 0 || (from === lowest && from > 0)) return undefined;
  const mark = text.charCodeAt(from - 1);
  const isMarked = mark === QUESTION_MARK || mark === AMPERSAND;
  if (!isMarked && !NAME.test(text.slice(Math.max(from, name), equals))) return undefined;
  let to = at;
  while (to < text.length && !endsField(text.charCodeAt(to), isMarked)) to++;
  const value = text.slice(equals + 1, to);
  if (!isMarked && !ENCODED.test(value)) return undefined;
  if (!isOfWords(value)) return undefined;
  // The sign of a number that nobody encoded.
  const isSigned = value.startsWith(PLUS) && isIn(DIGITS, value.charCodeAt(1));
  return { from: equals + (isSigned ? 2 : 1), to };
}

function endsField(code: number, isMarked: boolean): boolean {
  return code <= SPACE || ENDS.has(code) || (!isMarked && SOFT_ENDS.has(code));
}

/** Whether plus signs join words and not the characters of base64 or the parts of a sum. */
function isOfWords(value: string): boolean {
  if (PERCENT_ESCAPE.test(value)) return true;
  const parts = value.split(PLUS);
  const words = parts.filter((part) => WORD.test(part)).length;
  return words * 2 >= parts.length;
}
