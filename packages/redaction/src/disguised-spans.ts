import type { CustomPatterns } from './custom-patterns.ts';
import { decodedTexts } from './engine/decoded-text.ts';
import { EncodedRuns } from './engine/encoded-runs.ts';
import type { Scanner } from './engine/scanner.ts';
import type { Span } from './engine/span.ts';
import type { TimeBudget } from './engine/time-budget.ts';

/** Base64 of base64, of percent escapes, of hex: how far it is followed. */
const MOST_LAYERS = 4;
/** Longer texts are decoded in parts of this length, each with the end of the one before. */
const PART = 1 << 20;
const OVERLAP = 1 << 14;

/**
 * Finds what is hidden in a text that is written in another way: percent escapes, `\u002d`, references of HTML, characters
 * of full width or that are not seen, base64 and hex, also one inside of another. The spans are those of the text as it
 * stands; base64 goes as a whole.
 */
export class DisguisedSpans {
  readonly #scanner: Scanner;
  readonly #runs: EncodedRuns;
  readonly #patterns: CustomPatterns | undefined;
  readonly #budget: TimeBudget | undefined;

  /** @param patterns - what a policy looks for beside the scanner */
  constructor(scanner: Scanner, patterns?: CustomPatterns, budget?: TimeBudget) {
    this.#scanner = scanner;
    this.#patterns = patterns;
    this.#runs = new EncodedRuns(budget);
    this.#budget = budget;
  }

  /** Asked directly after the scanner has seen the text. */
  find(text: string): readonly Span[] | undefined {
    const spans: Span[] = [];
    if (this.#scanner.mayBeDisguised) {
      for (let from = 0; from === 0 || from + OVERLAP < text.length; from += PART - OVERLAP)
        this.#inOtherSpelling(
          text.length <= PART ? text : text.slice(from, from + PART),
          from,
          spans,
        );
    }
    for (const { from, to, decoded } of this.#runs.find(text)) {
      const kind = this.#kindInside(decoded, MOST_LAYERS);
      if (kind !== undefined) spans.push({ kind, from, to });
    }
    return spans.length > 0 ? spans : undefined;
  }

  #inOtherSpelling(text: string, offset: number, spans: Span[]): void {
    for (const { text: plain, places } of decodedTexts(text, this.#budget)) {
      const add = (kind: string, from: number, to: number): number =>
        spans.push({ kind, from: offset + places[from]!, to: offset + places[to]! });
      for (const { kind, from, to } of this.#scanner.find(plain) ?? []) add(kind, from, to);
      for (const { kind, from, to } of this.#patterns?.find(plain) ?? []) add(kind, from, to);
      for (const { from, to, decoded } of this.#runs.find(plain)) {
        const kind = this.#kindInside(decoded, MOST_LAYERS);
        if (kind !== undefined) add(kind, from, to);
      }
    }
  }

  #kindInside(text: string, layers: number): string | undefined {
    const [found] = this.#scanner.find(text) ?? [];
    const { mayBeDisguised } = this.#scanner;
    const kind = found?.kind ?? this.#patterns?.find(text)[0]?.kind;
    if (kind !== undefined || layers <= 1) return kind;
    for (const { text: plain } of mayBeDisguised ? decodedTexts(text, this.#budget) : []) {
      const decoded = this.#kindInside(plain, 1) ?? this.#kindInRuns(plain, layers);
      if (decoded !== undefined) return decoded;
    }
    return this.#kindInRuns(text, layers);
  }

  #kindInRuns(text: string, layers: number): string | undefined {
    for (const { decoded } of this.#runs.find(text)) {
      const kind = this.#kindInside(decoded, layers - 1);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }
}
