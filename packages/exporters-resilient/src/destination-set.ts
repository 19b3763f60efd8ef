import type { Clock, FailureLog, Ledger } from '@llm-otel/core';
import type { TelemetryBatch } from './batch/telemetry-batch.ts';
import { type BufferOptions, resolveBuffer } from './delivery/buffer-options.ts';
import { resolveRetry, type RetryOptions } from './delivery/retry-options.ts';
import type { Destination, OpenDestination } from './destination.ts';
import { exitNow } from './exit-now.ts';
import { checkDestinations } from './owner-options.ts';
import type { WhenFull } from './processor/processor-options.ts';
import type { OpenSpool } from './spool/spool.ts';

export interface DestinationSetOptions {
  readonly destinations: readonly Destination[];
  readonly ledger: Ledger;
  readonly retry: RetryOptions | undefined;
  readonly buffer: BufferOptions | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly failures: FailureLog;
  readonly spool?: OpenSpool | undefined;
  /** Of the queue in front: the policy holds for the buffers as well. */
  readonly whenFull?: WhenFull | undefined;
}

/** Every destination of one processor or exporter. None waits for another. */
export class DestinationSet {
  /** Whether all of them can do with requests alone. */
  readonly takesRequests: boolean;
  readonly #open: readonly OpenDestination[];
  readonly #ledger: Ledger;
  readonly #failures: FailureLog;

  constructor({ destinations, ledger, spool, whenFull, ...tools }: DestinationSetOptions) {
    resolveRetry(tools.retry);
    resolveBuffer(tools.buffer);
    checkDestinations(destinations, 1);
    this.#ledger = ledger;
    this.#failures = tools.failures;
    const { signal } = ledger;
    this.#open = destinations.map((destination) => {
      const account = ledger.destination(destination.name);
      return destination.open({
        ...tools,
        signal,
        ledger: account,
        // What is to be spilled goes into the spool; where that takes nothing, the newest goes.
        whenFull: whenFull === 'drop_oldest' ? 'drop_oldest' : 'drop_newest',
        backlog:
          spool &&
          ((codec, part) => {
            const name = part === undefined ? destination.name : `${destination.name}.${part}`;
            return spool.backlog({ destination: name, signal, ledger: account, codec });
          }),
      });
    });
    this.takesRequests = this.#open.every((destination) => destination.takesRequests === true);
  }

  /** Counts the batch as handed and gives it to every destination. False when none of them took any of it. */
  hand(batch: TelemetryBatch): boolean {
    this.#ledger.handed(batch.items);
    let taken = false;
    for (const destination of this.#open)
      taken = this.#failures.guard('handing a batch on', () => destination.accept(batch)) || taken;
    batch.handedOut();
    return taken;
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#open.map((destination) => destination.forceFlush()));
  }

  async idleOrTroubled(): Promise<void> {
    await Promise.all(this.#open.map((destination) => destination.idleOrTroubled()));
  }

  /** Whether every destination takes more at this moment. */
  get isAvailable(): boolean {
    return this.#open.every((destination) => destination.isAvailable?.() !== false);
  }

  /** Whether none of them is in trouble or short of room. */
  get isAtEase(): boolean {
    return this.#open.every((destination) => destination.isAtEase?.() !== false);
  }

  async drained(): Promise<void> {
    await Promise.all(this.#open.map(async (destination) => destination.drained?.()));
  }

  async finish(): Promise<void> {
    await Promise.all(this.#open.map(async (destination) => destination.finish?.()));
  }

  hurry(deadline: number): void {
    for (const destination of this.#open) destination.hurry(deadline);
  }

  /** Items in flight, once for each destination, that the spool has as well. */
  get storedItems(): number {
    return this.#open.reduce((sum, destination) => sum + (destination.storedItems?.() ?? 0), 0);
  }

  /** Whatever is in flight is in the spool as well, where there is one. */
  secure(): void {
    for (const destination of this.#open)
      this.#failures.guard('securing a destination', () => destination.secure?.());
  }

  /** There is no time to wait for anything: what is in flight goes into the spool, or is counted as dropped for `reason`. */
  exiting(reason: string): void {
    // First all of them: what one of them gives up may go to another one.
    this.secure();
    for (const destination of this.#open)
      this.#failures.guard('closing a destination', () => exitNow(destination, reason));
  }

  async close(reason: string): Promise<void> {
    try {
      await Promise.all(this.#open.map((destination) => destination.close(reason)));
    } catch (error) {
      this.#failures.report('closing a destination', error);
    }
  }
}
