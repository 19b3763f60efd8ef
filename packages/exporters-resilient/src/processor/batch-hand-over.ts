import type { FailureLog, ReadableSpan } from '@llm-otel/core';
import type { DestinationSet } from '../destination-set.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { SpanBatch } from '../span-batch.ts';
import { type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';

export interface BatchHandOverOptions {
  readonly destinations: DestinationSet;
  readonly batchBytes: number;
  readonly sensitivityOf: ((span: ReadableSpan) => Sensitivity) | undefined;
  readonly failures: FailureLog;
}

/** Gives spans that are ready to every destination: one batch, or one for each sensitivity. */
export class BatchHandOver {
  readonly #options: BatchHandOverOptions;
  readonly #encoder = new TraceEncoder();

  constructor(options: BatchHandOverOptions) {
    this.#options = options;
  }

  hand(spans: readonly ReadableSpan[], byteEstimate: number): void {
    const { destinations, batchBytes, failures, sensitivityOf } = this.#options;
    if (spans.length === 0) return;
    const groups =
      sensitivityOf === undefined
        ? ([[UNCLASSIFIED, spans]] as const)
        : this.#bySensitivity(spans, sensitivityOf);
    for (const [sensitivity, members] of groups) {
      const share = (byteEstimate * members.length) / spans.length;
      const batch = new SpanBatch(members, share, this.#encoder, batchBytes, failures, sensitivity);
      destinations.hand(batch);
    }
  }

  #bySensitivity(
    spans: readonly ReadableSpan[],
    sensitivityOf: (span: ReadableSpan) => Sensitivity,
  ): Map<Sensitivity, ReadableSpan[]> {
    const groups = new Map<Sensitivity, ReadableSpan[]>();
    for (const span of spans) {
      // Who cannot say what it is should not say that it is harmless.
      const sensitivity =
        this.#options.failures.guard('classifying a span', () => sensitivityOf(span)) ??
        'restricted';
      const members = groups.get(sensitivity);
      if (members === undefined) groups.set(sensitivity, [span]);
      else members.push(span);
    }
    return groups;
  }
}
