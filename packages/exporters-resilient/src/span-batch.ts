import type { FailureLog, ReadableSpan } from '@llm-otel/core';
import { ItemBatch } from './batch/item-batch.ts';
import { type Sensitivity, UNCLASSIFIED } from './spool/sensitivity.ts';
import type { TraceEncoder } from './encode/trace-encoder.ts';

/** Spans on their way to the destinations. */
export class SpanBatch extends ItemBatch<'traces', ReadableSpan> {
  constructor(
    spans: readonly ReadableSpan[],
    byteEstimate: number,
    encoder: TraceEncoder,
    maxRequestBytes: number,
    failures: FailureLog,
    sensitivity: Sensitivity = UNCLASSIFIED,
  ) {
    super('traces', spans, byteEstimate, encoder, maxRequestBytes, failures, sensitivity);
  }
}
