import type { ReadableLogRecord, ReadableSpan, Signal } from '@llm-otel/core';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import type { RequestPayload } from '../otlp/request-payload.ts';

/** 0 is what must not be missed and leaves first, 1 the usual, 2 what can be missed and is dropped first. */
export type ItemPriority = 0 | 1 | 2;

/** Of several items: one for all of them, or one for each. */
export type Priorities = ItemPriority | readonly ItemPriority[];

/** A batch encoded for OTLP: the requests, and how many of its items could not be read. */
export interface EncodedBatch {
  readonly requests: readonly RequestPayload[];
  readonly unreadable: number;
}

interface BatchOf<S extends Signal, T> {
  readonly signal: S;
  /** Spans, log records or data points: what the ledger counts. */
  readonly items: number;
  /** As the SDK made them. Absent where only the encoded form is left, after an outage. */
  readonly objects: readonly T[] | undefined;
  /** Of the objects. Absent: 1. */
  readonly priorities?: Priorities | undefined;
  /** About what they take in memory. */
  readonly byteEstimate: number;
  /** Requests of at most the bytes of a batch, unless a single item is larger. New payloads for every caller. */
  otlpRequests(): EncodedBatch;
  /** Every destination has had its turn. */
  handedOut(): void;
}

/** What is on its way to the destinations: spans, log records or one collection of metrics. */
export type TelemetryBatch =
  | BatchOf<'traces', ReadableSpan>
  | BatchOf<'logs', ReadableLogRecord>
  | BatchOf<'metrics', ResourceMetrics>;
