/** 1: may stand in a key (RFC 7230 token). 2: may stand in a value as it is. */
const CLASS_OF_CODE = new Uint8Array(128);
const TOKEN = 1;
const PLAIN = 2;

for (let code = 0x21; code < 0x7f; code++) {
  const character = String.fromCharCode(code);
  if (!'"(),/:;<=>?@[\\]{}'.includes(character)) CLASS_OF_CODE[code] = TOKEN;
  if (!'",;\\%'.includes(character)) CLASS_OF_CODE[code] = (CLASS_OF_CODE[code] as number) | PLAIN;
}

/** True when `text[from, to)` can be a baggage key: at least one character, all of them token characters. */
export function isToken(text: string, from: number, to: number): boolean {
  return from < to && isAll(TOKEN, text, from, to);
}

/** True when `text[from, to)` stands for itself in a baggage value: nothing is or has to be percent-encoded. */
export function isPlain(text: string, from: number, to: number): boolean {
  return isAll(PLAIN, text, from, to);
}

function isAll(wanted: number, text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || ((CLASS_OF_CODE[code] as number) & wanted) === 0) return false;
  }
  return true;
}
