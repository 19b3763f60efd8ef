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

export interface AttemptsOptions<P extends Payload> {
  readonly sender: Sender<P>;
  readonly attemptTimeoutMillis: number;
  readonly clock: Clock;
}

/** Attempts under way. Each ends once: with its answer, with its time, or because all of them are stopped. */
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

  /** What is on its way. */
  get parcels(): readonly Parcel<P>[] {
    return Array.from(this.#running.keys(), ({ parcel }) => parcel);
  }

  /**
   * `holds`: a process that has nothing else to do waits a little for this one. `longestMillis`: it is given no more time than that,
   * however long an attempt may take.
   */
  start(parcel: Parcel<P>, era: number, holds: boolean, longestMillis: number): void {
    const { clock, sender } = this.#options;
    const startedAt = clock.monotonicMillis();
    parcel.firstAttemptAt ??= startedAt;
    const attempt: Attempt<P> = { parcel, era, startedAt };
    const running: Running = {
      abort: new AbortController(),
      timer: undefined,
      letGo: holds ? holdProcess(HOLD_MILLIS) : undefined,
    };
    this.#running.set(attempt, running);
    outsideTraces(() => {
      this.#setTimer(attempt, running, longestMillis);
      const expect = (outcome: Outcome): void => {
        running.expected = outcome;
      };
      sender.send(parcel.payload, running.abort.signal, expect).then(
        (outcome) => this.#finish(attempt, outcome),
        (error: unknown) => this.#finish(attempt, running.expected ?? failedOutcome(error)),
      );
    });
  }

  /** Gives each of them no more time than that from now on. */
  limit(longestMillis: number): void {
    outsideTraces(() => {
      for (const [attempt, running] of this.#running) {
        this.#options.clock.clearTimer(running.timer);
        this.#setTimer(attempt, running, longestMillis);
      }
    });
  }

  /** Ends all of them: those that the receiver has answered already with that, the others, which it returns, without an outcome. */
  stop(): readonly Parcel<P>[] {
    const unanswered: Parcel<P>[] = [];
    for (const [attempt, { abort, expected }] of this.#running) {
      if (expected?.kind === 'delivered' || expected?.kind === 'refused')
        this.#finish(attempt, expected);
      else if (this.#end(attempt)) unanswered.push(attempt.parcel);
      abort.abort();
    }
    return unanswered;
  }

  /** The end of its own time, or of `longestMillis` from now on. */
  #setTimer(attempt: Attempt<P>, running: Running, longestMillis: number): void {
    const { clock, attemptTimeoutMillis } = this.#options;
    const left = attempt.startedAt + attemptTimeoutMillis - clock.monotonicMillis();
    running.timer = clock.setTimer(
      () => {
        this.#finish(attempt, running.expected ?? { kind: 'retry', reason: 'timeout' });
        running.abort.abort();
      },
      Math.max(Math.min(left, longestMillis), 0),
    );
  }

  /** The first ending of an attempt counts; an answer after the deadline comes too late. */
  #finish(attempt: Attempt<P>, outcome: Outcome): void {
    if (this.#end(attempt)) this.#onEnd(attempt, outcome);
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
