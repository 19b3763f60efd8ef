import { type AnchorTree, buildAnchorTree } from './anchor-tree.ts';
import { isLittleEndian } from './text-units.ts';

/** Tables that find the places of a text where one of many anchors stands. */
export interface AnchorIndex {
  /**
   * A bit for each four characters, each as one of 32 classes: set when an anchor may start one before, at, or one
   * behind the first of them.
   */
  readonly windows: Int32Array;
  /** The class of each UTF-16 code unit for `windows`. */
  readonly windowClassOf: Uint8Array;
  /** The classes of two characters of Latin-1, by the one that `TextUnits` has in the lower half and 256 times the other. */
  readonly pairClassOf: Uint16Array;
  /** A bit for each three classes: set when an anchor may start with them. */
  readonly starts: Int32Array;
  /** The anchors, each an index into the list the tables were built from. */
  readonly tree: AnchorTree;
  /** The class of each UTF-16 code unit for `tree`, 0 for one that stands in no anchor. */
  readonly classOf: Uint8Array;
  /** Length of the longest anchor. */
  readonly longest: number;
}

const WINDOW_CLASSES = 32;
const BEYOND_ASCII = 128;
const BEYOND_ASCII_CLASSES = 16;
const BEYOND_LATIN = 256;

/**
 * One character for all that an anchor does not tell apart: case, and `-` from `_`. The matchers look at the
 * exact text, so the tables only have to find places worth a look, and stay small enough for the cache.
 */
export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('_', '-')
    .replaceAll(/[^\0-\x7f]/g, (letter) =>
      String.fromCharCode(foldedBeyondAscii(letter.charCodeAt(0))),
    );
}

/**
 * Letters beyond ASCII share 16 characters, the large and the small one nearly always the same, so that the tables do
 * not grow by every alphabet.
 */
function foldedBeyondAscii(code: number): number {
  return BEYOND_ASCII + ((code >> 1) & (BEYOND_ASCII_CLASSES - 1));
}

/** Whether a character of a folded anchor stands for letters beyond ASCII. */
export function isBeyondAscii(code: number): boolean {
  return code >= BEYOND_ASCII;
}

/** Builds the tables for `anchors`: folded, none of them the start of another one. */
export function buildAnchorIndex(anchors: readonly string[]): AnchorIndex {
  const windowClassOf = windowClasses();
  const characters = [...new Set(anchors.join('').split(''))];
  const classOf = treeClasses(characters);
  const classes = anchors.map((anchor) =>
    anchor.split('').map((character) => classOf[character.charCodeAt(0)]!),
  );
  return {
    windows: buildWindows(anchors, windowClassOf),
    windowClassOf,
    pairClassOf: pairClasses(windowClassOf),
    starts: buildStarts(anchors, windowClassOf),
    longest: Math.max(0, ...anchors.map(({ length }) => length)),
    tree: buildAnchorTree(classes, characters.length + 1),
    classOf,
  };
}

function treeClasses(characters: readonly string[]): Uint8Array {
  // All of UTF-16, so that the pass needs no range check. ASCII text touches only its first two cache lines.
  const classOf = new Uint8Array(65_536);
  characters.forEach((character, index) => {
    classOf[character.charCodeAt(0)] = index + 1;
    const upper = character.toUpperCase().charCodeAt(0);
    if (upper < BEYOND_ASCII) classOf[upper] = index + 1;
  });
  classOf['_'.charCodeAt(0)] = classOf['-'.charCodeAt(0)]!;
  for (let code = BEYOND_ASCII + BEYOND_ASCII_CLASSES; code < classOf.length; code++)
    classOf[code] = classOf[foldedBeyondAscii(code)]!;
  return classOf;
}

/** A class for each letter, and as few as possible for the rest: 32 in all make four characters 20 bits. */
function windowClasses(): Uint8Array {
  const classOf = new Uint8Array(65_536);
  for (let letter = 0; letter < 26; letter++)
    classOf[97 + letter] = classOf[65 + letter] = letter + 1;
  // The three rarest letters share one, so that letters of other alphabets have one, and quotes.
  const beyondAscii = classOf[113]!;
  const quotes = classOf[122]!;
  classOf[113] = classOf[81] = classOf[122] = classOf[90] = classOf[106]!;
  classOf.fill(beyondAscii, BEYOND_ASCII);
  for (let digit = 48; digit < 58; digit++) classOf[digit] = 27;
  for (const [characters, windowClass] of [
    [`"'`, quotes],
    ['-_', 28],
    // Alone, because it is an anchor of its own.
    ['@', 29],
    ['.~%=', 30],
    [':/\\', 31],
  ] as const) {
    for (const character of characters) classOf[character.charCodeAt(0)] = windowClass;
  }
  return classOf;
}

function pairClasses(classOf: Uint8Array): Uint16Array {
  const isFirstLower = isLittleEndian();
  const pairs = new Uint16Array(BEYOND_LATIN ** 2);
  for (let upper = 0; upper < BEYOND_LATIN; upper++)
    for (let lower = 0; lower < BEYOND_LATIN; lower++) {
      const [first, second] = isFirstLower ? [lower, upper] : [upper, lower];
      pairs[upper * BEYOND_LATIN + lower] = (classOf[first]! << 5) | classOf[second]!;
    }
  return pairs;
}

/**
 * The pass looks at every second place, so each anchor is entered twice: as it stands at an even place, and at an
 * odd one, from its second character on, or with one character before it where it is short.
 */
function buildWindows(anchors: readonly string[], classOf: Uint8Array): Int32Array {
  const windows = new Int32Array(WINDOW_CLASSES ** 4 / 32);
  for (const [a, b, c, d, e] of anchors) {
    enter(windows, classOf, [a, b, c, d]);
    enter(windows, classOf, d === undefined ? [undefined, a, b, c] : [b, c, d, e]);
  }
  return windows;
}

function buildStarts(anchors: readonly string[], classOf: Uint8Array): Int32Array {
  const starts = new Int32Array(WINDOW_CLASSES ** 3 / 32);
  for (const [a, b, c] of anchors) enter(starts, classOf, [a, b, c]);
  return starts;
}

/** Sets the bit of these characters; of all where one is not known. */
function enter(
  bits: Int32Array,
  classOf: Uint8Array,
  characters: readonly (string | undefined)[],
  known = 0,
): void {
  const [first, ...rest] = characters;
  const isLast = characters.length === 1;
  const from = first === undefined ? 0 : classOf[first.charCodeAt(0)]!;
  const to = first === undefined ? WINDOW_CLASSES - 1 : from;
  for (let own = from; own <= to; own++) {
    const index = (known << 5) | own;
    if (isLast) bits[index >> 5]! |= 1 << index;
    else enter(bits, classOf, rest, index);
  }
}
