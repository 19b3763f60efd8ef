import type { Clock, Timer } from '@llm-otel/core';
import { outsideTraces } from '../suppressed-context.ts';
import type { Attempt, Attempts } from './attempts.ts';
import type { DeliveryHealth } from './delivery-health.ts';
import type { Parcel } from './parcel-store.ts';
import type { Payload } from './sender.ts';

export interface SecondAttemptsOptions<P extends Payload> {
  readonly clock: Clock;
  readonly attempts: Attempts<P>;
  readonly health: DeliveryHealth;
  /** How long the receiver takes to answer, as far as is known. */
  readonly usualMillis: () => number;
  /** Takes what waits and may be sent before what is under way is answered. */
  readonly next: () => Parcel<P> | undefined;
  readonly start: (parcel: Parcel<P>, isProbe: boolean) => void;
}

/**
 * Asks a receiver that does not answer a second time while a shutdown waits: on another connection it may well be there. First with
 * one request; when that has its answer, with all the others that left before. The attempts under way go on, for it may be slow and no
 * more than that.
 */
export class SecondAttempts<P extends Payload> {
  readonly #options: SecondAttemptsOptions<P>;
  #answeredAt = -Infinity;
  #timer: Timer;

  constructor(options: SecondAttemptsOptions<P>) {
    this.#options = options;
  }

  /** The receiver is there: what left before a probe that it answered is lost, what left after that has more time. */
  answered({ isProbe, startedAt }: Attempt<P>): void {
    const { clock, attempts } = this.#options;
    this.#answeredAt = clock.monotonicMillis();
    if (isProbe) for (const parcel of attempts.aloneSince(startedAt)) this.#again(parcel, false);
  }

  /** Looks anew when the next one is due; for whenever an attempt starts or ends. */
  schedule(): void {
    const { clock } = this.#options;
    this.stop();
    const dueAt = this.#dueAt();
    if (dueAt === undefined) return;
    this.#timer = outsideTraces(() =>
      clock.setTimer(() => this.#probe(), Math.max(dueAt - clock.monotonicMillis(), 0)),
    );
  }

  stop(): void {
    if (this.#timer !== undefined) this.#options.clock.clearTimer(this.#timer);
    this.#timer = undefined;
  }

  /** With what waits, or else with something that the receiver may have twice then. */
  #probe(): void {
    const { attempts, next, start } = this.#options;
    const waiting = next();
    const alone = attempts.longestAlone();
    if (waiting !== undefined) start(waiting, true);
    else if (alone !== undefined) this.#again(alone.parcel, true);
    this.schedule();
  }

  #again(parcel: Parcel<P>, isProbe: boolean): void {
    // The encoder would have its memory back with the answer to one of the two.
    parcel.payload.keep?.();
    this.#options.start(parcel, isProbe);
  }

  #dueAt(): number | undefined {
    const { attempts, health, usualMillis } = this.#options;
    // Asked with every attempt, which is nearly always of an ordinary hour.
    if (!health.isInHurry) return undefined;
    const alone = attempts.longestAlone();
    if (alone === undefined) return undefined;
    const since = Math.max(alone.startedAt, attempts.probedAt, this.#answeredAt);
    const dueAt = health.secondAttemptAt(since, usualMillis());
    return dueAt === undefined ? undefined : Math.max(dueAt, health.pausedUntil);
  }
}
