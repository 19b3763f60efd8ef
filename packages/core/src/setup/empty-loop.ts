import type { LedgerSnapshot } from '../ledger.ts';
import type { TimeLimit } from '../sdk-types.ts';
import type { FlushReport } from './flush-and-shutdown.ts';

/** What is flushed as a process ends. */
export interface Endable {
  forceFlush(options?: TimeLimit): Promise<FlushReport>;
  shutdown(options?: TimeLimit): Promise<FlushReport>;
  /** Tells whether something was recorded since the last flush. Without it only the first empty loops are flushed at. */
  ledger?(): readonly LedgerSnapshot[];
}

/** Known to every copy of this package: a listener that starts nothing of its own. */
const FLUSHES: unique symbol = Symbol.for('llm-otel.flush-at-empty-loop');
// A receiver that is away must not hold the process up again and again.
const MAX_INCOMPLETE = 3;

/**
 * Flushes each time the event loop has run empty, as long as something was recorded since: the application may work on in a
 * `beforeExit` of its own. A flush fills the loop itself, so it is no reason for another one.
 */
export class EmptyLoop {
  readonly #telemetry: Endable;
  readonly #limit: TimeLimit;
  #shutsDown = false;
  #flushes = 0;
  #incomplete = 0;
  #recorded = 0;
  #othersMayWork = false;

  readonly #onEmpty = Object.assign((): void => this.#emptied(), { [FLUSHES]: true });

  constructor(telemetry: Endable, limit: TimeLimit) {
    this.#telemetry = telemetry;
    this.#limit = limit;
  }

  listen(): void {
    // Behind those that are there: they end what is under way.
    process.on('beforeExit', this.#onEmpty);
  }

  /** From now on the end of the work is that of telemetry, too. */
  listenToShutDown(): void {
    this.stop();
    this.#shutsDown = true;
    this.#flushes = 0;
    this.#incomplete = 0;
    this.listen();
  }

  stop(): void {
    process.off('beforeExit', this.#onEmpty);
  }

  #emptied(): void {
    const recorded = this.#count();
    const isNew = this.#flushes === 0 || recorded !== this.#recorded;
    // What they measure is in no ledger before it is collected.
    const mayBeNew = this.#flushes === 1 && this.#othersMayWork;
    this.#othersMayWork = othersListen();
    const goesOn = this.#incomplete < MAX_INCOMPLETE && (isNew || mayBeNew);
    if (this.#shutsDown && (!goesOn || (this.#flushes === 0 && !this.#othersMayWork))) {
      this.stop();
      void this.#telemetry.shutdown(this.#limit);
    } else if (goesOn) {
      this.#recorded = recorded;
      this.#flushes += 1;
      void this.#telemetry.forceFlush(this.#limit).then(({ complete }) => {
        if (!complete) this.#incomplete += 1;
      });
    }
  }

  /** Spans and log records. Data points come to be with each flush. */
  #count(): number {
    const ledgers = this.#telemetry.ledger?.() ?? [];
    return ledgers.reduce((sum, { signal, ended }) => sum + (signal === 'metrics' ? 0 : ended), 0);
  }
}

function othersListen(): boolean {
  return process.listeners('beforeExit').some((listener) => !(FLUSHES in listener));
}
