import type { ReadableSpan } from '@llm-otel/core';

export interface TakenSpans {
  readonly spans: ReadableSpan[];
  readonly bytes: number;
}

/** First in, first out, with a bound on how many spans it holds and on what they take in memory. */
export class SpanQueue {
  readonly #maxItems: number;
  readonly #maxBytes: number;
  #spans: ReadableSpan[] = [];
  #sizes: number[] = [];
  #head = 0;
  #bytes = 0;

  constructor(maxItems: number, maxBytes: number) {
    this.#maxItems = maxItems;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#spans.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** False when the span does not fit. One that is larger than the whole queue fits only when it is empty. */
  add(span: ReadableSpan, bytes: number): boolean {
    const { size } = this;
    if (size >= this.#maxItems || (this.#bytes + bytes > this.#maxBytes && size > 0)) return false;
    this.#spans.push(span);
    this.#sizes.push(bytes);
    this.#bytes += bytes;
    return true;
  }

  /** The oldest spans: at most `maxItems`, at most `maxBytes`, but at least one where there is one. */
  take(maxItems: number, maxBytes: number): TakenSpans {
    const end = Math.min(this.#head + maxItems, this.#spans.length);
    let to = this.#head;
    let bytes = 0;
    while (to < end && (to === this.#head || bytes + this.#sizes[to]! <= maxBytes))
      bytes += this.#sizes[to++]!;
    const spans = this.#spans.slice(this.#head, to);
    this.#head = to;
    this.#bytes -= bytes;
    this.#forgetTaken();
    return { spans, bytes };
  }

  #forgetTaken(): void {
    // Cut away what was taken, or the queue would hold on to every span it ever had.
    this.#spans = this.#spans.slice(this.#head);
    this.#sizes = this.#sizes.slice(this.#head);
    this.#head = 0;
  }
}
