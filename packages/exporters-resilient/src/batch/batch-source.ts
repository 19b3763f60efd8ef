import type { FailureLog, ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import type { Sensitivity } from '../spool/sensitivity.ts';
import { GrowingBatch } from './growing-batch.ts';
import { ItemBatch } from './item-batch.ts';
import type { Priorities, TelemetryBatch } from './telemetry-batch.ts';

/** Makes batches of one signal, all with one encoder: while one grows, no other one is encoded. */
export interface BatchSource<T extends ScopedItem> {
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
  return { whole: (...of) => new ItemBatch(maker, ...of), growing: () => new GrowingBatch(maker) };
}

export function logBatches(tools: BatchTools): BatchSource<ReadableLogRecord> {
  const maker = { ...tools, signal: 'logs', encoder: new LogsEncoder() } as const;
  return { whole: (...of) => new ItemBatch(maker, ...of), growing: () => new GrowingBatch(maker) };
}
