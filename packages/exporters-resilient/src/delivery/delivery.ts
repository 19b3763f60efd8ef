import type { Timer } from '@llm-otel/core';
import { outsideTraces } from '../suppressed-context.ts';
import { type Attempt, Attempts } from './attempts.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { DeliveryHealth } from './delivery-health.ts';
import { DeliveryIntake } from './delivery-intake.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { DeliveryWaits } from './delivery-waits.ts';
import { ParcelEnds } from './parcel-ends.ts';
import { type Parcel, ParcelStore } from './parcel-store.ts';
import { RequestSize } from './request-size.ts';
import { SecondAttempts } from './second-attempts.ts';
import type { Outcome, Payload } from './sender.ts';

/**
 * Brings payloads to one receiver, in order, with retries. Every item that comes in is counted by the ledger as
 * exported, rejected or dropped exactly once, and until then as in flight or spooled. Never throws.
 */
export class Delivery<P extends Payload> {
  readonly #options: DeliveryOptions<P>;
  readonly #health: DeliveryHealth;
  readonly #intake: DeliveryIntake<P>;
  readonly #parcels: ParcelStore<P>;
  readonly #ends: ParcelEnds<P>;
  readonly #concurrency: ConcurrencyLimit;
  readonly #size = new RequestSize();
  readonly #attempts: Attempts<P>;
  readonly #seconds: SecondAttempts<P>;
  readonly #waits: DeliveryWaits;
  #timer: Timer;
  #closedBecause: string | undefined;
  #isFinishing = false;

