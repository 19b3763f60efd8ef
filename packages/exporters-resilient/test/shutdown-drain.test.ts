// A receiver that failed and is back when the process ends gets everything, with a spool as without one.
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  otlpDestination,
  resilientExporter,
  resilientLogExporter,
  resilientLogProcessor,
  resilientSpanProcessor,
} from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { diskSpool } from '../src/spool/index.ts';
import type { Spool } from '../src/spool/spool.ts';
import { makeLogRecords } from './fixtures/log-records.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { makeSpans } from './fixtures/spans.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

// A full second of back-off, so that what is tried again at the end is so because of the end.
const options = (url: string) => ({
  destinations: [otlpDestination({ url, transport: nodeTransport() })],
  batch: { maxItems: 10, delayMillis: 10 },
  retry: { initialDelayMillis: 60_000, maxDelayMillis: 60_000 },
  random: () => 1,
});

describe.each<[string, () => Spool | undefined]>([
  ['with a spool', () => diskSpool({ directory: folder.path })],
  ['without a spool', () => undefined],
])('%s', (_name, spool) => {
  test('a receiver that is back before the shutdown gets everything', async () => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503 });
    const processor = resilientSpanProcessor({ ...options(sink.tracesUrl), spool: spool() });
    for (const span of makeSpans(100)) processor.onEnd(span);
    await sink.waitFor(({ requests }) => requests.length > 0);
    await processor.flush({ timeoutMillis: 100 });

    sink.recover();
    await processor.shutdown();

    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 100, spooled: 0, inFlight: 0 },
    });
    expect(ledgerErrors(processor.ledger())).toEqual([]);
    expect(sink.spans).toHaveLength(100);
  });

  test('of log records as well', async () => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503 });
    const processor = resilientLogProcessor({ ...options(sink.logsUrl), spool: spool() });
    for (const record of makeLogRecords(30)) processor.onEmit(record);
    await sink.waitFor(({ requests }) => requests.length > 0);
    await processor.flush({ timeoutMillis: 100 });

    sink.recover();
    await processor.shutdown();

    expect(sink.logs).toHaveLength(30);
  });

  test('behind the stock batch processor as well', async () => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503 });
    const { batch: _batch, ...others } = options(sink.tracesUrl);
    const exporter = resilientExporter({ ...others, spool: spool() });
    const provider = new TracerProvider({
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 10 })],
    });
    for (let i = 0; i < 100; i++) provider.getTracer('test').startSpan(`span ${i}`).end();
    await sink.waitFor(({ requests }) => requests.length > 0);
    await exporter.flush({ timeoutMillis: 100 });

    sink.recover();
    await provider.shutdown();

    expect(sink.spans).toHaveLength(100);
  });

  test('one that hangs, with an attempt timeout of 10 s, and answers again while the shutdown runs gets everything', async () => {
    await using sink = await startOtlpSink();
    sink.hang({ times: 4 });
    const processor = resilientSpanProcessor({ ...options(sink.tracesUrl), spool: spool() });
    for (const span of makeSpans(100)) processor.onEnd(span);
    await sink.waitFor(({ requests }) => requests.length === 4);

    await processor.shutdown({ timeoutMillis: 2000 });

    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 100, spooled: 0, inFlight: 0, dropped: {} },
    });
    expect(ledgerErrors(processor.ledger())).toEqual([]);
    expect(new Set(sink.spans.map(({ spanId }) => spanId)).size).toBe(100);
  });

  test('one that hangs as the shutdown begins, with what leaves then, and answers again while it runs gets everything', async () => {
    await using sink = await startOtlpSink();
    sink.hang({ times: 4 });
    const processor = resilientSpanProcessor({
      ...options(sink.tracesUrl),
      batch: { maxItems: 10, delayMillis: 60_000 },
      spool: spool(),
    });
    for (const span of makeSpans(40)) processor.onEnd(span);

    await processor.shutdown({ timeoutMillis: 2000 });

    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 40, spooled: 0, inFlight: 0, dropped: {} },
    });
    expect(new Set(sink.spans.map(({ spanId }) => spanId)).size).toBe(40);
  });

  test('one that takes two thirds of the time for each answer gets everything, and nothing twice', async () => {
    await using sink = await startOtlpSink();
    sink.slow(1300);
    const processor = resilientSpanProcessor({ ...options(sink.tracesUrl), spool: spool() });
    for (const span of makeSpans(30)) processor.onEnd(span);
    await sink.waitFor(({ requests }) => requests.length === 3);

    await processor.shutdown({ timeoutMillis: 2000 });

    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 30, spooled: 0, inFlight: 0, dropped: {} },
    });
    expect(sink.spans).toHaveLength(30);
  });

  test('one that answers only at the end of the time gets one or two requests twice, and everything is delivered', async () => {
    await using sink = await startOtlpSink();
    sink.slow(1750);
    const processor = resilientLogProcessor({ ...options(sink.logsUrl), spool: spool() });
    for (const record of makeLogRecords(30)) processor.onEmit(record);
    await sink.waitFor(({ requests }) => requests.length === 3);

    await processor.shutdown({ timeoutMillis: 2000 });

    expect(processor.ledger().destinations).toMatchObject({
      otlp: { exported: 30, spooled: 0, inFlight: 0, dropped: {} },
    });
    // By what is left of the time after the first of them.
    expect([40, 50]).toContain(sink.logs.length);
  });

  test('one that is back while the shutdown runs gets everything', async () => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503, times: 3 });
    const processor = resilientSpanProcessor({ ...options(sink.tracesUrl), spool: spool() });
    for (const span of makeSpans(10)) processor.onEnd(span);
    await sink.waitFor(({ requests }) => requests.length > 0);

    await processor.shutdown();

    expect(sink.requests).toHaveLength(4);
    expect(sink.spans).toHaveLength(10);
  });
});

