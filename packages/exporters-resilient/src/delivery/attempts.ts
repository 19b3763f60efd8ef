import type { Clock, Timer } from '@llm-otel/core';
import { holdProcess } from '../keep-process-alive.ts';
import { outsideTraces } from '../suppressed-context.ts';
import { failedOutcome } from './failed-outcome.ts';
import type { Parcel } from './parcel-store.ts';
import type { Outcome, Payload, Sender } from './sender.ts';

/** A parcel on its way. */
export interface Attempt<P extends Payload> {
  readonly parcel: Parcel<P>;
  /** Of the receiver's health, as it started. */
  readonly era: number;
  readonly startedAt: number;
  /** Started beside others that have had no answer for too long, to see whether the receiver is there. */
  readonly isProbe: boolean;
}

// A process that forgot the shutdown still delivers what a receiver takes at once, and does not wait for one that hangs.
const HOLD_MILLIS = 1000;

interface Running {
  readonly abort: AbortController;
  timer: Timer;
  /** Lets the process end, as far as this attempt is concerned. */
  readonly letGo: (() => void) | undefined;
  /** How it ends where nothing more comes. */
  expected?: Outcome;
}

/** Whether its status has come, and says how it ends. */
function isDecided(running: Running): running is Running & { readonly expected: Outcome } {
  const { expected } = running;
  return expected?.kind === 'delivered' || expected?.kind === 'refused';
}

export interface AttemptsOptions<P extends Payload> {
  readonly sender: Sender<P>;
  readonly attemptTimeoutMillis: number;
  readonly clock: Clock;
}

/**
 * Attempts under way. Each ends once: with its answer, with its time, or because all of them are stopped. Of several with the same
 * parcel the first answer counts.
 */
export class Attempts<P extends Payload> {
  readonly #options: AttemptsOptions<P>;
  readonly #onEnd: (attempt: Attempt<P>, outcome: Outcome) => void;
  readonly #running = new Map<Attempt<P>, Running>();

  constructor(options: AttemptsOptions<P>, onEnd: (attempt: Attempt<P>, outcome: Outcome) => void) {
    this.#options = options;
    this.#onEnd = onEnd;
  }

  get size(): number {
    return this.#running.size;
  }

  /** How many started in that era. */
  sizeOf(era: number): number {
    let size = 0;
    for (const attempt of this.#running.keys()) if (attempt.era === era) size++;
    return size;
  }

  /** What is on its way, each once. */
  get parcels(): readonly Parcel<P>[] {
    return Array.from(this.#latest().keys());
  }

  /** Whether an attempt with the parcel is under way. */
  has(parcel: Parcel<P>): boolean {
    return this.parcels.includes(parcel);
  }

  /** When the latest probe under way started. */
  get probedAt(): number {
    let at = -Infinity;
    for (const { isProbe, startedAt } of this.#running.keys()) if (isProbe) at = startedAt;
    return at;
  }

  /** Of the parcel that was started longest ago and is not known about: the latest attempt with it. */
  longestAlone(): Attempt<P> | undefined {
    let alone: Attempt<P> | undefined;
    for (const attempt of this.#undecided())
      if (alone === undefined || attempt.startedAt < alone.startedAt) alone = attempt;
    return alone;
  }

  /** What was started before that time, and not again since, and is not known about. */
  aloneSince(time: number): readonly Parcel<P>[] {
    return this.#undecided()
      .filter(({ startedAt }) => startedAt < time)
      .map(({ parcel }) => parcel);
  }

  /** The latest attempt with each parcel that no status has come for: one decides, also where the rest of an answer does not come. */
  #undecided(): readonly Attempt<P>[] {
    const decided = new Set<Parcel<P>>();
    for (const [{ parcel }, running] of this.#running) if (isDecided(running)) decided.add(parcel);
    return [...this.#latest().values()].filter(({ parcel }) => !decided.has(parcel));
  }

  /** The latest attempt with each parcel. */
  #latest(): Map<Parcel<P>, Attempt<P>> {
    return new Map(Array.from(this.#running.keys(), (attempt) => [attempt.parcel, attempt]));
  }

  /** `holds`: a process that has nothing else to do waits a little for this one. */
  start(parcel: Parcel<P>, how: Pick<Attempt<P>, 'era' | 'isProbe'>, holds: boolean): void {
    const { clock, sender, attemptTimeoutMillis } = this.#options;
    const startedAt = clock.monotonicMillis();
    parcel.firstAttemptAt ??= startedAt;
    const attempt: Attempt<P> = { parcel, startedAt, ...how };
    const running: Running = {
      abort: new AbortController(),
      timer: undefined,
      letGo: holds ? holdProcess(HOLD_MILLIS) : undefined,
    };
    this.#running.set(attempt, running);
    outsideTraces(() => {
      running.timer = clock.setTimer(() => {
        this.#finish(attempt, running.expected ?? { kind: 'retry', reason: 'timeout' });
        running.abort.abort();
      }, attemptTimeoutMillis);
      const expect = (outcome: Outcome): void => {
        running.expected = outcome;
      };
      sender.send(parcel.payload, running.abort.signal, expect).then(
        (outcome) => this.#finish(attempt, outcome),
        (error: unknown) => this.#finish(attempt, running.expected ?? failedOutcome(error)),
      );
    });
  }

  /** Ends all of them: those that the receiver has answered already with that, the others, which it returns, without an outcome. */
  stop(): readonly Parcel<P>[] {
    for (const [attempt, running] of this.#running) {
      if (!isDecided(running)) continue;
      this.#finish(attempt, running.expected);
      running.abort.abort();
    }
    const unanswered = this.parcels;
    for (const attempt of this.#running.keys()) this.#cancel(attempt);
    return unanswered;
  }

  /** The first ending of an attempt counts; an answer after the deadline comes too late. */
  #finish(attempt: Attempt<P>, outcome: Outcome): void {
    if (!this.#end(attempt)) return;
    // What has its answer needs no other one.
    if (outcome.kind !== 'retry')
      for (const other of this.#running.keys())
        if (other.parcel === attempt.parcel) this.#cancel(other);
    this.#onEnd(attempt, outcome);
  }

  #cancel(attempt: Attempt<P>): void {
    const abort = this.#running.get(attempt)?.abort;
    this.#end(attempt);
    abort?.abort();
  }

  /** Takes an attempt off the list. False when that has happened before. */
  #end(attempt: Attempt<P>): boolean {
    const running = this.#running.get(attempt);
    if (running === undefined) return false;
    this.#running.delete(attempt);
    this.#options.clock.clearTimer(running.timer);
    running.letGo?.();
    return true;
  }
}
