import { type AnchorIndex, buildAnchorIndex } from './anchor-index.ts';
import { type Alphabet, BASE62, isIn } from './characters.ts';
import { mayEndEscape } from './ends-escape.ts';
import type { TextUnits } from './text-units.ts';

/** Characters that are looked at together: four windows, each two characters behind the one before. */
const BLOCK = 8;
/** Bits of a pair of code units that is not all ASCII. */
const BEYOND_ASCII = 0xff80ff80;
const FIRST_BEYOND_ASCII = 128;
const TRIPLE = 32_767;

/**
 * Goes through a text from anchor to anchor. Looks at four characters at every second place. Faster than an automaton
 * that goes from state to state: there each step waits for the one before, here they overlap.
 */
export class AnchorSearch {
  readonly #index: AnchorIndex;
  readonly #units: TextUnits;
  /** For each anchor 1 when it is looked for at the start of words only. */
  readonly #atBoundary: Uint8Array;
  /** For each anchor what must stand in front of it, 0 for anything. */
  readonly #inFront: Int32Array;
  /** The anchor found last, and where it ends. */
  anchor = 0;
  end = 0;

  /**
   * @param anchors - folded, none of them the start of another one
   * @param atBoundary - of each, whether it is looked for at the start of words only
   * @param inFront - of each, what must stand in front of it, unless that is beyond ASCII; 0 for anything
   */
  constructor(
    anchors: readonly string[],
    atBoundary: readonly boolean[],
    inFront: readonly Alphabet[],
    units: TextUnits,
  ) {
    this.#index = buildAnchorIndex(anchors);
    this.#atBoundary = Uint8Array.from(atBoundary, Number);
    this.#inFront = Int32Array.from(inFront);
    this.#units = units;
  }

  /** The start of the next anchor from `start` on, or -1. Some that stand inside of words are passed over. */
  next(text: string, start: number): number {
    const { longest } = this.#index;
    for (let from = start; from < text.length;) {
      this.#units.cover(text, from, longest);
      const { base, count } = this.#units;
      const isLast = base + count === text.length;
      const stop = isLast ? count : count - longest;
      const place = this.#units.isLatin
        ? this.#inLatin(from - base, stop)
        : this.#inUnits(from - base, stop);
      if (place >= 0) {
        this.end += base;
        return base + place;
      }
      if (isLast) return -1;
      from = base + stop;
    }
    return -1;
  }

  /**
   * The place of the next anchor before `stop` in what is loaded, or -1: it may also be one behind. Four windows are looked at with one branch, which is rarely
   * taken. Nothing in the loop is a call, which would cost a third of its speed.
   */
  #inLatin(lowest: number, stop: number): number {
    const { windows, pairClassOf } = this.#index;
    const { latinPairs } = this.#units;
    let at = lowest & ~1;
    let first = pairClassOf[latinPairs[at >> 1]!]!;
    for (; at <= stop; at += BLOCK) {
      const place = at >> 1;
      const second = pairClassOf[latinPairs[place + 1]!]!;
      const third = pairClassOf[latinPairs[place + 2]!]!;
      const fourth = pairClassOf[latinPairs[place + 3]!]!;
      const w = (first << 10) | second;
      first = pairClassOf[latinPairs[place + 4]!]!;
      const x = (second << 10) | third;
      const y = (third << 10) | fourth;
      const z = (fourth << 10) | first;
      const isAny =
        (windows[w >> 5]! >> w) |
        (windows[x >> 5]! >> x) |
        (windows[y >> 5]! >> y) |
        (windows[z >> 5]! >> z);
      if ((isAny & 1) === 0) continue;
      const found = this.#inBlock(at, lowest, w, x, y, z);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** The same where not all is Latin-1. */
  #inUnits(lowest: number, stop: number): number {
    const { windows, windowClassOf, pairClassOf } = this.#index;
    const { units, pairs } = this.#units;
    let at = lowest & ~1;
    let first = (windowClassOf[units[at]!]! << 5) | windowClassOf[units[at + 1]!]!;
    for (; at <= stop; at += BLOCK) {
      const place = (at >> 1) + 1;
      const a = pairs[place]!;
      const b = pairs[place + 1]!;
      const c = pairs[place + 2]!;
      const d = pairs[place + 3]!;
      let second: number;
      let third: number;
      let fourth: number;
      let last: number;
      if (((a | b | c | d) & BEYOND_ASCII) === 0) {
        second = pairClassOf[(a & 127) | (a >>> 8)]!;
        third = pairClassOf[(b & 127) | (b >>> 8)]!;
        fourth = pairClassOf[(c & 127) | (c >>> 8)]!;
        last = pairClassOf[(d & 127) | (d >>> 8)]!;
      } else {
        second = (windowClassOf[units[at + 2]!]! << 5) | windowClassOf[units[at + 3]!]!;
        third = (windowClassOf[units[at + 4]!]! << 5) | windowClassOf[units[at + 5]!]!;
        fourth = (windowClassOf[units[at + 6]!]! << 5) | windowClassOf[units[at + 7]!]!;
        last = (windowClassOf[units[at + 8]!]! << 5) | windowClassOf[units[at + 9]!]!;
      }
      const w = (first << 10) | second;
      const x = (second << 10) | third;
      const y = (third << 10) | fourth;
      const z = (fourth << 10) | last;
      first = last;
      const isAny =
        (windows[w >> 5]! >> w) |
        (windows[x >> 5]! >> x) |
        (windows[y >> 5]! >> y) |
        (windows[z >> 5]! >> z);
      if ((isAny & 1) === 0) continue;
      const found = this.#inBlock(at, lowest, w, x, y, z);
      if (found >= 0) return found;
    }
    return -1;
  }

