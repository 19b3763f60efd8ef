import type { ReadableSpan } from '@llm-otel/core';

interface Entry {
  readonly span: ReadableSpan;
  readonly endMillis: number;
  /** Of two that ended at once, the one that came first goes first. */
  readonly order: number;
  readonly bytes: number;
}

/** Spans of which the one that ended first is taken first: a binary heap. */
export class SpanHeap {
  readonly #entries: Entry[] = [];
  #order = 0;
  #bytes = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** Of all that are in it, as they were given. */
  get bytes(): number {
    return this.#bytes;
  }

  push(span: ReadableSpan, endMillis: number, bytes: number): void {
    const entries = this.#entries;
    const entry = { span, endMillis, bytes, order: this.#order++ };
    this.#bytes += bytes;
    let at = entries.length;
    entries.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = entries[above] as Entry;
      if (!isBefore(entry, parent)) break;
      entries[at] = parent;
      at = above;
    }
    entries[at] = entry;
  }

  pop(): ReadableSpan | undefined {
    const entries = this.#entries;
    const [first] = entries;
    const last = entries.pop();
    if (first === undefined || last === undefined) return undefined;
    this.#bytes -= first.bytes;
    const size = entries.length;
    if (size === 0) return first.span;
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= size) break;
      const right = entries[below + 1];
      if (right !== undefined && isBefore(right, entries[below] as Entry)) below++;
      const child = entries[below] as Entry;
      if (!isBefore(child, last)) break;
      entries[at] = child;
      at = below;
    }
    entries[at] = last;
    return first.span;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.endMillis < b.endMillis || (a.endMillis === b.endMillis && a.order < b.order);
}
