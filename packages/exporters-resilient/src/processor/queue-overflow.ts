import type { FailureLog, Ledger } from '@llm-otel/core';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { outsideTraces } from '../suppressed-context.ts';
import type { BatchHandOver } from './batch-hand-over.ts';
import type { ItemQueue } from './item-queue.ts';
import { type Transform, transformItem } from './transform-item.ts';

// What the one who ends a span, or emits a log record, waits for, at most: about a millisecond with short spans.
const ITEMS_AT_ONCE = 128;
const BYTES_AT_ONCE = 1024 * 1024;

export interface QueueOverflowOptions<T extends ScopedItem> {
  readonly queue: ItemQueue<T>;
  readonly transforms: readonly Transform<T>[];
  readonly handOver: BatchHandOver<T>;
  readonly ledger: Ledger;
  readonly failures: FailureLog;
}

/**
 * Empties the queue on the caller's stack, where there is a spool, when items come faster than the event loop turns. They pass
 * the same transforms as on the usual way.
 */
export class QueueOverflow<T extends ScopedItem> {
  readonly #options: QueueOverflowOptions<T>;
  #busy = false;
  #held = 0;

  constructor(options: QueueOverflowOptions<T>) {
    this.#options = options;
  }

  /** Items that left the queue and are not transformed yet, or wait for those that are not. */
  get held(): number {
    return this.#held;
  }

  /** Hands on items until one of this size fits into the queue. Returns how many left it. */
  makeRoomFor(itemBytes: number): number {
    const { queue } = this.#options;
    let moved = 0;
    while (!queue.hasRoom(itemBytes) && this.#mayHand()) moved += this.#handSome();
    return moved;
  }

  // A transform, or a getter of an item that is being encoded, may add an item itself.
  #mayHand(): boolean {
    return !this.#busy && !this.#options.handOver.isHanding;
  }

  #handSome(): number {
    const { items, bytes } = this.#options.queue.take(ITEMS_AT_ONCE, BYTES_AT_ONCE);
    this.#hand(items, bytes);
    return items.length;
  }

  /** Transforms items that are in no queue any more and hands them on. */
  #hand(items: readonly T[], bytes: number): void {
    const { transforms, ledger, failures, handOver } = this.#options;
    this.#busy = true;
    this.#held = items.length;
    try {
      outsideTraces(() => {
        const ready: T[] = [];
        for (const item of items) {
          const transformed = transformItem(item, transforms, ledger, failures);
          if (transformed === undefined) this.#held--;
          else ready.push(transformed);
        }
        this.#held = 0;
        handOver.hand(ready, bytes);
      });
    } finally {
      this.#busy = false;
    }
  }
}
