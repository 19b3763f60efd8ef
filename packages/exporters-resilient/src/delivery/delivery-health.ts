import type { CircuitState, Clock, DestinationLedger, FailureLog } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import type { Breaker } from './breaker-options.ts';
import { LastRetries } from './last-retries.ts';
import { backoffMillis, type Retry } from './retry-options.ts';

interface HealthOptions {
  readonly name: string;
  /** Where it is, for the log, without anything secret. */
  readonly address?: string | undefined;
  /** What may be behind a failure, for the log. */
  readonly hint?: ((reason: string) => string | undefined) | undefined;
  readonly ledger: DestinationLedger;
  readonly retry: Retry;
  readonly breaker: Breaker;
  /** Told of every change. */
  readonly onCircuit?: ((state: CircuitState) => void) | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly failures: FailureLog;
}

// A receiver that says something else each time is not worth a line each time.
const MOST_REMARKS = 5;

/** How a receiver is doing: how long to leave it alone, and a word in the log when that changes. */
export class DeliveryHealth {
  readonly #options: HealthOptions;
  #failuresInARow = 0;
  #backoffUntil = -Infinity;
  #retryAfterUntil = -Infinity;
  #era = 0;
  #last: LastRetries | undefined;
  #lastEra = 0;
  #hinted = false;
  readonly #remarks = new Set<string>();
  #circuit: CircuitState = 'closed';

  constructor(options: HealthOptions) {
    this.#options = options;
    options.ledger.circuit(options.name, 'closed');
  }

  /** The last attempt failed, so only one at a time is worth trying. */
  get troubled(): boolean {
    return this.#failuresInARow > 0;
  }

  get circuit(): CircuitState {
    return this.#circuit;
  }

