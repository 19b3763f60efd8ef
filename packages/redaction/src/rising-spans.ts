import type { Span } from './engine/span.ts';

const NOTHING: readonly Span[] = [];

/** Spans in the order of a text, asked for from its start to its end. */
export class RisingSpans {
  readonly #spans: readonly Span[];
  #next = 0;

  constructor(spans: readonly Span[]) {
    this.#spans = spans;
  }

  /** Those that touch this part. `from` is never before the one of the last call. */
  in(from: number, to: number): readonly Span[] {
    const spans = this.#spans;
    while (this.#next < spans.length && spans[this.#next]!.to <= from) this.#next++;
    let last = this.#next;
    while (last < spans.length && spans[last]!.from < to) last++;
    return last === this.#next ? NOTHING : spans.slice(this.#next, last);
  }
}
