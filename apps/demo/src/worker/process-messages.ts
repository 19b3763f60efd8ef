import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { type Meter, SpanKind, type Tracer } from '@opentelemetry/api';
import { withSpan } from '@llm-otel/core';
import { extractEnvelope, linkTo } from '@llm-otel/propagation';
import { METRIC_WORKER_MESSAGE_DURATION } from '../generated/metrics.ts';
import { made } from '../made-metric.ts';
import { type OutboxMessage, takeMessage } from '../outbox.ts';

const POLL_MILLIS = 20;

export interface WorkerOptions {
  readonly database: DatabaseSync;
  readonly tracer: Tracer;
  readonly meter: Meter;
  readonly signal: AbortSignal;
}

/** Takes messages from the outbox until `signal` aborts and the table is empty. */
export async function processMessages({
  database,
  tracer,
  meter,
  signal,
}: WorkerOptions): Promise<void> {
  const duration = meter.createHistogram(...made(METRIC_WORKER_MESSAGE_DURATION));
  for (;;) {
    const message = takeMessage(database);
    if (message !== undefined) {
      const started = performance.now();
      await payRefund(tracer, message);
      duration.record((performance.now() - started) / 1000, {
        'messaging.destination.name': message.topic,
      });
    } else if (signal.aborted) {
      return;
    } else {
      await sleep(POLL_MILLIS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function payRefund(tracer: Tracer, message: OutboxMessage): Promise<void> {
  const link = linkTo(message.headers);
  const options = {
    kind: SpanKind.CONSUMER,
    // One message at a time: its creator can be the parent, and is linked as the conventions ask.
    parent: extractEnvelope(message.headers),
    links: link === undefined ? [] : [link],
    attributes: {
      'messaging.operation.name': 'process',
      'messaging.destination.name': message.topic,
      'messaging.message.id': String(message.id),
    },
  };
  return withSpan(tracer, `process ${message.topic}`, options, async () => {
    await sleep(15);
  });
}
