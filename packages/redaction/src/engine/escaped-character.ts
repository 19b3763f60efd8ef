const NONE = -1;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;

/** A character written in another way: which one, and how many characters that takes. */
export interface Escape {
  readonly code: number;
  readonly length: number;
  /** How many backslashes stand in front of it when it is written as a text inside of a text has it. */
  readonly backslashes?: number;
}

/** The escape of a character that a text may be made of, or `undefined`: other control characters stay what they are. */
export function escapeOf(code: number, length: number): Escape | undefined {
  const isOne =
    (code >= 32 && code < 127) ||
    (code >= 0xa0 && code <= 0x10ffff) ||
    code === TAB ||
    code === LINE_FEED ||
    code === RETURN;
  return isOne ? { code, length } : undefined;
}

/** The number that so many hexadecimal digits stand for, or -1. */
export function hexAt(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return NONE;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : NONE;
}
