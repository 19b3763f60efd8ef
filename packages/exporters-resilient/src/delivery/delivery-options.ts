import type { CircuitState, Clock, DestinationLedger, FailureLog } from '@llm-otel/core';
import type { Backlog } from './backlog.ts';
import type { Breaker } from './breaker-options.ts';
import type { Buffer } from './buffer-options.ts';
import type { WhenBufferFull } from './waiting-parcels.ts';
import type { Retry } from './retry-options.ts';
import type { Payload, Sender } from './sender.ts';

/** What a delivery needs of the destination that it works for. */
export interface DeliveryOptions<P extends Payload> {
  /** The destination's name, for the log. */
  readonly name: string;
  /** Where it is, for the log, without anything secret. */
  readonly address?: string | undefined;
  /** What may be behind a failure, for the log. */
  readonly hint?: ((reason: string) => string | undefined) | undefined;
  readonly sender: Sender<P>;
  readonly ledger: DestinationLedger;
  readonly retry: Retry;
  readonly buffer: Buffer;
  /** Takes what the buffer has no room for, and what is left at the end. */
  readonly backlog?: Backlog<P> | undefined;
  /** Is shown what the receiver refused for good, before it is forgotten. */
  readonly onRefused?: ((payload: P, reason: string) => void) | undefined;
  /** Takes what would be dropped, with its place in the ledger. False where it cannot. */
  readonly takeOver?: ((payload: P, reason: string) => boolean) | undefined;
  /** What goes when neither buffer nor backlog has room. @defaultValue `drop_newest` */
  readonly whenFull?: WhenBufferFull | undefined;
  readonly breaker: Breaker;
  /** Told of every change of the circuit. */
  readonly onCircuit?: ((state: CircuitState) => void) | undefined;
  /** Most attempts at once while all is well. After a failure it is one, until one succeeds. */
  readonly concurrency: number;
  /** What comes first goes first, also in an outage. @defaultValue false: soon another one is tried, in case it is the payload that fails */
  readonly inOrder?: boolean | undefined;
  readonly attemptTimeoutMillis: number;
  readonly clock: Clock;
  readonly random: () => number;
  readonly failures: FailureLog;
}
