import { type DecodedText, decodedOnce, joinedUp, plainText } from './decoded-text.ts';
import { PIECE, SecretPieces } from './secret-pieces.ts';

const REDACTED = '[redacted]';
// Shorter words are scheme names ("Basic") or nothing that can be told from ordinary text.
const SHORTEST = 8;
const SHORTEST_PASSWORD = 4;
// Of longer ones the pieces of base64 and hexadecimal digits would be more than the headers are worth.
const LONGEST_ENCODED = 256;
// As often as a text may have been encoded on its way: a URL in JSON in HTML.
const LAYERS = 3;

/** Words that must not be printed, and takes them out of texts, in the forms in which a receiver may quote them. */
export class SecretWords {
  readonly #forms: readonly string[];
  readonly #parts: readonly string[];
  #pieces: SecretPieces | undefined;

  /** @param values of headers */
  constructor(values: readonly string[]) {
    const words = values.flatMap((value) => [
      ...[value, ...value.split(/\s+/), ...value.split(BETWEEN)].filter(isLong),
      ...basicCredentials(value),
    ]);
    this.#forms = inLowerCase(words.flatMap(formsOf));
    // Names and schemes in a value are no secrets: pieces are only those of what stands between.
    const parts = values.flatMap((value) => value.split(BETWEEN)).filter(isLong);
    this.#parts = inLowerCase(
      parts.flatMap((part) => (part.length > LONGEST_ENCODED ? [part] : formsOf(part))),
    );
  }

  /**
   * `text` without any of them and without any piece of them: as they are, in upper or lower case, encoded for URLs, JSON or HTML, in
   * base64 or hexadecimal, broken into lines; and without those of `others`.
   */
  scrub(text: string, ...others: readonly SecretWords[]): string {
    const hidden = new Uint8Array(text.length);
    // All of them in the text as it is: what one has cut up another one would not find.
    const found = [this, ...others].filter((words) => words.#hideIn(text, hidden));
    return found.length > 0 ? withoutHidden(text, hidden) : text;
  }

  /** Marks each character that must not be printed. False where there is none. */
  #hideIn(text: string, hidden: Uint8Array): boolean {
    if (this.#forms.length === 0 || text === '') return false;
    let found = false;
    const hide = ({ starts }: DecodedText, from: number, to: number): void => {
      found = true;
      hidden.fill(1, starts[from], starts[to]);
    };
    this.#pieces ??= new SecretPieces(this.#parts);
    let layer: DecodedText | undefined = plainText(text);
    for (let depth = 0; depth <= LAYERS && layer !== undefined; depth++) {
      for (const form of this.#forms) {
        let at = layer.text.indexOf(form);
        for (; at >= 0; at = layer.text.indexOf(form, at + form.length))
          hide(layer, at, at + form.length);
      }
      const whole = layer;
      this.#pieces.find(whole.text, (at) => hide(whole, at, at + PIECE));
      const joined = joinedUp(whole.text);
      if (joined !== undefined)
        this.#pieces.find(joined.text, (at) => {
          const places = joined.places.slice(at, at + PIECE);
          // What stands between two that are hidden is no part of them.
          if (places.every((place) => hidden[whole.starts[place]!] === 1)) return;
          hide(whole, places[0]!, places[PIECE - 1]! + 1);
        });
      layer = decodedOnce(layer);
    }
    return found;
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

const BETWEEN = /[\s=,;:"'&]+/;

const inLowerCase = (texts: readonly string[]): string[] => [
  ...new Set(texts.map((text) => text.toLowerCase())),
];

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
