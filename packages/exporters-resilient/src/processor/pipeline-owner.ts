import type { LedgerSnapshot, TimeLimit } from '@llm-otel/core';
import { atProcessExit, type Exiting } from '../at-process-exit.ts';
import { type FlushResult, FlushResults, type HeldItems, millisOf } from '../flush-result.ts';
import type { ItemPipeline, Upstream } from './item-pipeline.ts';

export interface PipelineTimeouts {
  readonly exportTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
}

/** What an owner needs of its pipeline, whatever passes it. */
type OwnedPipeline = Pick<
  ItemPipeline<never>,
  'ledger' | 'queued' | 'storedItems' | 'ready' | 'forceFlush' | 'shutdown' | 'exiting'
>;

const nothingBefore: Upstream = { held: () => 0, drain: () => undefined, closed: () => undefined };

/** What every owner of a pipeline offers, a processor of either signal or an exporter: flush, shutdown and ledger. No member throws or rejects. */
export class PipelineOwner implements Exiting {
  readonly #pipeline: OwnedPipeline;
  readonly #timeouts: PipelineTimeouts;
  readonly #upstream: Upstream;
  readonly #flushes: FlushResults;
  readonly #forgetExit: () => void;
  #shuttingDown: Promise<void> | undefined;
  #closed = false;

  constructor(
    pipeline: OwnedPipeline,
    timeouts: PipelineTimeouts,
    upstream: Upstream = nothingBefore,
  ) {
    this.#pipeline = pipeline;
    this.#timeouts = timeouts;
    this.#upstream = {
      ...upstream,
      closed: (reason) => {
        this.#closed = true;
        upstream.closed(reason);
      },
    };
    this.#flushes = new FlushResults(
      () => this.ledger(),
      () => pipeline.storedItems,
    );
    pipeline.ledger.watch({
      undecided: () => (this.#closed ? 0 : upstream.held()),
      queued: () => pipeline.queued,
    });
    this.#forgetExit = atProcessExit(this);
  }

  /** Nothing is taken any more. */
  get isClosed(): boolean {
    return this.#closed;
  }

  ready(limit?: TimeLimit): Promise<boolean> {
    return this.#closed ? Promise.resolve(false) : this.#pipeline.ready(this.#flushMillis(limit));
  }

  async flush(limit?: TimeLimit): Promise<FlushResult> {
    await this.forceFlush(limit);
    return this.#flushes.next();
  }

  /** `isPatient`: for as long as a flush may take, also where a receiver is in trouble. */
  async forceFlush(limit?: TimeLimit, isPatient: boolean = true): Promise<void> {
    if (this.#closed) return;
    const millis = this.#flushMillis(limit);
    await this.#pipeline.forceFlush(
      millis,
      this.#upstream.drain,
      isPatient ? millis : this.#timeouts.shutdownTimeoutMillis,
    );
  }

  shutdown(limit?: TimeLimit): Promise<void> {
    const millis = millisOf(limit, this.#timeouts.shutdownTimeoutMillis);
    this.#shuttingDown ??= this.#pipeline
      .shutdown(millis, this.#upstream)
      .finally(() => this.#forgetExit());
    return this.#shuttingDown;
  }

  ledger(): LedgerSnapshot {
    return this.#pipeline.ledger.snapshot();
  }

  held(): HeldItems {
    return this.#flushes.held;
  }

  exiting(): void {
    this.#pipeline.exiting(this.#upstream);
  }

  #flushMillis(limit: TimeLimit | undefined): number {
    return millisOf(limit, this.#timeouts.exportTimeoutMillis);
  }
}
