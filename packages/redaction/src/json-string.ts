const QUOTE = 34;
const BACKSLASH = 92;
const OPEN = 91;

/** Behind the quote that closes the string of a JSON text opened at `start`, or -1. */
export function stringEnd(text: string, start: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** The string that stands there with its quotes, or `undefined` when it is none. */
export function decodedString(text: string, from: number, to: number): string | undefined {
  if (text.charCodeAt(from) !== QUOTE) return undefined;
  try {
    const value: unknown = JSON.parse(text.slice(from, to));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The string, or the list of strings, that stands there. */
export function decodedName(text: string, from: number, to: number): unknown {
  if (text.charCodeAt(from) !== OPEN) return decodedString(text, from, to);
  try {
    return JSON.parse(text.slice(from, to));
  } catch {
    return undefined;
  }
}

const WRAPPED = /\{\s{0,32}"stringValue"\s{0,8}:\s{0,8}(?=")/y;

/** Where the text of a value stands that OTLP wraps: `{"stringValue": "…"}`. Otherwise where the value does. */
export function wrappedText(
  text: string,
  from: number,
  to: number,
): { readonly from: number; readonly to: number } {
  WRAPPED.lastIndex = from;
  if (text.charCodeAt(from) !== 123 || !WRAPPED.test(text)) return { from, to };
  const start = WRAPPED.lastIndex;
  return { from: start, to: stringEnd(text, start) };
}
