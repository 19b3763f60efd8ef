import {
  type ExportResult,
  FailureLog,
  Ledger,
  type LedgerSnapshot,
  type Signal,
  type TimeLimit,
} from '@llm-otel/core';
import { atProcessExit, type Exiting } from '../at-process-exit.ts';
import type { TelemetryBatch } from '../batch/telemetry-batch.ts';
import { DestinationSet } from '../destination-set.ts';
import { type FlushResult, FlushResults, type HeldItems, millisOf } from '../flush-result.ts';
import { keepProcessAlive } from '../keep-process-alive.ts';
import { shutDown } from '../shutdown.ts';
import type { OpenSpool } from '../spool/spool.ts';
import { tellLedger } from '../tell-ledger.ts';
import { PROCESS_EXIT, tellUnsent } from '../tell-unsent.ts';
import { patientFlush } from '../patient-flush.ts';
import type { ResolvedExporterOptions } from './exporter-options.ts';

/** Destinations, ledger, flush and shutdown of an exporter that hands on what it gets at once, as that of metrics does. */
export class Exports implements Exiting {
  readonly failures: FailureLog = new FailureLog();
  readonly #ledger: Ledger;
  readonly #flushes: FlushResults = new FlushResults(
    () => this.snapshot(),
    () => this.#destinations.storedItems,
  );
  readonly #options: ResolvedExporterOptions;
  readonly #destinations: DestinationSet;
  readonly #spool: OpenSpool | undefined;
  readonly #forgetExit: () => void;
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
    this.#forgetExit = atProcessExit(this);
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

  /** Calls back, whatever the callback does. */
  answer(error: Error | undefined, resultCallback: (result: ExportResult) => void): void {
    this.failures.guard('the callback of an export', () =>
      resultCallback(error === undefined ? { code: 0 } : { code: 1, error }),
    );
  }

  async flush(limit?: TimeLimit): Promise<FlushResult> {
    await this.forceFlush(limit);
    return this.#flushes.next();
  }

  async forceFlush(limit?: TimeLimit): Promise<void> {
    const { clock, exportTimeoutMillis, shutdownTimeoutMillis } = this.#options;
    const timeoutMillis = millisOf(limit, exportTimeoutMillis);
    const troubledMillis = limit === undefined ? shutdownTimeoutMillis : timeoutMillis;
    const flushed = patientFlush(
      this.#destinations.forceFlush(),
      () => this.#destinations.idleOrTroubled(),
      { timeoutMillis, troubledMillis, spool: this.#spool, clock },
    );
    if ((await keepProcessAlive(flushed)) === 'timeout') this.#destinations.secure();
  }

  shutdown(limit?: TimeLimit): Promise<void> {
    const millis = millisOf(limit, this.#options.shutdownTimeoutMillis);
    this.#shuttingDown ??= keepProcessAlive(this.#shutDown(millis));
    return this.#shuttingDown;
  }

  snapshot(): LedgerSnapshot {
    return this.#ledger.snapshot();
  }

  held(): HeldItems {
    return this.#flushes.held;
  }

  exiting(): void {
    this.#destinations.exiting(PROCESS_EXIT);
    this.#spool?.close();
    tellUnsent(this.snapshot(), 'data point', this.failures);
  }

  async #shutDown(timeoutMillis: number): Promise<void> {
    await shutDown({
      timeoutMillis,
      clock: this.#options.clock,
      destinations: this.#destinations,
      spool: this.#spool,
      flush: () => this.#destinations.forceFlush(),
      hasMore: () => false,
      closed: () => {
        this.#closed = true;
      },
    });
    this.#forgetExit();
    tellLedger(this.snapshot(), this.failures);
  }
}
