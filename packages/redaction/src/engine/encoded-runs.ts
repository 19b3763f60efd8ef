import { ENCODED, isIn } from './characters.ts';
import { type EncodedLines, joinedLines, linesBehind } from './encoded-lines.ts';
import { RunDecoder } from './run-decoder.ts';
import { type TextStretch, textStretches } from './text-stretches.ts';
import { TextUnits } from './text-units.ts';
import type { TimeBudget } from './time-budget.ts';

/** Shorter runs hold no secret: base64 of 18 bytes. */
const LEAST = 24;
/** Below this, reading the characters one by one is faster than a copy. */
const COPIED_FROM = 512;
/** Whole pairs of characters in the shortest run. */
const PAIRS = LEAST / 2 - 1;
const BACKSLASH = 92;
const NOT_LOADED = -1;
const NOTHING: readonly EncodedRun[] = [];
/** For each two characters of Latin-1, in either order, whether both may be of a run. */
const IS_RUN_OF_TWO: Uint8Array = new Uint8Array(65_536);
for (let pair = 0; pair < IS_RUN_OF_TWO.length; pair++)
  IS_RUN_OF_TWO[pair] = isIn(ENCODED, pair >> 8) && isIn(ENCODED, pair & 255) ? 1 : 0;

/** A run of base64 or hex with text in it. */
export interface EncodedRun {
  readonly from: number;
  /** Behind its padding. */
  readonly to: number;
  /** Where the first of its bytes is: behind `0x` in front of hex. */
  readonly start: number;
  /** Where it goes over more than one. */
  readonly lines: EncodedLines | undefined;
  readonly isHex: boolean;
  readonly bytes: Uint8Array;
  readonly stretches: readonly TextStretch[];
  /** Whether all of it is text. */
  readonly isText: boolean;
}

/** Finds runs that have text in them. */
export class EncodedRuns {
  readonly #units: TextUnits = new TextUnits();
  /** For every UTF-16 code unit, so that the search needs no range check. */
  readonly #isRun: Uint8Array = new Uint8Array(65_536);

  readonly #decoder: RunDecoder = new RunDecoder();
  readonly #budget: TimeBudget | undefined;

  constructor(budget?: TimeBudget) {
    this.#budget = budget;
    this.#units.base = NOT_LOADED;
    for (let code = 0; code < 128; code++) this.#isRun[code] = isIn(ENCODED, code) ? 1 : 0;
  }

  find(text: string): readonly EncodedRun[] {
    let runs: EncodedRun[] | undefined;
    for (let from = 0; from + LEAST <= text.length;) {
      const at = text.length < COPIED_FROM ? this.#runInShort(text, from) : this.#runIn(text, from);
      if (at < 0) break;
      this.#budget?.step();
      // The characters before that place are known to be of the run.
      let start = at - LEAST + 1;
      while (start > from && this.#isRun[text.charCodeAt(start - 1)] === 1) start--;
      // The letter of a line break in JSON.
      if (text.charCodeAt(start - 1) === BACKSLASH && 'nrt'.includes(text[start]!)) start++;
      let end = at + 1;
      while (end < text.length && this.#isRun[text.charCodeAt(end)] === 1) end++;
      const lines = linesBehind(text, start, end, this.#isRun);
      const run = this.#run(text, start, end, lines);
      if (run !== undefined) (runs ??= []).push(run);
      from = lines?.to ?? end;
    }
    this.#decoder.forget();
    this.#units.base = NOT_LOADED;
    return runs ?? NOTHING;
  }

  #runInShort(text: string, from: number): number {
    const isRun = this.#isRun;
    for (let probe = from + LEAST - 1; probe < text.length;) {
      const lowest = probe - LEAST;
      let at = probe;
      while (at > lowest && isRun[text.charCodeAt(at)] === 1) at--;
      if (at === lowest) return probe;
      probe = at + LEAST;
    }
    return -1;
  }

  /** The last of 24 characters of the next run, or -1. */
  #runIn(text: string, from: number): number {
    const loaded = this.#units;
    let probe = from + LEAST - 1;
    while (probe < text.length) {
      const isLoaded =
        loaded.base !== NOT_LOADED && from >= loaded.base && probe < loaded.base + loaded.count;
      if (!isLoaded) loaded.load(text, probe - LEAST + 1);
      const { base, isLatin } = loaded;
      const lowest = Math.max(from - base, 0);
      const found = isLatin
        ? this.#runInPairs(lowest, probe - base)
        : this.#runInUnits(probe - base);
      if (found >= 0) return base + found;
      probe = base + ~found;
    }
    return -1;
  }

  /**
   * The last of 24 characters of the next run in what is loaded. Otherwise where to look next, as its complement. Looks at every
   * 24th character, and back from it as long as a run goes on: in prose that is a word, and the rest of the stretch needs
   * no look.
   */
  #runInUnits(first: number): number {
    const { units, count } = this.#units;
    const isRun = this.#isRun;
    let probe = first;
    while (probe < count) {
      const lowest = probe - LEAST;
      let at = probe;
      while (at > lowest && isRun[units[at]!] === 1) at--;
      if (at === lowest) return probe;
      probe = at + LEAST;
    }
    return ~probe;
  }

  /** The same with two characters a step: eleven such pairs are in every run, wherever it starts. */
  #runInPairs(from: number, first: number): number {
    const { latin, latinPairs, count } = this.#units;
    const isRun = this.#isRun;
    let last = ((first - LEAST + 2) >> 1) + PAIRS - 1;
    while (2 * last + 1 < count) {
      const lowest = last - PAIRS;
      let at = last;
      while (at > lowest && IS_RUN_OF_TWO[latinPairs[at]!] === 1) at--;
      if (at > lowest) {
        last = at + PAIRS;
        continue;
      }
      let start = 2 * (lowest + 1);
      while (start > from && isRun[latin[start - 1]!] === 1) start--;
      let end = 2 * (last + 1);
      while (end < count && end - start < LEAST && isRun[latin[end]!] === 1) end++;
      if (end - start >= LEAST) return start + LEAST - 1;
      if (end === count) return ~(start + LEAST - 1);
      last = (end >> 1) + PAIRS;
    }
    // A run may start one character before the pairs that are still to be looked at.
    return ~Math.max(first, 2 * (last - PAIRS) + LEAST);
  }

  #run(
    text: string,
    from: number,
    end: number,
    lines: EncodedLines | undefined,
  ): EncodedRun | undefined {
    const decoder = this.#decoder;
    const joined = lines && joinedLines(text, from, lines);
    const mayHoldText =
      joined === undefined
        ? decoder.decode(text, from, end)
        : decoder.decode(joined, 0, joined.length);
    if (!mayHoldText) return undefined;
    const stretches = textStretches(decoder, this.#budget);
    if (stretches === undefined) return undefined;
    const { isHex, length } = decoder;
    const start = decoder.start + (joined === undefined ? 0 : from);
    let to = lines?.to ?? end;
    while (text[to] === '=') to++;
    const isText = stretches.some((part) => part.from === 0 && part.to >= length - 1);
    return { from, to, start, lines, isHex, bytes: decoder.own(), stretches, isText };
  }
}
