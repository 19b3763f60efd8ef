import type { Clock, DestinationLedger, FailureLog, Signal } from '@llm-otel/core';
import type { TelemetryBatch } from './batch/telemetry-batch.ts';
import type { Backlog } from './delivery/backlog.ts';
import type { BufferOptions } from './delivery/buffer-options.ts';
import type { WhenBufferFull } from './delivery/waiting-parcels.ts';
import type { RetryOptions } from './delivery/retry-options.ts';
import type { Payload } from './delivery/sender.ts';
import type { RequestPayload } from './otlp/request-payload.ts';
import type { PayloadCodec } from './spool/spool.ts';

/** Somewhere spans, log records or metrics are delivered to. Made by `otlpDestination` and its like, owned by one processor or exporter. */
export interface Destination {
  /** Names it in the ledger and in the log. Unique within a processor. */
  readonly name: string;
  /** Called once, by the owner. */
  open(tools: DestinationTools): OpenDestination;
}

/** What the owner lends to a destination. */
export interface DestinationTools {
  /** What it will be given. */
  readonly signal: Signal;
  readonly ledger: DestinationLedger;
  /** Used where the destination has no options of its own. */
  readonly retry: RetryOptions | undefined;
  readonly buffer: BufferOptions | undefined;
  /** What goes when the buffer is full. Absent: the newest, but for a less important one. */
  readonly whenFull?: WhenBufferFull | undefined;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly failures: FailureLog;
  /**
   * What the owner's spool holds for this destination, or for the `part` of that name where it is made of several. Absent
   * where there is no spool.
   */
  readonly backlog?:
    | (<P extends Payload>(codec: PayloadCodec<P>, part?: string) => Backlog<P> | undefined)
    | undefined;
  /**
   * Takes a request that would be dropped, with its place in the ledger: the next destination of a chain. False where
   * it cannot.
   */
  readonly takeOver?: ((payload: RequestPayload, reason: string) => boolean) | undefined;
}

/** A destination at work. No member throws or rejects. */
export interface OpenDestination {
  /** It does not look at the objects of a batch, which may come encoded then. Absent: it may. */
  readonly takesRequests?: boolean;
  /**
   * Takes a batch whose items the ledger already counts as handed, and from then on accounts for each of
   * them. Never blocks. False when nothing of it was taken.
   */
  accept(batch: TelemetryBatch): boolean;
  /** Whether a batch that is handed over now has a chance to leave soon. Absent: it always has. */
  isAvailable?(): boolean;
  /** Nothing has failed since the last success, and memory has much room. Absent: always. Else batches come in one priority each. */
  isAtEase?(): boolean;
  /** Resolves when nothing is in flight. May take as long as the receiver is away. */
  forceFlush(): Promise<void>;
  /** Resolves when nothing is in flight or the receiver is in trouble and the retries have taken over. */
  idleOrTroubled(): Promise<void>;
  /** There is little time left, until `deadline` on the monotonic clock: try again now, and with short waits. */
  hurry(deadline?: number): void;
  /** Resolves when what waits in the spool is delivered as well. May take as long as the receiver is away. */
  drained?(): Promise<void>;
  /** Sends nothing new any more. Resolves when what is on its way has its answer, which may never come. */
  finish?(): Promise<void>;
  /** Puts what is in flight into the spool as well, where there is one. */
  secure?(): void;
  /** Items in flight that the spool has as well. Absent: none. */
  storedItems?(): number;
  /** Drops what is left, counted under `reason`, or leaves it in the spool, and lets go of connections. */
  close(reason: string): Promise<void>;
  /**
   * The same on the spot, for the process ends: no promise and no timer comes to anything any more. May come while `close` is under way.
   * Absent: `close` is called, and nobody waits for it.
   */
  exiting?(reason: string): void;
}
