import type { Clock, DestinationLedger, FailureLog, Signal } from '@llm-otel/core';
import type { Backlog } from '../delivery/backlog.ts';
import type { Payload } from '../delivery/sender.ts';
import type { Sensitivity } from './sensitivity.ts';

/** Somewhere that keeps what cannot be delivered now, beyond the life of the process. Owned by one processor or exporter. */
export interface Spool {
  /** Bytes that it keeps at most: no single request may be larger. Absent: any. */
  readonly maxBytes?: number | undefined;
  /** Called once, by the owner. */
  open(tools: SpoolTools): OpenSpool;
}

/** What the owner lends to a spool. */
export interface SpoolTools {
  readonly clock: Clock;
  readonly failures: FailureLog;
}

/** A spool at work. No member throws. */
export interface OpenSpool {
  /**
   * The backlog of one destination; none when the spool is off. `ledger` is told of what an earlier process left and of
   * what is lost in the spool.
   */
  backlog<P extends Payload>(options: BacklogOptions<P>): Backlog<P> | undefined;
  /** Everything is on disk as well as `fsync` promises. Later processes may take what is left. */
  close(): void;
}

export interface BacklogOptions<P extends Payload> {
  readonly destination: string;
  readonly signal: Signal;
  readonly ledger: DestinationLedger;
  readonly codec: PayloadCodec<P>;
}

/** What is stored of a payload. */
export interface StoredRequest {
  readonly body: Uint8Array;
  readonly items: number;
  readonly format: RequestFormat;
  readonly sensitivity: Sensitivity;
}

/** How a stored request is encoded. */
export type RequestFormat = 'protobuf' | 'json';

/** How the payloads of a destination become bytes and payloads again. */
export interface PayloadCodec<P extends Payload> {
  encode(payload: P): StoredRequest;
  /** Undefined when this destination cannot send it. */
  decode(request: StoredRequest): P | undefined;
}
