import { decodedText } from './engine/decoded-text.ts';
import { EncodedRuns } from './engine/encoded-runs.ts';
import type { Scanner } from './engine/scanner.ts';
import type { Span } from './engine/span.ts';

/** Base64 of base64: how far it is followed. */
const MOST_LAYERS = 2;

/**
 * Finds what is hidden in a text that is written in another way: percent escapes, `\u002d`, characters of full width or
 * of no width, base64 and hex. The spans are those of the text as it stands; base64 goes as a whole.
 */
export class DisguisedSpans {
  readonly #scanner: Scanner;
  readonly #runs: EncodedRuns = new EncodedRuns();

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
  }

  /** Asked directly after the scanner has seen the text. */
  find(text: string): readonly Span[] | undefined {
    let spans: Span[] | undefined;
    const decoded = this.#scanner.mayBeDisguised ? decodedText(text) : undefined;
    if (decoded !== undefined) {
      const { places } = decoded;
      for (const { kind, from, to } of this.#scanner.find(decoded.text) ?? [])
        (spans ??= []).push({ kind, from: places[from]!, to: places[to]! });
    }
    for (const { from, to, decoded: inside } of this.#runs.find(text)) {
      const kind = this.#kindInside(inside, MOST_LAYERS);
      if (kind !== undefined) (spans ??= []).push({ kind, from, to });
    }
    return spans;
  }

  #kindInside(text: string, layers: number): string | undefined {
    const [found] = this.#scanner.find(text) ?? [];
    if (found !== undefined || layers <= 1) return found?.kind;
    for (const { decoded } of this.#runs.find(text)) {
      const kind = this.#kindInside(decoded, layers - 1);
      if (kind !== undefined) return kind;
    }
    return undefined;
  }
}
