import type { FailureLog, ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import type { Sensitivity } from '../spool/sensitivity.ts';
import { EncodedBatch } from './encoded-batch.ts';
import { ItemBatch } from './item-batch.ts';
import type { ItemPriority, Priorities, TelemetryBatch } from './telemetry-batch.ts';

/** A batch that grows until it is handed on. */
export type GrowingBatch<T> = TelemetryBatch & {
  add(items: readonly T[], byteEstimate: number, priorityAt: (index: number) => ItemPriority): void;
  /** Nobody will have it. */
  forget(): void;
};

/** Makes batches of one signal, all with one encoder: while one grows, no other one is encoded. */
export interface BatchSource<T> {
  whole(
    items: readonly T[],
    byteEstimate: number,
    sensitivity: Sensitivity,
    priorities: Priorities,
  ): TelemetryBatch;
  growing(): GrowingBatch<T>;
}

interface BatchTools {
  readonly maxRequestBytes: number;
  readonly failures: FailureLog;
}

export function spanBatches(tools: BatchTools): BatchSource<ReadableSpan> {
  const maker = { ...tools, signal: 'traces', encoder: new TraceEncoder() } as const;
  return {
    whole: (...of) => new ItemBatch(maker, ...of),
    growing: () => new EncodedBatch(maker),
  };
}

export function logBatches(tools: BatchTools): BatchSource<ReadableLogRecord> {
  const maker = { ...tools, signal: 'logs', encoder: new LogsEncoder() } as const;
  return {
    whole: (...of) => new ItemBatch(maker, ...of),
    growing: () => new EncodedBatch(maker),
  };
}