  constructor(options: DeliveryOptions<P>) {
    this.#options = options;
    this.#health = new DeliveryHealth(options);
    this.#parcels = new ParcelStore(
      options.buffer,
      options.backlog,
      options.ledger,
      options.inOrder,
    );
    this.#ends = new ParcelEnds(options, this.#parcels, this.#health);
    this.#intake = new DeliveryIntake({
      ...options,
      parcels: this.#parcels,
      ends: this.#ends,
      waits: () => this.#health.troubled && !this.#isEmpty(),
      closedBecause: () => this.#closedBecause,
      taken: (payload) => {
        this.#pump();
        // Not on its way at once: it may wait for long.
        this.#parcels.keep(payload);
      },
    });
    this.#concurrency = new ConcurrencyLimit(options.concurrency);
    this.#attempts = new Attempts(options, (attempt, outcome) => this.#ended(attempt, outcome));
    this.#seconds = new SecondAttempts({
      clock: options.clock,
      attempts: this.#attempts,
      health: this.#health,
      usualMillis: () => this.#concurrency.usualMillis,
      next: () => (options.inOrder === true ? undefined : this.#next()),
      start: (parcel, isProbe) => this.#start(parcel, isProbe),
    });
    this.#waits = new DeliveryWaits({
      isIdle: () => this.#isIdle(),
      isTroubled: () => this.#health.troubled,
      isDrained: () => this.#isDrained(),
      isAnswered: () => this.#attempts.size === 0,
    });
    options.ledger.buffer(options.name, options.buffer.maxItems);
    options.backlog?.onMore(() => this.#pump());
  }

  /**
   * Takes a payload whose items the ledger already counts as handed. False when there was no room for it and it
   * was dropped.
   */
  accept(payload: P): boolean {
    return this.#intake.accept(payload);
  }

  /** Items in memory, waiting or on their way, that the backlog has as well. */
  get storedItems(): number {
    return this.#parcels.storedItems;
  }

  /** Whether a payload that is handed over now has a chance to leave soon. */
  get isAvailable(): boolean {
    return (
      this.#closedBecause === undefined &&
      this.#parcels.hasRoom &&
      this.#health.isReachable(this.#isEmpty())
    );
  }

  /** Available, and nothing has failed since the last success. */
  get isWell(): boolean {
    return this.isAvailable && !this.#health.troubled;
  }

  /** Well, and at most half of the buffer is in use. */
  get isAtEase(): boolean {
    return this.isWell && this.#parcels.hasMuchRoom;
  }

  /** Resolves when nothing is in flight but what the backlog has as well. */
  async idle(): Promise<void> {
    if (this.#options.backlog !== undefined) {
      this.#options.backlog.takeOver?.();
      await this.idleOrTroubled();
      this.secure();
    }
    await this.#waits.idle();
  }

  /** Puts what is in flight into the backlog. Attempts go on. */
  secure(): void {
    for (const parcel of this.#attempts.parcels) this.#parcels.store(parcel);
    this.#parcels.stowWaiting();
    this.#waits.wake();
  }

  /** Resolves when nothing is in flight, or as soon as it is clear that the receiver is in trouble. */
  idleOrTroubled(): Promise<void> {
    return this.#waits.idleOrTroubled();
  }

  /** Resolves when the backlog is empty as well. May take as long as the receiver is away. */
  drained(): Promise<void> {
    return this.#waits.drained();
  }

  /**
   * Tries again now and not only after the back-off, for there is not much time left: until `deadline` on the monotonic clock,
   * where it is given, with short waits from now on. Retry-After still counts, but for one last try before the deadline. A
   * receiver that does not answer what is under way is asked a second time beside that.
   */
  hurry(deadline?: number): void {
    this.#health.hurry(deadline);
    this.#clearTimer();
    this.#pump();
  }

  /** Starts no attempt any more. Resolves when those that are under way have their answers. */
  finish(): Promise<void> {
    this.#isFinishing = true;
    this.#clearTimer();
    this.#seconds.stop();
    return this.#waits.answered();
  }

  /**
   * Ends the attempts. What is left goes into the backlog; where that has no room it is given up, counted as
   * dropped for `reason`. Later payloads as well.
   */
  close(reason: string): void {
    if (this.#closedBecause !== undefined) return;
    this.#closedBecause = reason;
    void this.finish();
    for (const parcel of this.#attempts.stop().toReversed()) this.#parcels.putBack(parcel);
    this.#parcels.stowWaiting();
    // With more time it would not have been kept either, where the backlog cannot take it.
    for (const parcel of this.#parcels.takeAll())
      this.#ends.givenUp(parcel, parcel.unstowed ?? reason);
    this.#options.backlog?.close();
    this.#waits.wake();
  }

  #isEmpty(): boolean {
    return this.#attempts.size === 0 && this.#parcels.waiting === 0;
  }

  #isDrained(): boolean {
    return (
      this.#closedBecause !== undefined || (this.#attempts.size === 0 && !this.#parcels.hasNext)
    );
  }

  #isIdle(): boolean {
    return (
      this.#parcels.isSafe && this.#attempts.parcels.every(({ stored }) => stored !== undefined)
    );
  }

  /** Starts as many attempts as may run now, or sets a timer for the end of the pause. */
  #pump(): void {
    if (this.#isFinishing) return;
    const { clock } = this.#options;
    while (this.#parcels.hasNext && this.#mayStart()) {
      const pause = this.#health.pausedUntil - clock.monotonicMillis();
      if (pause > 0) {
        this.#clearTimer();
        this.#timer = outsideTraces(() =>
          clock.setTimer(() => {
            this.#timer = undefined;
            this.#pump();
          }, pause),
        );
        break;
      }
      const parcel = this.#next();
      if (parcel === undefined) break;
      this.#start(parcel);
    }
    if (this.#options.retry.maxElapsedMillis > 0) this.#seconds.schedule();
  }

  #mayStart(): boolean {
    const { troubled, isInHurry, era } = this.#health;
    if (!troubled) return this.#attempts.size < this.#concurrency.current;
    // What left before the last failure may hang: a shutdown has no time to wait for that.
    const mayOvertake = isInHurry && this.#options.inOrder !== true;
    return (mayOvertake ? this.#attempts.sizeOf(era) : this.#attempts.size) === 0;
  }

  /** What to send next, no larger than the receiver takes it. */
  #next(): Parcel<P> | undefined {
    let parcel = this.#parcels.next();
    while (parcel && parcel.payload.byteLength > this.#size.limit && this.#split(parcel))
      parcel = this.#parcels.next();
    return parcel;
  }

  #start(parcel: Parcel<P>, isProbe = false): void {
    this.#health.attempting();
    const { troubled, era } = this.#health;
    this.#attempts.start(parcel, { era, isProbe }, !troubled && !isProbe);
  }

  #ended(attempt: Attempt<P>, outcome: Outcome): void {
    const { parcel } = attempt;
    switch (outcome.kind) {
      case 'delivered':
        this.#answered(attempt);
        this.#size.taken(parcel.payload.byteLength);
        this.#parcels.delivered();
        this.#ends.delivered(parcel, outcome);
        break;
      case 'refused':
        // An answer, even a no, means that the receiver is there.
        this.#answered(attempt);
        this.#ends.refused(parcel, outcome.reason, outcome.message);
        break;
      case 'too_large':
        this.#answered(attempt);
        if (this.#split(parcel)) this.#size.tooLarge(parcel.payload.byteLength);
        else this.#ends.refused(parcel, outcome.reason, outcome.message);
        break;
      case 'retry':
        this.#again(attempt, outcome);
    }
    this.#pump();
    this.#waits.wake();
  }

  #answered(attempt: Attempt<P>): void {
    if (this.#health.troubled) this.#size.forget();
    this.#health.succeeded();
    const latency = this.#options.clock.monotonicMillis() - attempt.startedAt;
    this.#concurrency.answered(latency, this.#attempts.size + 1);
    // What is told at the end of a shutdown is not a reason to send more.
    if (!this.#isFinishing) this.#seconds.answered(attempt);
  }

  /** Puts the parts of a parcel in its place. False when it has none. */
  #split(parcel: Parcel<P>): boolean {
    const { sender, failures } = this.#options;
    const parts = failures.guard('splitting a request', () => sender.split?.(parcel.payload));
    if (parts === undefined) return false;
    this.#parcels.putBackParts(parcel, parts);
    return true;
  }

  #again(attempt: Attempt<P>, outcome: Outcome & { readonly kind: 'retry' }): void {
    const { parcel } = attempt;
    const { reason, afterMillis, detail } = outcome;
    const { clock, retry } = this.#options;
    const now = clock.monotonicMillis();
    if (reason === 'timeout') this.#size.timedOut(parcel.payload.byteLength);
    if (this.#health.failed(reason, attempt.era, afterMillis, detail)) this.#concurrency.failed();
    // Another attempt with it may still be answered.
    if (this.#attempts.has(parcel)) return;
    if (now - (parcel.firstAttemptAt ?? now) >= retry.maxElapsedMillis) {
      parcel.isExhausted = true;
      // In the backlog it would be the next one again, and hold up all the others.
      const staysInFront = this.#options.inOrder === true && retry.maxElapsedMillis > 0;
      if (staysInFront && this.#options.backlog !== undefined) {
        this.#parcels.wait(parcel, this.#attempts.parcels);
        return;
      }
      if (this.#parcels.stow(parcel)) return;
      // Without retries there is nothing to exhaust: the failure itself is the reason.
      const cause = retry.maxElapsedMillis === 0 ? reason : 'retry_exhausted';
      this.#ends.givenUp(parcel, cause, reason);
      return;
    }
    this.#parcels.wait(parcel, this.#attempts.parcels);
  }

  #clearTimer(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }
}
