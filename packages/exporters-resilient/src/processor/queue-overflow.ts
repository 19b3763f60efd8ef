import type { FailureLog, Ledger, ReadableSpan, SpanTransform } from '@llm-otel/core';
import { outsideTraces } from '../suppressed-context.ts';
import type { BatchHandOver } from './batch-hand-over.ts';
import type { SpanQueue } from './span-queue.ts';
import { transformSpan } from './transform-span.ts';

// What the one who ends a span waits for, at most: about a millisecond with short spans.
const SPANS_AT_ONCE = 128;
const BYTES_AT_ONCE = 1024 * 1024;

export interface QueueOverflowOptions {
  readonly queue: SpanQueue;
  readonly transforms: readonly SpanTransform[];
  readonly handOver: BatchHandOver;
  readonly ledger: Ledger;
  readonly failures: FailureLog;
}

/**
 * Empties the queue on the caller's stack, where there is a spool: when spans end faster than the event loop turns, and
 * at the end. They pass the same transforms as on the usual way.
 */
export class QueueOverflow {
  readonly #options: QueueOverflowOptions;
  #busy = false;

  constructor(options: QueueOverflowOptions) {
    this.#options = options;
  }

  /** Hands on spans until one of this size fits into the queue. Returns how many left it. */
  makeRoomFor(spanBytes: number): number {
    const { queue } = this.#options;
    let moved = 0;
    while (!queue.hasRoom(spanBytes) && !this.#busy) moved += this.#handSome();
    return moved;
  }

  /** Hands on everything in the queue. */
  empty(): void {
    while (this.#options.queue.size > 0 && !this.#busy) this.#handSome();
  }

  // Not while busy: a transform, or a getter of a span, may end a span itself.
  #handSome(): number {
    const { spans, bytes } = this.#options.queue.take(SPANS_AT_ONCE, BYTES_AT_ONCE);
    this.hand(spans, bytes);
    return spans.length;
  }

  /** Transforms spans that are in no queue any more and hands them on. */
  hand(spans: readonly ReadableSpan[], bytes: number): void {
    const { transforms, ledger, failures, handOver } = this.#options;
    this.#busy = true;
    try {
      outsideTraces(() => {
        const ready = spans
          .map((span) => transformSpan(span, transforms, ledger, failures))
          .filter((span) => span !== undefined);
        handOver.hand(ready, bytes);
      });
    } finally {
      this.#busy = false;
    }
  }
}
