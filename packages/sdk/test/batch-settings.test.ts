// Batch settings that are read, and then really used: by option and by variable, seen from outside.
import { ledgerErrors } from '@llm-otel/core';
import type { Telemetry } from '@llm-otel/sdk';
import { fakeClock } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { type SinkOptions, startWithSink } from './start-with-sink.ts';

function endSpans(telemetry: Telemetry, count: number): void {
  for (let i = 0; i < count; i++) telemetry.tracer().startSpan(`span ${i}`).end();
}

const batchesOfTwo: SinkOptions[] = [
  { batch: { maxItems: 2 } },
  { environment: { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2' } },
  { batch: { maxItems: 2 }, environment: { OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '3' } },
];

test.each(batchesOfTwo)('with %j a request holds two spans', async (options) => {
  const { telemetry, sink } = await startWithSink({ metrics: false, ...options });

  endSpans(telemetry, 5);
  await telemetry.forceFlush();

  // They may arrive in any order.
  expect(sink.requests.map(({ items }) => items).toSorted((a, b) => a - b)).toEqual([1, 2, 2]);
});

const queuesOfOne: SinkOptions[] = [
  { queue: { maxItems: 1 } },
  { environment: { OTEL_BSP_MAX_QUEUE_SIZE: '1' } },
  { queue: { maxItems: 1 }, environment: { OTEL_BSP_MAX_QUEUE_SIZE: '3' } },
];

test.each(queuesOfOne)(
  'with %j a second span that ends at once is dropped and counted',
  async (options) => {
    const { telemetry, sink } = await startWithSink({ metrics: false, ...options });

    endSpans(telemetry, 3);
    const report = await telemetry.forceFlush();

    expect(telemetry.ledger()[0]).toMatchObject({
      ended: 3,
      dropped: { queue_full: 2 },
      handed: 1,
    });
    expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
    expect(sink.spans.map(({ name }) => name)).toEqual(['span 0']);
    expect(report).toMatchObject({ complete: false, problems: ['2 spans dropped: queue_full'] });
  },
);

const delaysOfSevenSeconds: SinkOptions[] = [
  { batch: { delayMillis: 7000 } },
  { environment: { OTEL_BSP_SCHEDULE_DELAY: '7000' } },
  { batch: { delayMillis: 7000 }, environment: { OTEL_BSP_SCHEDULE_DELAY: '100' } },
];

test.each(delaysOfSevenSeconds)(
  'with %j a batch that does not fill leaves after seven seconds',
  async (options) => {
    const clock = fakeClock();
    const { telemetry, sink } = await startWithSink({ metrics: false, clock, ...options });

    endSpans(telemetry, 1);
    await clock.advance(6999);
    expect(telemetry.ledger()[0]).toMatchObject({ queued: 1, handed: 0 });
    await clock.advance(1);
    await sink.waitFor(1);

    expect(sink.spans).toHaveLength(1);
  },
);

test.each<[string, SinkOptions]>([
  ['OTEL_BSP_EXPORT_TIMEOUT', { environment: { OTEL_BSP_EXPORT_TIMEOUT: '3000' } }],
  [
    'the longer one of OTEL_BSP_EXPORT_TIMEOUT and OTEL_BLRP_EXPORT_TIMEOUT',
    {
      logs: true,
      environment: { OTEL_BSP_EXPORT_TIMEOUT: '1000', OTEL_BLRP_EXPORT_TIMEOUT: '3000' },
    },
  ],
  [
    'OTEL_BLRP_EXPORT_TIMEOUT alone',
    { logs: true, environment: { OTEL_BLRP_EXPORT_TIMEOUT: '3000' } },
  ],
  [
    'that of spans where no log records are exported',
    { environment: { OTEL_BSP_EXPORT_TIMEOUT: '3000', OTEL_BLRP_EXPORT_TIMEOUT: '9000' } },
  ],
])('a flush to a receiver that never answers ends by %s', async (_, options) => {
  const clock = fakeClock();
  const { telemetry, sink } = await startWithSink({ metrics: false, clock, ...options });
  sink.hang();

  endSpans(telemetry, 1);
  const flushed = vi.fn();
  const flushing = telemetry.forceFlush().then(flushed);
  await sink.waitFor(({ requests }) => requests.length === 1);
  await clock.advance(2999);
  expect(flushed).not.toHaveBeenCalled();
  await clock.advance(1);
  await flushing;

  expect(flushed.mock.calls[0]?.[0]).toMatchObject({
    complete: false,
    problems: expect.arrayContaining(['traces: 1 still waiting']),
  });
});

test('retry: without retries a batch whose request fails is dropped at once', async () => {
  const { telemetry, sink } = await startWithSink({
    metrics: false,
    retry: { maxElapsedMillis: 0 },
  });
  sink.answer({ status: 503 });

  endSpans(telemetry, 2);
  const report = await telemetry.forceFlush();

  expect(sink.requests).toHaveLength(1);
  expect(telemetry.ledger()[0]?.destinations['otlp']).toMatchObject({ dropped: { http_503: 2 } });
  expect(report).toMatchObject({
    complete: false,
    problems: ['2 spans dropped for otlp: http_503'],
  });
});

test('queue: spans that did not fit are in the next report, and only in that one', async () => {
  const { telemetry } = await startWithSink({ metrics: false, queue: { maxItems: 10 } });

  endSpans(telemetry, 25);

  expect(await telemetry.forceFlush()).toEqual({
    complete: false,
    problems: ['15 spans dropped: queue_full'],
    delivered: 10,
    spooled: 0,
    rejected: 0,
    dropped: 15,
    pending: 0,
  });
  expect(await telemetry.shutdown()).toMatchObject({ complete: true, problems: [] });
});

test('who can wait is told when there is room again, and that nothing comes after the end', async () => {
  const { telemetry } = await startWithSink({ queue: { maxItems: 4 }, metrics: false });
  endSpans(telemetry, 3);
  expect(await telemetry.ready({ timeoutMillis: 0 })).toBe(false);

  await telemetry.forceFlush();
  expect(await telemetry.ready()).toBe(true);

  await telemetry.shutdown();
  expect(await telemetry.ready()).toBe(false);
});
