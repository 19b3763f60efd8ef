import { setTimeout as wait } from 'node:timers/promises';
import { ledgerErrors, type LedgerSnapshot, total } from '@llm-otel/core';
import { fakeClock, startOtlpSink } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { otlpDestination, resilientExporter, resilientSpanProcessor } from '../src/index.ts';
import { diskSpool } from '../src/spool/index.ts';
import { startRawServer } from './fixtures/raw-server.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { scriptedTransport } from './fixtures/scripted-transport.ts';
import { makeSpan, makeSpans } from './fixtures/spans.ts';

const url = 'http://localhost/v1/traces';
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** 6,000 spans through the stock batch processor, 1,500 in a second. Returns how many it handed to the exporter. */
async function handedOn(exporter: SpanExporter): Promise<number> {
  let handed = 0;
  const counting: SpanExporter = {
    export(spans, done) {
      handed += spans.length;
      exporter.export(spans, done);
    },
    shutdown: () => exporter.shutdown(),
  };
  const processor = new BatchSpanProcessor({ exporter: counting, scheduledDelayMillis: 10 });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('app');
  for (let turn = 0; turn < 200; turn++) {
    for (let i = 0; i < 30; i++) tracer.startSpan('work').end();
    await wait(20);
  }
  return handed;
}

test('behind a receiver that hangs the stock processor hands on everything, which the ledger counts; with the stock exporter it drops', async () => {
  await using hung = await startRawServer(() => undefined);
  const ours = resilientExporter({ destinations: [otlpDestination({ url: hung.url })] });

  const [stock, handed] = await Promise.all([
    handedOn(new OTLPTraceExporter({ url: hung.url })),
    handedOn(ours),
  ]);
  await ours.shutdown({ timeoutMillis: 50 });

  expect(stock).toBeLessThan(3000);
  // What the processor held when the last turn was over it has not handed on yet.
  expect(handed).toBeGreaterThan(5400);
  const ledger = ours.ledger();
  expect(ledgerErrors(ledger)).toEqual([]);
  expect(ledger.ended).toBe(handed);
  expect(total(ledger.destinations['otlp']!.dropped) + total(ledger.dropped)).toBe(handed);
});

test('its flush covers what was exported, whatever was answered before', async () => {
  await using sink = await startOtlpSink();
  const exporter = resilientExporter({ destinations: [otlpDestination({ url: sink.tracesUrl })] });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });

  for (let i = 0; i < 1300; i++) provider.getTracer('app').startSpan('work').end();
  await provider.forceFlush();

  expect(sink.spans).toHaveLength(1300);
  expect(await exporter.flush()).toEqual({
    complete: true,
    delivered: 1300,
    spooled: 0,
    rejected: 0,
    dropped: 0,
    pending: 0,
  });
  await provider.shutdown();
});

test.each([
  ['drop_newest', ['root', 'a']],
  ['drop_oldest', ['root', 'b']],
] as const)('a full queue of the exporter: %s', async (whenFull, kept) => {
  const parentSpanContext = makeSpan().spanContext();
  const transport = scriptedTransport();
  const names: string[] = [];
  const exporter = resilientExporter({
    destinations: [
      otlpDestination({ url, transport, name: 'otlp' }),
      {
        name: 'names',
        open: ({ ledger }) => ({
          accept(batch) {
            names.push(...(batch.objects ?? []).map((span) => (span as { name: string }).name));
            ledger.exported(batch.items);
            return true;
          },
          forceFlush: () => Promise.resolve(),
          idleOrTroubled: () => Promise.resolve(),
          hurry: () => undefined,
          close: () => Promise.resolve(),
        }),
      },
    ],
    queue: { maxItems: 2, whenFull },
  });

  exporter.export(
    [
      makeSpan({ name: 'a', parentSpanContext }),
      makeSpan({ name: 'root' }),
      makeSpan({ name: 'b', parentSpanContext }),
    ],
    () => undefined,
  );
  await exporter.forceFlush();

  expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(
    [...kept].toSorted((a, b) => a.localeCompare(b)),
  );
  expect(exporter.ledger()).toMatchObject({ ended: 3, dropped: { queue_full: 1 }, handed: 2 });
});

test('a queue is bounded by bytes as well, and a batch of which it takes nothing has failed', async () => {
  const exporter = resilientExporter({
    destinations: [otlpDestination({ url, transport: scriptedTransport() })],
    queue: { maxBytes: 5000 },
  });
  const results: unknown[] = [];
  const large = makeSpan({ attributes: { text: 'x'.repeat(2000) } });

  exporter.export([large], (result) => results.push(result));
  exporter.export([large, large], (result) => results.push(result));
  await exporter.forceFlush();

  expect(results).toContainEqual({
    code: 1,
    error: expect.objectContaining({ message: 'the queue of the exporter is full' }),
  });
  expect(exporter.ledger()).toMatchObject({ ended: 3, dropped: { queue_full: 2 }, handed: 1 });
});

