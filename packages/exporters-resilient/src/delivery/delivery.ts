import type { Clock, DestinationLedger, FailureLog, Timer } from '@llm-otel/core';
import { outsideTraces } from '../suppressed-context.ts';
import type { Backlog } from './backlog.ts';
import type { Buffer } from './buffer-options.ts';
import { DeliveryHealth } from './delivery-health.ts';
import { FirstDrop } from './first-drop.ts';
import { type Parcel, ParcelStore } from './parcel-store.ts';
import type { Retry } from './retry-options.ts';
import type { Outcome, Payload, Sender } from './sender.ts';

export interface DeliveryOptions<P extends Payload> {
  /** The destination's name, for the log. */
  readonly name: string;
  /** Where it is, for the log, without anything secret. */
  readonly address?: string | undefined;
  /** What may be behind a failure, for the log. */
  readonly hint?: ((reason: string) => string | undefined) | undefined;
  readonly sender: Sender<P>;
  readonly ledger: DestinationLedger;
  readonly retry: Retry;
  readonly buffer: Buffer;
  /** Takes what the buffer has no room for, and what is left at the end. */
  readonly backlog?: Backlog<P> | undefined;
  /** How many attempts may run at once while all is well. After a failure it is one, until one succeeds. */
  readonly concurrency: number;
  readonly attemptTimeoutMillis: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly failures: FailureLog;
}

interface Attempt<P extends Payload> {
  readonly parcel: Parcel<P>;
  readonly era: number;
  readonly abort: AbortController;
  timer: Timer;
}

/**
 * Brings payloads to one receiver, in order, with retries. Every item that comes in is counted by the ledger as
 * exported, rejected or dropped exactly once, and until then as in flight or spooled. Never throws.
 */
export class Delivery<P extends Payload> {
  readonly #options: DeliveryOptions<P>;
  readonly #health: DeliveryHealth;
  readonly #firstDrop: FirstDrop;
  readonly #parcels: ParcelStore<P>;
  readonly #attempts = new Set<Attempt<P>>();
  #timer: Timer;
  #idleWaiters: (() => void)[] = [];
  #settledWaiters: (() => void)[] = [];
  #closedBecause: string | undefined;