test('with a spool a receiver that comes back late, but before the deadline, gets everything: three failures are no end', async () => {
  await using sink = await startOtlpSink();
  sink.answer({ status: 503, times: 6 });
  const processor = resilientSpanProcessor({
    ...options(sink.tracesUrl),
    spool: diskSpool({ directory: folder.path }),
  });
  for (const span of makeSpans(10)) processor.onEnd(span);

  // Of exporters as well: one place decides for both.
  const exporter = resilientLogExporter({
    destinations: [otlpDestination({ url: sink.logsUrl, transport: nodeTransport() })],
    spool: diskSpool({ directory: folder.path }),
  });
  await Promise.all([
    processor.shutdown({ timeoutMillis: 60_000 }),
    new Promise((resolve) => {
      exporter.export(makeLogRecords(10), resolve);
    }).then(() => exporter.shutdown({ timeoutMillis: 60_000 })),
  ]);

  expect(sink.spans).toHaveLength(10);
  expect(sink.logs).toHaveLength(10);
});

test('with a spool a receiver that stays away is tried until the deadline, and what is left is spooled', async () => {
  await using sink = await startOtlpSink();
  sink.answer({ status: 503 });
  const processor = resilientSpanProcessor({
    ...options(sink.tracesUrl),
    spool: diskSpool({ directory: folder.path }),
  });
  for (const span of makeSpans(100)) processor.onEnd(span);

  await processor.shutdown({ timeoutMillis: 1500 });

  expect(sink.requests.length).toBeGreaterThan(4);
  expect(processor.ledger().destinations).toMatchObject({ otlp: { spooled: 100, inFlight: 0 } });
});

test('one that never answers is asked a few times until the deadline, and what it has not answered is counted once', async () => {
  await using sink = await startOtlpSink();
  sink.hang();
  const processor = resilientSpanProcessor(options(sink.tracesUrl));
  for (const span of makeSpans(100)) processor.onEnd(span);

  await processor.shutdown({ timeoutMillis: 1000 });

  expect(sink.requests.length).toBeLessThanOrEqual(8);
  expect(processor.ledger().destinations).toMatchObject({
    otlp: { exported: 0, inFlight: 0, dropped: { shutdown_timeout: 100 } },
  });
});
