import {
  type ExportResult,
  FailureLog,
  Ledger,
  type LedgerSnapshot,
  type Signal,
  type TimeLimit,
  withTimeout,
} from '@llm-otel/core';
import type { TelemetryBatch } from '../batch/telemetry-batch.ts';
import { DestinationSet } from '../destination-set.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import type { OpenSpool } from '../spool/spool.ts';
import type { ResolvedExporterOptions } from './exporter-options.ts';

// The batch processors of OpenTelemetry export one batch at a time and give up on it after 30 seconds.
const ACKNOWLEDGE_AFTER_MILLIS = 1000;

/** What the exporters of the three signals have in common: destinations, ledger, flush and shutdown. */
export class Exports {
  readonly failures: FailureLog = new FailureLog();
  readonly #ledger: Ledger;
  readonly #options: ResolvedExporterOptions;
  readonly #destinations: DestinationSet;
  readonly #spool: OpenSpool | undefined;
  #shuttingDown: Promise<void> | undefined;
  #closed = false;

  constructor(signal: Signal, options: ResolvedExporterOptions) {
    this.#ledger = new Ledger(signal);
    this.#options = options;
    this.#spool = options.spool?.open({ clock: options.clock, failures: this.failures });
    this.#destinations = new DestinationSet({
      ...options,
      spool: this.#spool,
      ledger: this.#ledger,
      failures: this.failures,
    });
  }

  /** Gives a batch to every destination. An error when none of them takes any of it. */
  hand(batch: TelemetryBatch): Error | undefined {
    this.#ledger.ended(batch.items);
    if (this.#closed) {
      this.#ledger.dropped('already_shutdown', batch.items);
      return new Error('the exporter is shut down');
    }
    if (!this.#destinations.hand(batch) && batch.items > 0)
      return new Error('no destination has room for the batch');
    return undefined;
  }

  /**
   * Reports success when all is delivered, or as soon as the retries have taken over: a processor that waited for a
   * receiver to come back would drop what ends meanwhile.
   */
  async deliver(
    batch: TelemetryBatch,
    resultCallback: (result: ExportResult) => void,
  ): Promise<void> {
    const error = this.hand(batch);
    if (error === undefined)
      await withTimeout(
        this.#destinations.idleOrTroubled(),
        ACKNOWLEDGE_AFTER_MILLIS,
        this.#options.clock,
      );
    this.answer(error, resultCallback);
  }

  /** Calls back, whatever the callback does. */
  answer(error: Error | undefined, resultCallback: (result: ExportResult) => void): void {
    this.failures.guard('the callback of an export', () =>
      resultCallback(error === undefined ? { code: 0 } : { code: 1, error }),
    );
  }

  async forceFlush({
    timeoutMillis = this.#options.exportTimeoutMillis,
  }: TimeLimit = {}): Promise<void> {
    const { clock } = this.#options;
    await keepProcessAlive(withTimeout(this.#destinations.forceFlush(), timeoutMillis, clock));
  }

  shutdown({ timeoutMillis = this.#options.shutdownTimeoutMillis }: TimeLimit = {}): Promise<void> {
    this.#shuttingDown ??= keepProcessAlive(this.#shutDown(timeoutMillis));
    return this.#shuttingDown;
  }

  snapshot(): LedgerSnapshot {
    return this.#ledger.snapshot();
  }

  async #shutDown(timeoutMillis: number): Promise<void> {
    const { clock } = this.#options;
    const deadline = clock.monotonicMillis() + timeoutMillis;
    const left = (): number => Math.max(deadline - clock.monotonicMillis(), 0);
    this.#destinations.hurry();
    await withTimeout(this.#destinations.forceFlush(), left(), clock);
    this.#closed = true;
    await withTimeout(this.#destinations.close('shutdown_timeout'), left(), clock);
    this.#spool?.close();
  }
}
