import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, type Tracer } from '@opentelemetry/api';
import { withSpan } from '@llm-otel/core';
import type { DeskMetrics } from './desk-metrics.ts';

/**
 * What goes on beside the tickets: quick jobs that succeed and that nobody wants to pay for. The desk's policy keeps
 * a tenth of them, and the ledger says how many were left out.
 */
export async function refreshArticles(
  tracer: Tracer,
  jobs: number,
  metrics: Pick<DeskMetrics, 'articleRefreshed'>,
): Promise<void> {
  for (let job = 0; job < jobs; job++) {
    await withSpan(tracer, 'refresh articles', { root: true }, () =>
      withSpan(tracer, 'SELECT article', { kind: SpanKind.CLIENT }, () => sleep(1)),
    );
    metrics.articleRefreshed();
  }
}
