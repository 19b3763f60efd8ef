import { EAST_ASIAN_LETTERS, isIn, LETTERS } from '../engine/characters.ts';

/** What may stand between a label and its number, beside the words of `between`. */
const TIE = new Set(' \t\n:：="\'(\\*.’_-\u00a0/№°');
const MOST_TIES = 14;
const LONGEST_WORD = 24;
/** How many words are looked at: `phone number is`. */
const MOST_WORDS = 4;

/** Words that may stand behind a label. */
const between = words(
  'number numbers nummer numéro número numero nr no n me us him her them at on is lautet ist est es è é',
);
/** A set of labels. */
export interface Labels<Label> {
  /** What a word says about the number behind it. `next` is the word in between. */
  readonly labelOf: (word: string, next: string) => Label | undefined;
  /** For first and last letters in ASCII, whether a word has them: most have not, and cost no look-up. */
  readonly outlines: Uint8Array;
}

const LETTER_BITS = 31;

export function labels<Label>(
  known: Iterable<string>,
  labelOf: Labels<Label>['labelOf'],
): Labels<Label> {
  const outlines = new Uint8Array(1024);
  for (const word of [...known, ...between])
    outlines[outline(word.charCodeAt(0), word.charCodeAt(word.length - 1))] = 1;
  return { labelOf, outlines };
}

function outline(first: number, last: number): number {
  return ((first & LETTER_BITS) << 5) | (last & LETTER_BITS);
}

/**
 * What the word before `from` says, or that before words such as `number is` in between. A loop over characters: numbers
 * are many, and most have no word for what they are.
 */
export function labelBefore<Label>(
  text: string,
  from: number,
  { labelOf, outlines }: Labels<Label>,
): Label | undefined {
  let at = from;
  let next = '';
  for (let count = 0; count < MOST_WORDS; count++) {
    let end = at;
    while (end > 0 && at - end < MOST_TIES && TIE.has(text[end - 1]!)) end--;
    let start = end;
    while (start > 0 && end - start < LONGEST_WORD && isLetter(text.charCodeAt(start - 1))) start--;
    // Without spaces between words the label may touch its number.
    const mayTouch = end < from || text.charCodeAt(end - 1) >= EAST_ASIAN_LETTERS;
    if (start === end || !mayTouch) return undefined;
    const last = text.charCodeAt(end - 1);
    if (last < 128 && outlines[outline(text.charCodeAt(start), last)] === 0) return undefined;
    const word = text.slice(start, end).toLowerCase();
    const label = labelOf(word, next);
    if (label !== undefined) return label;
    if (!between.has(word)) return undefined;
    next = word;
    at = start;
  }
  return undefined;
}

function isLetter(code: number): boolean {
  return (
    isIn(LETTERS, code) || (code >= 0xc0 && code !== 0xff1a && code !== 0x2019 && code !== 0x2116)
  );
}

/** The words of some lists, for `labelOf`. */
export function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').split(' '));
}
