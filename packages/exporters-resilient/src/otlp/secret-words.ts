import { decodedOnce, plainText } from './decoded-text.ts';

const REDACTED = '[redacted]';
// Shorter words are scheme names ("Basic") or nothing that can be told from ordinary text.
const SHORTEST = 8;
const SHORTEST_PASSWORD = 4;
// As often as a text may have been encoded on its way: a URL in JSON in HTML.
const LAYERS = 3;

/** Words that must not be printed, and takes them out of texts, in the forms in which a receiver may quote them. */
export class SecretWords {
  readonly #forms: readonly string[];

  /** @param values of headers */
  constructor(values: readonly string[]) {
    const words = values.flatMap((value) => [
      ...[value, ...value.split(/\s+/), ...value.split(/[\s=,;:"'&]+/)].filter(isLong),
      ...basicCredentials(value),
    ]);
    this.#forms = [...new Set(words.flatMap(formsOf))].map((form) => form.toLowerCase());
  }

  /** `text` without any of them: as they are, in upper or lower case, encoded for URLs, JSON or HTML, in base64 or hexadecimal. */
  scrub(text: string): string {
    if (this.#forms.length === 0 || text === '') return text;
    const hidden = new Uint8Array(text.length);
    let found = false;
    let layer: ReturnType<typeof decodedOnce> = plainText(text);
    for (let depth = 0; depth <= LAYERS && layer !== undefined; depth++) {
      for (const form of this.#forms) {
        let at = layer.text.indexOf(form);
        for (; at >= 0; at = layer.text.indexOf(form, at + form.length)) {
          found = true;
          hidden.fill(1, layer.starts[at], layer.starts[at + form.length]);
        }
      }
      layer = decodedOnce(layer);
    }
    return found ? withoutHidden(text, hidden) : text;
  }
}

function withoutHidden(text: string, hidden: Uint8Array): string {
  let shown = '';
  for (let i = 0; i < text.length; i++) {
    if (hidden[i] === 0) shown += text[i];
    else if (i === 0 || hidden[i - 1] === 0) shown += REDACTED;
  }
  return shown;
}

const isLong = (word: string): boolean => word.length >= SHORTEST;

/** User, password and both of a `Basic` value, in which no receiver needs to look for long. */
function basicCredentials(value: string): string[] {
  const encoded = /^basic\s+([a-z0-9+/_-]+=*)\s*$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  const pair = textOfBase64(encoded);
  const colon = pair?.indexOf(':') ?? -1;
  if (pair === undefined || colon < 0) return [];
  const password = pair.slice(colon + 1);
  return [
    ...[pair, pair.slice(0, colon)].filter(isLong),
    ...(password.length >= SHORTEST_PASSWORD ? [password] : []),
  ];
}

function textOfBase64(encoded: string): string | undefined {
  try {
    return atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}

/** The word itself, in hexadecimal digits, and in base64 wherever in what is encoded it stands. */
function formsOf(word: string): string[] {
  const bytes = latin1(word);
  const hex = Array.from(bytes, (code) => code.toString(16).padStart(2, '0')).join('');
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = btoa(String.fromCharCode(...Array<number>(shift).fill(0), ...bytes));
    // What stands before and behind it changes the characters at its ends.
    return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [word, hex, ...[...base64, ...urlSafe].filter((text) => text.length >= 5)];
}

function latin1(word: string): number[] {
  return Array.from({ length: word.length }, (_, i) => word.charCodeAt(i) & 0xff);
}
