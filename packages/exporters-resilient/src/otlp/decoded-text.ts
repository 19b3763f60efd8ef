/** Text one layer of encoding deeper, in lower case, with the place in the original of each character. */
export interface DecodedText {
  readonly text: string;
  /** Where each character starts in the original, and behind the last one its length. */
  readonly starts: readonly number[];
}

/** A text as it is. */
export function plainText(text: string): DecodedText {
  return {
    // Character by character: some get longer in lower case.
    text: Array.from({ length: text.length }, (_, i) => lowered(text[i]!)).join(''),
    starts: Array.from({ length: text.length + 1 }, (_, i) => i),
  };
}

// %2D, \u002d, \x2d, \/, &#45;, &#x2d;, &amp;
const ENCODED =
  /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\([/"'\\])|&#x([0-9a-f]{1,6});|&#(\d{1,7});|&(amp|lt|gt|quot|apos);/g;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** The same with what URLs, JSON and HTML encode decoded, once. Undefined where nothing is. */
export function decodedOnce({ text, starts }: DecodedText): DecodedText | undefined {
  let decoded = '';
  const places: number[] = [];
  let done = 0;
  for (const match of text.matchAll(ENCODED)) {
    for (; done < match.index; done++) {
      decoded += text[done];
      places.push(starts[done]!);
    }
    decoded += characterOf(match);
    places.push(starts[done]!);
    done = match.index + match[0].length;
  }
  if (done === 0) return undefined;
  for (; done < text.length; done++) {
    decoded += text[done];
    places.push(starts[done]!);
  }
  places.push(starts[text.length]!);
  return { text: decoded, starts: places };
}

// What a text is wrapped with, as it is or in JSON.
const BREAK = /\s+|\\[nrt]/g;

/** A text without what breaks lines and words, and the place of each character before. Undefined where nothing does. */
export function joinedUp(
  text: string,
): { readonly text: string; readonly places: readonly number[] } | undefined {
  const places: number[] = [];
  let joined = '';
  let done = 0;
  const add = (to: number): void => {
    joined += text.slice(done, to);
    for (; done < to; done++) places.push(done);
  };
  for (const { index, 0: found } of text.matchAll(BREAK)) {
    add(index);
    done += found.length;
  }
  if (done === 0) return undefined;
  add(text.length);
  return { text: joined, places };
}

function characterOf([
  ,
  percent,
  unicode,
  hex,
  escaped,
  hexEntity,
  entity,
  name,
]: RegExpMatchArray) {
  if (escaped !== undefined) return escaped;
  if (name !== undefined) return NAMED[name]!;
  const digits = percent ?? unicode ?? hex ?? hexEntity;
  const code = digits === undefined ? Number(entity) : Number.parseInt(digits, 16);
  // One character for one: what is beyond is no part of a header.
  return code < 0x1_00_00 ? lowered(String.fromCharCode(code)) : '\ufffd';
}

function lowered(character: string): string {
  return character >= 'A' && character <= 'Z' ? character.toLowerCase() : character;
}