test('with a spool a full queue spills, unless it is told to drop', async () => {
  const make = (whenFull?: 'drop_newest') =>
    resilientExporter({
      destinations: [
        otlpDestination({ url, transport: scriptedTransport('hang'), buffer: { maxItems: 10 } }),
      ],
      queue: { maxItems: 10, whenFull },
      spool: diskSpool({ directory: `${folder.path}/${whenFull}` }),
    });
  const spilling = make();
  const dropping = make('drop_newest');

  for (const exporter of [spilling, dropping]) exporter.export(makeSpans(1000), () => undefined);

  expect(ledgerErrors(spilling.ledger())).toEqual([]);
  expect(spilling.ledger().dropped).toEqual({});
  expect(spilling.ledger().destinations['otlp']!.spooled).toBeGreaterThan(900);
  expect(dropping.ledger()).toMatchObject({ dropped: { queue_full: 990 }, queued: 10 });
  for (const exporter of [spilling, dropping]) await exporter.shutdown({ timeoutMillis: 0 });
});

const outcome = { delivered: 0, spooled: 0, rejected: 0, dropped: 0, pending: 0 };

test('flush tells what was delivered, refused, dropped, and what is left after its time', async () => {
  const clock = fakeClock();
  const transport = scriptedTransport({ status: 200 }, { status: 400 }, 'hang');
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url, transport })],
    queue: { maxItems: 3 },
    clock,
  });
  const flushed = async (spans: number): Promise<unknown> => {
    for (const span of makeSpans(spans)) processor.onEnd(span);
    const flush = processor.flush({ timeoutMillis: 100 });
    for (let i = 0; i < 10; i++) await clock.advance(0);
    await clock.advance(100);
    return flush;
  };

  expect(await flushed(2)).toEqual({ ...outcome, complete: true, delivered: 2 });
  expect(await flushed(5)).toEqual({ ...outcome, complete: true, rejected: 3, dropped: 2 });
  expect(await flushed(1)).toEqual({ ...outcome, complete: false, pending: 1 });
  const ending = processor.shutdown({ timeoutMillis: 0 });
  for (let i = 0; i < 10; i++) await clock.advance(0);
  await ending;
  expect(await processor.flush()).toEqual({ ...outcome, complete: true, dropped: 1 });
});

test('with a spool flush ends with everything delivered or spooled, also when its time is over', async () => {
  const processor = resilientSpanProcessor({
    destinations: [otlpDestination({ url, transport: scriptedTransport({ status: 503 }) })],
    spool: diskSpool({ directory: folder.path }),
  });

  for (const span of makeSpans(3)) processor.onEnd(span);

  expect(await processor.flush({ timeoutMillis: 500 })).toMatchObject({ dropped: 0, rejected: 0 });
  const { spooled, inFlight } = processor.ledger().destinations['otlp']!;
  // One asks whether the receiver is back; the spool has it as well.
  expect(spooled + inFlight).toBe(3);
  await processor.shutdown({ timeoutMillis: 100 });
  expect(await processor.flush()).toEqual({ ...outcome, complete: true, spooled: 3 });
});

test.each([
  null,
  5,
  'soon',
  { timeoutMillis: 'soon' },
  { timeoutMillis: Number.NaN },
  { timeoutMillis: -1 },
  { timeoutMillis: null },
])(
  'a limit of %j is none: neither the flush nor the shutdown throws or gives up at once',
  async (limit) => {
    const wrong = limit as never;
    const check = (ledger: LedgerSnapshot): void =>
      expect(ledger.destinations).toMatchObject({ otlp: { exported: 1, dropped: {} } });
    const make = () => [otlpDestination({ url, transport: scriptedTransport() })];
    const processor = resilientSpanProcessor({ destinations: make() });
    const exporter = resilientExporter({ destinations: make() });

    processor.onEnd(makeSpan());
    exporter.export([makeSpan()], () => undefined);
    for (const each of [processor, exporter]) {
      expect(await each.flush(wrong)).toMatchObject({ complete: true, delivered: 1 });
      await each.forceFlush(wrong);
      expect(await each.ready(wrong)).toBe(true);
      await each.shutdown(wrong);
      check(each.ledger());
    }
  },
);
