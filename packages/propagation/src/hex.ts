const VALUE_OF_CODE = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  VALUE_OF_CODE['0123456789abcdef'.charCodeAt(digit)] = digit;
}

/** 0 to 15, or -1 for everything that is not a lower-case hexadecimal digit. */
export function hexDigit(code: number): number {
  return code < 128 ? (VALUE_OF_CODE[code] as number) : -1;
}

/**
 * -1 when a character of `text[from, to)` is not a lower-case hexadecimal digit, 0 when all are `0`, otherwise
 * a positive number. The length is a multiple of four.
 */
export function hexRun(text: string, from: number, to: number): number {
  let digits = 0;
  let codes = 0;
  // Four at a time: half the time of one at a time. Past the table is undefined, which counts as 0 here,
  // so the codes are looked at as well.
  for (let at = from; at < to; at += 4) {
    const a = text.charCodeAt(at);
    const b = text.charCodeAt(at + 1);
    const c = text.charCodeAt(at + 2);
    const d = text.charCodeAt(at + 3);
    codes |= a | b | c | d;
    digits |=
      (VALUE_OF_CODE[a] as number) |
      (VALUE_OF_CODE[b] as number) |
      (VALUE_OF_CODE[c] as number) |
      (VALUE_OF_CODE[d] as number);
  }
  return codes > 127 ? -1 : digits;
}