  /** The place of the first anchor around the four windows from `block` on, or -1. */
  #inBlock(block: number, lowest: number, w: number, x: number, y: number, z: number): number {
    const { windows, windowClassOf, starts } = this.#index;
    const { units } = this.#units;
    let open =
      ((windows[w >> 5]! >> w) & 1) |
      (((windows[x >> 5]! >> x) & 1) << 1) |
      (((windows[y >> 5]! >> y) & 1) << 2) |
      (((windows[z >> 5]! >> z) & 1) << 3);
    // A bit each, and the lowest one first: a loop over all of them would cost more than what is in it.
    for (; open !== 0; open &= open - 1) {
      const index = 31 - Math.clz32(open & -open);
      const window = index < 2 ? (index === 0 ? w : x) : index === 2 ? y : z;
      const i = block + 2 * index;
      const at = window >> 5;
      const behind = window & TRIPLE;
      let places =
        (((starts[at >> 5]! >> at) & 1) << 1) | (((starts[behind >> 5]! >> behind) & 1) << 2);
      if (i > lowest) {
        const before = (windowClassOf[units[i - 1]!]! << 10) | (window >> 10);
        places |= (starts[before >> 5]! >> before) & 1;
      } else if (i < lowest) places &= ~2;
      for (; places !== 0; places &= places - 1) {
        const place = i + 30 - Math.clz32(places & -places);
        if (this.#isAnchor(place)) return place;
      }
    }
    return -1;
  }

  #isAnchor(place: number): boolean {
    const { tree, classOf } = this.#index;
    const { base, parent } = tree;
    const { units } = this.#units;
    let node = 0;
    let from = base[0]!;
    for (let at = place; ; at++) {
      const child = from + classOf[units[at]!]!;
      if (parent[child] !== node) return false;
      node = child;
      from = base[child]!;
      if (from >= 0) continue;
      const anchor = ~from;
      // `sk` in `asked`: most that is not at the start of a word needs no other look.
      if (this.#atBoundary[anchor] === 1 && place > 1) {
        const isInside = isIn(BASE62, units[place - 1]!);
        if (isInside && !mayEndEscape(units[place - 2]!)) return false;
      }
      const wanted = this.#inFront[anchor]!;
      if (wanted !== 0 && place > 0) {
        const code = units[place - 1]!;
        if (code < FIRST_BEYOND_ASCII && !isIn(wanted, code)) return false;
      }
      this.anchor = anchor;
      this.end = at + 1;
      return true;
    }
  }
}
