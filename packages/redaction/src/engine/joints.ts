import { isSpace } from './characters.ts';

/** Line breaks as they are, and as JSON writes them. */
const BREAK = String.raw`(?:\r?\n|(?:\\{1,4}r)?\\{1,4}n)`;
/**
 * Where a text goes on somewhere else: `=` at the end of a line (quoted-printable), a backslash there (shells, C), the end of
 * one text in quotes and the start of the next, with an operator or a line break between them. Behind the padding of base64
 * stands a name, another one of its kind, or the end of a block.
 */
const PATTERN: string = [
  String.raw`(?<!=)=[ \t]{0,4}${BREAK}(?![\w.-]{1,64}\s?[:=]|[-\s])`,
  String.raw`\\(?:\r?\n|\\\\(?:r\\)?n)`,
  String.raw`\\{0,7}["'\x60](?:\s|\\[nrt]){0,40}(?:(?:\+|\.{1,2}|&(?: _)?|\|\|)(?:\s|\\[nrt]){0,80}|\\\r?\n[ \t]{0,80}|\r?\n[ \t]{1,80})[BFRUbfru]{0,2}\\{0,7}["'\x60]`,
].join('|');
const JOINT: RegExp = new RegExp(PATTERN, 'y');
/** All of them. */
export const JOINTS: RegExp = new RegExp(PATTERN, 'g');
const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const AMPERSAND = 38;
const APOSTROPHE = 39;
const PLUS = 43;
const FULL_STOP = 46;
const EQUALS = 61;
const BACKSLASH = 92;
const BACKTICK = 96;
const BAR = 124;
const LONGEST_GAP = 80;

/** Whether the text is joined to what follows behind `at`, or one character before: `=` may end a token. */
export function mayBeJoint(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === LINE_FEED || code === RETURN || code === BACKSLASH)
    return isJoint(text, text.charCodeAt(at - 1) === EQUALS ? at - 1 : at);
  if (code === EQUALS) return isJoint(text, at);
  return isQuote(code) && goesOn(text.charCodeAt(at + 1)) && isJoint(text, at);
}

/** Whether one may end in front of `at`. */
export function mayEndJoint(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (before === LINE_FEED) {
    const beforeThat = text.charCodeAt(at - (text.charCodeAt(at - 2) === RETURN ? 3 : 2));
    return beforeThat === EQUALS || beforeThat === BACKSLASH;
  }
  if (!isQuote(before)) return false;
  // `+ "`, and the like: a name or a comma stands in front of most texts.
  let operator = at - 2;
  while (at - operator < LONGEST_GAP && isSpace(text.charCodeAt(operator))) operator--;
  return isOperator(text.charCodeAt(operator));
}

function isJoint(text: string, at: number): boolean {
  JOINT.lastIndex = at;
  return JOINT.test(text);
}

/** Whether an operator or a line break may follow the text in quotes that ends before that character. */
function goesOn(code: number): boolean {
  return isOperator(code) || code === BACKSLASH || isSpace(code);
}

function isOperator(code: number): boolean {
  return code === PLUS || code === FULL_STOP || code === AMPERSAND || code === BAR;
}

function isQuote(code: number): boolean {
  return code === QUOTE || code === APOSTROPHE || code === BACKTICK;
}