  constructor(options: DeliveryOptions<P>) {
    this.#options = options;
    this.#health = new DeliveryHealth(options);
    this.#firstDrop = new FirstDrop(options.failures);
    this.#parcels = new ParcelStore(options.buffer, options.backlog, options.ledger);
    options.backlog?.onMore(() => this.#pump());
  }

  /**
   * Takes a payload whose items the ledger already counts as handed. False when there was no room for it and it
   * was dropped.
   */
  accept(payload: P): boolean {
    const { buffer, ledger, name } = this.#options;
    const refusal =
      this.#closedBecause === undefined
        ? this.#parcels.take(payload, this.#health.troubled && !this.#isEmpty())
        : { refused: this.#closedBecause };
    if (refusal !== undefined) {
      ledger.dropped(refusal.refused, payload.items);
      payload.release?.();
      if (this.#closedBecause === undefined)
        this.#firstDrop.tell(
          refusal.refused,
          `${payload.items} items for ${name} dropped, ${this.#parcels.items} of at most ${buffer.maxItems} (${this.#parcels.bytes} of ${buffer.maxBytes} bytes) wait for it: it is slow or away; buffer.maxItems and buffer.maxBytes allow more, and a spool takes what memory has no room for`,
        );
      return false;
    }
    this.#pump();
    // Not on its way at once: it may wait for long.
    this.#parcels.keep(payload);
    return true;
  }

  /** Resolves when nothing is in flight but what the backlog has as well. */
  async idle(): Promise<void> {
    if (this.#options.backlog !== undefined) {
      await this.idleOrTroubled();
      this.secure();
    }
    if (!this.#isIdle()) await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Puts what is in flight into the backlog. Attempts go on. */
  secure(): void {
    for (const { parcel } of this.#attempts) this.#parcels.store(parcel);
    this.#parcels.stowWaiting();
    this.#wakeWaiters();
  }

  /** Resolves when nothing is in flight, or as soon as it is clear that the receiver is in trouble. */
  idleOrTroubled(): Promise<void> {
    if (this.#isIdle() || this.#health.troubled) return Promise.resolve();
    return new Promise((resolve) => this.#settledWaiters.push(resolve));
  }

  /** Tries again now and not only after the back-off, for there is not much time left. Retry-After still counts. */
  hurry(): void {
    this.#health.forgetBackoff();
    this.#pump();
  }

  /**
   * Ends the attempts. What is left goes into the backlog; where that has no room it is given up, counted as
   * dropped for `reason`. Later payloads as well.
   */
  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    this.#clearTimer();
    for (const attempt of this.#attempts) {
      this.#end(attempt);
      attempt.abort.abort();
      this.#parcels.putBack(attempt.parcel);
    }
    this.#parcels.stowWaiting();
    for (const parcel of this.#parcels.takeAll())
      this.#settle(parcel, () => this.#options.ledger.dropped(reason, parcel.payload.items));
    this.#options.backlog?.close();
    this.#wakeWaiters();
  }

  #isEmpty(): boolean {
    return this.#attempts.size === 0 && this.#parcels.waiting === 0;
  }

  #isIdle(): boolean {
    return (
      this.#parcels.isSafe && [...this.#attempts].every(({ parcel }) => parcel.stored !== undefined)
    );
  }

  /** Starts as many attempts as may run now, or sets a timer for the end of the pause. */
  #pump(): void {
    if (this.#closedBecause !== undefined) return;
    const { clock, concurrency } = this.#options;
    const limit = this.#health.troubled ? 1 : concurrency;
    while (this.#parcels.hasNext && this.#attempts.size < limit) {
      const pause = this.#health.pausedUntil - clock.monotonicMillis();
      if (pause > 0) {
        this.#clearTimer();
        this.#timer = outsideTraces(() =>
          clock.setTimer(() => {
            this.#timer = undefined;
            this.#pump();
          }, pause),
        );
        return;
      }
      const parcel = this.#parcels.next();
      if (parcel === undefined) return;
      this.#start(parcel);
    }
  }

  #start(parcel: Parcel<P>): void {
    const { clock, sender, attemptTimeoutMillis } = this.#options;
    parcel.firstAttemptAt ??= clock.monotonicMillis();
    const attempt: Attempt<P> = {
      parcel,
      era: this.#health.era,
      abort: new AbortController(),
      timer: undefined,
    };
    this.#attempts.add(attempt);
    outsideTraces(() => {
      attempt.timer = clock.setTimer(() => {
        this.#finish(attempt, { kind: 'retry', reason: 'timeout' });
        attempt.abort.abort();
      }, attemptTimeoutMillis);
      sender.send(parcel.payload, attempt.abort.signal).then(
        (outcome) => this.#finish(attempt, outcome),
        (error: unknown) => this.#finish(attempt, { kind: 'retry', reason: codeOf(error) }),
      );
    });
  }

  /** The first ending of an attempt counts; an answer after the deadline comes too late. */
  #finish(attempt: Attempt<P>, outcome: Outcome): void {
    if (!this.#end(attempt)) return;
    const { parcel } = attempt;
    const { ledger } = this.#options;
    const { items } = parcel.payload;
    switch (outcome.kind) {
      case 'delivered': {
        const rejected = Math.min(Math.max(outcome.rejected ?? 0, 0), items);
        this.#health.succeeded();
        if (rejected > 0 || outcome.message)
          this.#health.refused('partial_success', rejected, outcome.message);
        this.#settle(parcel, () => {
          ledger.exported(items - rejected);
          if (rejected > 0) ledger.rejected('partial_success', rejected);
        });
        parcel.payload.release?.();
        break;
      }
      case 'refused':
        // An answer, even a no, means that the receiver is there.
        this.#health.succeeded();
        this.#health.refused(outcome.reason, items, outcome.message);
        this.#settle(parcel, () => ledger.rejected(outcome.reason, items));
        break;
      case 'too_large':
        this.#split(parcel, outcome.reason);
        break;
      case 'retry':
        this.#again(attempt, outcome);
    }
    this.#pump();
    this.#wakeWaiters();
  }

  #split(parcel: Parcel<P>, reason: string): void {
    const { sender, ledger, failures } = this.#options;
    this.#health.succeeded();
    const parts = failures.guard('splitting a request', () => sender.split?.(parcel.payload));
    if (parts === undefined) {
      this.#health.refused(reason, parcel.payload.items);
      this.#settle(parcel, () => ledger.rejected(reason, parcel.payload.items));
      return;
    }
    this.#parcels.putBackParts(parcel, parts);
  }

  #again(attempt: Attempt<P>, { reason, afterMillis }: Outcome & { readonly kind: 'retry' }): void {
    const { parcel } = attempt;
    const { clock, retry, ledger } = this.#options;
    const now = clock.monotonicMillis();
    this.#health.failed(reason, attempt.era, afterMillis);
    if (now - (parcel.firstAttemptAt ?? now) >= retry.maxElapsedMillis) {
      if (this.#parcels.stow(parcel)) return;
      // Without retries there is nothing to exhaust: the failure itself is the reason.
      const cause = retry.maxElapsedMillis === 0 ? reason : 'retry_exhausted';
      this.#health.refused(cause, parcel.payload.items, reason);
      this.#settle(parcel, () => ledger.dropped(cause, parcel.payload.items));
      return;
    }
    // One stays in memory to ask with. The others have nothing to do there until there is an answer.
    this.#parcels.stowWaiting();
    this.#parcels.putBack(parcel);
  }

  /** Takes an attempt off the list. False when that has happened before. */
  #end(attempt: Attempt<P>): boolean {
    if (!this.#attempts.delete(attempt)) return false;
    this.#options.clock.clearTimer(attempt.timer);
    return true;
  }

  /** The last that happens to a parcel: its items leave the buffer and the ledger counts them. */
  #settle(parcel: Parcel<P>, count: () => void): void {
    count();
    this.#parcels.settled(parcel);
  }

  #wakeWaiters(): void {
    const idle = this.#isIdle();
    if (idle) for (const resolve of this.#idleWaiters.splice(0)) resolve();
    if (idle || this.#health.troubled)
      for (const resolve of this.#settledWaiters.splice(0)) resolve();
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}

/** `ECONNREFUSED` and the like. `fetch` hides it in the cause. */
function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return error instanceof Error ? error.name : 'unknown error';
}
