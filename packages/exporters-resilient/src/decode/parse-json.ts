import { DecodeError, type ResolvedLimits } from './decode-result.ts';

const [QUOTE, BACKSLASH, COMMA, MINUS, ZERO, NINE] = [0x22, 0x5c, 0x2c, 0x2d, 0x30, 0x39] as const;
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d] as const;
// Below that every whole number is exact.
const LONG_DIGITS = 16;

/**
 * JSON.parse within limits, that leaves whole numbers of 64 bits, which somebody wrote without quotes, as text: it would round
 * them. A look at the text before is cheaper than a reviver, and than what a small text may become. Throws {@link DecodeError}.
 */
export function parseJson(text: string, { maxDepth, maxFields }: ResolvedLimits): unknown {
  // Every message is an object, mostly in an array.
  const longNumbers = look(text, 2 * maxDepth + 2, maxFields);
  const quoted = longNumbers.length === 0 ? text : quote(text, longNumbers);
  try {
    return JSON.parse(quoted);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DecodeError(message, Number(/position (\d+)/.exec(message)?.[1] ?? 0));
  }
}

/** Where long whole numbers start and end. */
function look(text: string, maxDepth: number, maxFields: number): (readonly [number, number])[] {
  const longNumbers: [number, number][] = [];
  let depth = 0;
  let fields = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      fields++;
      if (++depth > maxDepth)
        throw new DecodeError(`objects and arrays are nested more than ${maxDepth} deep`, at);
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    else if (code === COMMA) fields++;
    else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, at);
      if (isLongWhole(text, at, end)) longNumbers.push([at, end]);
      at = end - 1;
    }
    if (fields > maxFields)
      throw new DecodeError(`there are more than ${maxFields} fields (maxFields)`, at);
  }
  return longNumbers;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !ENDS_NUMBER.has(text.charCodeAt(end))) end++;
  return end;
}

/** One that JSON would take, and without fraction and exponent. */
function isLongWhole(text: string, start: number, end: number): boolean {
  const from = text.charCodeAt(start) === MINUS ? start + 1 : start;
  if (end - from < LONG_DIGITS || text.charCodeAt(from) === ZERO) return false;
  for (let at = from; at < end; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

function quote(text: string, numbers: readonly (readonly [number, number])[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of numbers) {
    parts.push(text.slice(at, start), `"${text.slice(start, end)}"`);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

const ENDS_NUMBER: ReadonlySet<number> = new Set(
  Array.from(',]} \t\r\n', (character) => character.charCodeAt(0)),
);
