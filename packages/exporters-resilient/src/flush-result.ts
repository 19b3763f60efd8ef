import { type LedgerSnapshot, type TimeLimit, total } from '@llm-otel/core';

/**
 * How a flush went. Spans, log records or data points, each once for every destination; `delivered`, `rejected` and `dropped`
 * since the result before, the others at this moment.
 */
export interface FlushResult {
  /** Nothing is in memory only: everything is delivered, in the spool, rejected or dropped. */
  readonly complete: boolean;
  /** Acknowledged by a receiver. */
  readonly delivered: number;
  /** In the spool, on their way or not: this process delivers it later, or the next one. */
  readonly spooled: number;
  /** Refused by a receiver for good. */
  readonly rejected: number;
  /** Given up. */
  readonly dropped: number;
  /** In memory still, since the time was over. */
  readonly pending: number;
}

/** Items that are not delivered yet, each once for every destination: parts of a {@link FlushResult}. */
export type HeldItems = Pick<FlushResult, 'spooled' | 'pending'>;

/** Tells how flushes went, from what the ledger says between them. */
export class FlushResults {
  readonly #read: () => LedgerSnapshot;
  readonly #storedItems: () => number;
  #told = { delivered: 0, rejected: 0, dropped: 0 };

  /** @param storedItems items in flight that the spool has as well */
  constructor(read: () => LedgerSnapshot, storedItems: () => number) {
    this.#read = read;
    this.#storedItems = storedItems;
  }

  /** What is in memory only at this moment, and in the spool. */
  get held(): HeldItems {
    return this.#heldIn(this.#read());
  }

  next(): FlushResult {
    const ledger = this.#read();
    const sum = { delivered: 0, rejected: 0, dropped: total(ledger.dropped) };
    for (const to of Object.values(ledger.destinations)) {
      sum.delivered += to.exported;
      sum.rejected += total(to.rejected);
      sum.dropped += total(to.dropped);
    }
    const { spooled, pending } = this.#heldIn(ledger);
    const told = this.#told;
    this.#told = sum;
    return {
      complete: pending === 0,
      delivered: sum.delivered - told.delivered,
      spooled,
      rejected: sum.rejected - told.rejected,
      dropped: sum.dropped - told.dropped,
      pending,
    };
  }

  #heldIn({ undecided, queued, destinations }: LedgerSnapshot): HeldItems {
    let spooled = 0;
    let pending = undecided + queued;
    for (const to of Object.values(destinations)) {
      spooled += to.spooled;
      pending += to.inFlight;
    }
    const stored = Math.min(this.#storedItems(), pending);
    return { spooled: spooled + stored, pending: pending - stored };
  }
}

/** The limit of a call, or `fallback` where there is none that can be used: what runs does not throw. */
export function millisOf(limit: TimeLimit | undefined, fallback: number): number {
  // A caller without types may pass anything, null too.
  const millis: unknown = (limit as TimeLimit | null | undefined)?.timeoutMillis;
  return typeof millis === 'number' && millis >= 0 ? millis : fallback;
}
