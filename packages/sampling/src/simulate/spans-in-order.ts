import type { ReadableSpan } from '@llm-otel/core';
import { estimateBytes } from '../tail/estimate-bytes.ts';
import { SpanHeap } from './span-heap.ts';
import { processOf, spanKeyOf, withKnownParent } from './span-process.ts';
import { millisOf } from './trace-facts.ts';

/** Some spans at a time, as a recording has them. */
export type SpanSource = AsyncIterable<readonly ReadableSpan[]>;

const DEFAULT_WINDOW_BYTES = 64 * 1024 * 1024;
// Of spans that are gone, so many are still known as parents.
const REMEMBERED_SPANS = 100_000;

/**
 * The spans of several recordings in the order in which they ended, as far as they can be held for it: a recording has
 * them in the order in which they were sent. Where the recordings do not say whether a parent is remote, this does.
 * @param windowBytes how much is held at most, as estimated
 */
export async function* spansInOrder(
  sources: readonly SpanSource[],
  windowBytes: number = DEFAULT_WINDOW_BYTES,
): AsyncGenerator<ReadableSpan> {
  const open = new Set(sources.map((source) => new OpenSource(source)));
  const heap = new SpanHeap();
  const processes = new KnownProcesses();
  try {
    for (;;) {
      while (open.size > 0 && heap.bytes < windowBytes) {
        const source = hindmost(open);
        const spans = await source.next();
        if (spans === undefined) open.delete(source);
        else {
          for (const span of spans) {
            heap.push(span, millisOf(span.endTime), estimateBytes(span));
            processes.add(span);
          }
        }
      }
      const next = heap.pop();
      if (next === undefined) return;
      yield withKnownParent(
        next,
        (key) => processes.of(key) ?? (open.size > 0 ? processOf(next) : undefined),
      );
    }
  } finally {
    for (const source of open) await source.close();
  }
}

/** The one that is furthest behind, so that recordings of the same time are read side by side. */
function hindmost(sources: ReadonlySet<OpenSource>): OpenSource {
  return Array.from(sources).reduce((a, b) => (b.reached < a.reached ? b : a));
}

class OpenSource {
  /** The latest end so far. */
  reached = -Infinity;
  readonly #batches: AsyncIterator<readonly ReadableSpan[]>;

  constructor(source: SpanSource) {
    this.#batches = source[Symbol.asyncIterator]();
  }

  async next(): Promise<readonly ReadableSpan[] | undefined> {
    const { done, value } = await this.#batches.next();
    if (done === true) return undefined;
    for (const { endTime } of value) this.reached = Math.max(this.reached, millisOf(endTime));
    return value;
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }
}

/** The processes of spans, in two generations of which the older one is forgotten. */
class KnownProcesses {
  #current = new Map<string, string>();
  #former = new Map<string, string>();

  add(span: ReadableSpan): void {
    if (this.#current.size >= REMEMBERED_SPANS) {
      this.#former = this.#current;
      this.#current = new Map();
    }
    this.#current.set(spanKeyOf(span.spanContext()), processOf(span));
  }

  of(key: string): string | undefined {
    return this.#current.get(key) ?? this.#former.get(key);
  }
}
