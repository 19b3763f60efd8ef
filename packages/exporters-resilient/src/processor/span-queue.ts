import type { ReadableSpan } from '@llm-otel/core';
import type { SpanPriority } from './span-priority.ts';

export interface TakenSpans {
  readonly spans: ReadableSpan[];
  readonly bytes: number;
}

export interface SpanQueueOptions {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Which span goes when a span of the same priority has no room. */
  readonly whenFull?: 'drop_newest' | 'drop_oldest' | undefined;
  /** A span of lower or the same priority lost its place. */
  readonly onEvicted?: ((span: ReadableSpan) => void) | undefined;
}

/**
 * First in, first out within a priority, the highest priority first, with a bound on how many spans it holds and on
 * what they take in memory.
 */
export class SpanQueue {
  readonly #options: SpanQueueOptions;
  readonly #lanes: readonly [Lane, Lane, Lane] = [new Lane(), new Lane(), new Lane()];
  #size = 0;
  #bytes = 0;

  constructor(options: SpanQueueOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether a span of this size fits. One that is larger than the whole queue fits only when it is empty. */
  hasRoom(bytes: number): boolean {
    const { maxItems, maxBytes } = this.#options;
    return this.#size < maxItems && (this.#bytes + bytes <= maxBytes || this.#size === 0);
  }

  /** False when the span does not fit, not even in the place of a less important one. */
  add(span: ReadableSpan, bytes: number, priority: SpanPriority = 1): boolean {
    if (!this.hasRoom(bytes) && !this.#makeRoom(bytes, priority)) return false;
    this.#lanes[priority].add(span, bytes);
    this.#size++;
    this.#bytes += bytes;
    return true;
  }

  /** The first spans: at most `maxItems`, at most `maxBytes`, but at least one where there is one. */
  take(maxItems: number, maxBytes: number): TakenSpans {
    const spans: ReadableSpan[] = [];
    let bytes = 0;
    for (const lane of this.#lanes) {
      while (lane.size > 0 && spans.length < maxItems) {
        const next = lane.oldestBytes;
        if (spans.length > 0 && bytes + next > maxBytes) return this.#taken(spans, bytes);
        bytes += next;
        spans.push(lane.takeOldest());
      }
    }
    return this.#taken(spans, bytes);
  }

  #taken(spans: ReadableSpan[], bytes: number): TakenSpans {
    this.#size -= spans.length;
    this.#bytes -= bytes;
    return { spans, bytes };
  }

  /** At the expense of the least important spans, but only if that is enough. */
  #makeRoom(bytes: number, priority: SpanPriority): boolean {
    const { whenFull, onEvicted, maxBytes } = this.#options;
    if (bytes > maxBytes) return false;
    const lowest = whenFull === 'drop_oldest' ? priority : priority + 1;
    const givingWay = this.#lanes.slice(lowest).toReversed();
    const available = givingWay.reduce((sum, lane) => sum + lane.bytes, 0);
    if (this.#bytes - available + bytes > maxBytes) return false;
    for (const lane of givingWay) {
      while (lane.size > 0 && !this.hasRoom(bytes)) {
        const newest = whenFull !== 'drop_oldest';
        const freed = newest ? lane.newestBytes : lane.oldestBytes;
        const span = newest ? lane.takeNewest() : lane.takeOldest();
        this.#size--;
        this.#bytes -= freed;
        onEvicted?.(span);
      }
    }
    return this.hasRoom(bytes);
  }
}

/** The spans of one priority. */
class Lane {
  #spans: (ReadableSpan | undefined)[] = [];
  #sizes: number[] = [];
  #head = 0;
  bytes = 0;

  get size(): number {
    return this.#spans.length - this.#head;
  }

  get oldestBytes(): number {
    return this.#sizes[this.#head]!;
  }

  get newestBytes(): number {
    return this.#sizes.at(-1)!;
  }

  add(span: ReadableSpan, bytes: number): void {
    this.#spans.push(span);
    this.#sizes.push(bytes);
    this.bytes += bytes;
  }

  takeOldest(): ReadableSpan {
    const span = this.#spans[this.#head]!;
    // Or the queue would hold on to every span it ever had.
    this.#spans[this.#head] = undefined;
    this.bytes -= this.#sizes[this.#head]!;
    this.#head++;
    if (this.#head * 2 > this.#spans.length) {
      this.#spans = this.#spans.slice(this.#head);
      this.#sizes = this.#sizes.slice(this.#head);
      this.#head = 0;
    }
    return span;
  }

  takeNewest(): ReadableSpan {
    this.bytes -= this.#sizes.pop()!;
    return this.#spans.pop()!;
  }
}