  /** On the monotonic clock. A pause is for the receiver, not for one batch: it would hit the next one as well. */
  get pausedUntil(): number {
    return Math.max(this.#backoffUntil, this.#retryAfterUntil);
  }

  /**
   * Whether a request that is handed over now goes out soon; `isIdle` where no other waits or is on its way. Time alone
   * lets one probe an open circuit: where nothing is left to be tried again, nothing else would ever close it.
   */
  isReachable(isIdle: boolean): boolean {
    const now = this.#options.clock.monotonicMillis();
    if (this.#circuit !== 'closed') return isIdle && this.pausedUntil <= now;
    // A longer pause than that of an open circuit is no better than one.
    return this.#retryAfterUntil - now <= this.#options.breaker.resetMillis;
  }

  /** Changes with each failure that counts. An attempt belongs to the era it started in. */
  get era(): number {
    return this.#era;
  }

  /** A request is sent. Where the circuit is open, the pause is over and this one decides. */
  attempting(): void {
    if (this.#circuit === 'open') this.#turn('half_open');
  }

  succeeded(): void {
    if (this.troubled) this.#log('info', `export to ${this.#options.name} works again`);
    this.#turn('closed');
    this.#failuresInARow = 0;
    this.#last?.succeeded();
    this.#backoffUntil = -Infinity;
  }

  /** @returns whether this is a failure of its own, not one of several attempts that failed together */
  failed(
    reason: string,
    era: number,
    retryAfterMillis: number | undefined,
    detail?: string,
  ): boolean {
    const { retry, clock } = this.#options;
    const now = clock.monotonicMillis();
    if (!this.troubled) {
      const again = `, each batch is tried again for ${retry.maxElapsedMillis} ms`;
      const why = detail === undefined ? reason : `${reason}: ${detail}`;
      const what = `export to ${this.#receiver()} fails (${why})`;
      this.#log(
        'warn',
        (retry.maxElapsedMillis === 0 ? what : what + again) + this.#hintOnce(reason),
      );
    }
    // Attempts that ran side by side fail together: that is one failure, not four.
    const counts = era === this.#era || !this.troubled;
    if (counts) {
      this.#failuresInARow++;
      if (era >= this.#lastEra) this.#last?.failed();
      this.#era++;
      const wait = this.#backoff();
      this.#backoffUntil = now + (this.#last?.waitMillis(now, this.#options.random) ?? wait);
    }
    // No time, or one that is over, is no wish: each receiver that says so would be asked without a pause.
    if (retryAfterMillis !== undefined && retryAfterMillis > 0) {
      const pause = Math.min(retryAfterMillis, retry.maxRetryAfterMillis);
      const until = this.#last?.endOfPause(now + pause, now) ?? now + pause;
      this.#retryAfterUntil = Math.max(this.#retryAfterUntil, until);
      // The receiver knows better than our dice, also when it asks for less.
      this.#backoffUntil = -Infinity;
    }
    return counts;
  }

  /** The wait after the last failure: a growing one, or the one after which an open circuit is probed. */
  #backoff(): number {
    const { retry, breaker, random } = this.#options;
    if (this.#failuresInARow < breaker.failures)
      return backoffMillis(retry, this.#failuresInARow, random);
    this.#turn('open');
    return breaker.resetMillis * (0.5 + random() / 2);
  }

  /** Items that will not be delivered. The first of each reason is logged, the ledger counts them all. */
  refused(reason: string, items: number, message: string = ''): void {
    const said = message === '' ? '' : `: ${message}`;
    this.#options.failures.report(
      `export to ${this.#receiver()} (${reason})`,
      new Error(`${items} items not taken${said}${this.#hintOnce(reason)}`),
    );
  }

  /** Items that the receiver took the others of a request without. Told in its words, those of each once. */
  rejected(items: number, message: string): void {
    this.#warnOnce(
      `rejected: ${message}`,
      `the receiver rejected ${items} items of a request and took the others${message === '' ? '' : `: ${message}`}`,
    );
  }

  /** What was delivered, and is worth knowing all the same. Told once, and again where it is something else. */
  remarked(what: string): void {
    this.#warnOnce(what, what);
  }

  #warnOnce(key: string, what: string): void {
    if (this.#remarks.has(key) || this.#remarks.size >= MOST_REMARKS) return;
    this.#remarks.add(key);
    this.#log('warn', `export to ${this.#receiver()}: ${what} (told once)`);
  }

  /** Forgets the back-off. Until `deadline`, where there is one, further waits are short. */
  hurry(deadline: number | undefined): void {
    this.#backoffUntil = -Infinity;
    if (deadline === undefined) return;
    const now = this.#options.clock.monotonicMillis();
    this.#last = new LastRetries(deadline, now);
    // What is on its way already says nothing of how the receiver is from now on.
    this.#lastEra = ++this.#era;
    this.#retryAfterUntil = this.#last.endOfPause(this.#retryAfterUntil, now);
  }

  /** A shutdown waits. */
  get isInHurry(): boolean {
    return this.#last !== undefined;
  }

  /** When, on the monotonic clock, a receiver that has not answered since then is asked a second time, if at all. */
  secondAttemptAt(since: number, usualMillis: number): number | undefined {
    return this.#last?.secondAttemptAt(since, usualMillis);
  }

  #turn(state: CircuitState): void {
    if (this.#circuit === state) return;
    this.#circuit = state;
    const { onCircuit, failures, ledger, name } = this.#options;
    ledger.circuit(name, state);
    if (onCircuit !== undefined) failures.guard('telling of a circuit', () => onCircuit(state));
  }

  #receiver(): string {
    const { name, address } = this.#options;
    return address === undefined ? name : `${name} at ${address}`;
  }

  #hintOnce(reason: string): string {
    const hint = this.#hinted ? undefined : this.#options.hint?.(reason);
    if (hint === undefined) return '';
    this.#hinted = true;
    return `: ${hint}`;
  }

  #log(level: 'info' | 'warn', message: string): void {
    this.#options.failures.guard('logging', () => diag[level](`llm-otel: ${message}`));
  }
}
