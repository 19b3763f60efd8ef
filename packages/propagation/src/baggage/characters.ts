// What a character may be in a baggage header, as bits. Above ASCII there is none.

/** May stand in a key (RFC 7230 token). */
export const TOKEN = 1;
/** Stands for itself in a value: nothing is or has to be percent-encoded. */
export const PLAIN = 2;

const CLASS_OF_CODE = new Uint8Array(128);
for (let code = 0x21; code < 0x7f; code++) {
  const character = String.fromCharCode(code);
  CLASS_OF_CODE[code] =
    ('"(),/:;<=>?@[\\]{}'.includes(character) ? 0 : TOKEN) |
    ('",;\\%'.includes(character) ? 0 : PLAIN);
}

export function classOf(code: number): number {
  return code < 128 ? (CLASS_OF_CODE[code] as number) : 0;
}

/** True when every character of `text[from, to)` is one of `kind`. */
export function isAll(kind: number, text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if ((classOf(text.charCodeAt(at)) & kind) === 0) return false;
  }
  return true;
}
