import {
  type ExportResult,
  ledgerErrors,
  type ReadableSpan,
  type SpanExporter,
} from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/fixtures/record-logs.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { exporterDestination, type ExporterDestinationOptions } from './exporter-destination.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';
import { diskSpool } from '../spool/disk-spool.ts';

type Export = (spans: ReadableSpan[], done: (result: ExportResult) => void) => void;

function setUp(
  exportSpans: Export,
  options?: ExporterDestinationOptions,
  rest: Partial<SpanExporter> = {},
) {
  const clock = fakeClock();
  const processor = resilientSpanProcessor({
    destinations: [
      exporterDestination(
        'vendor',
        { export: exportSpans, shutdown: () => Promise.resolve(), ...rest },
        options,
      ),
    ],
    clock,
    random: () => 1,
  });
  for (const span of makeSpans(3)) processor.onEnd(span);
  return {
    clock,
    processor,
    ledger: () => {
      const snapshot = processor.ledger();
      expect(ledgerErrors(snapshot)).toEqual([]);
      return snapshot.destinations['vendor'];
    },
  };
}

test('what the exporter takes is counted as exported', async () => {
  const seen: number[] = [];
  const { processor, ledger } = setUp((spans, done) => {
    seen.push(spans.length);
    done({ code: 0 });
  });

  await processor.forceFlush();

  expect(seen).toEqual([3]);
  expect(ledger()).toMatchObject({ exported: 3, inFlight: 0 });
});

test.for<[string, Export]>([
  ['reports a failure', (_spans, done) => done({ code: 1, error: new Error('no') })],
  // A rejection that nobody handles would end the process.
  ['is async and rejects', async () => Promise.reject(new Error('no'))],
  ['reports a failure without a reason', (_spans, done) => done({ code: 1 })],
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  [
    'throws something else',
    () => {
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- exporters do
      throw 'no';
    },
  ],
])(
  'an exporter that %s loses the batch, counted, and is not asked again',
  async ([, exportSpans]) => {
    let calls = 0;
    const { processor, ledger } = setUp((spans, done) => {
      calls++;
      return exportSpans(spans, done);
    });

    await processor.forceFlush();

    expect(calls).toBe(1);
    expect(ledger()).toMatchObject({ rejected: { export_failed: 3 }, inFlight: 0 });
  },
);

test('with retries a failed batch is tried again', async () => {
  let calls = 0;
  const { processor, clock, ledger } = setUp(
    (_spans, done) => done({ code: ++calls < 3 ? 1 : 0 }),
    {
      retry: {},
    },
  );

  const flush = processor.forceFlush();
  await clock.advance(0);
  await clock.advance(3000);
  await flush;

  expect(calls).toBe(3);
  expect(ledger()).toMatchObject({ exported: 3 });
});

test('an exporter that never calls back loses the batch after the timeout, and late calls change nothing', async () => {
  const calls: ((result: ExportResult) => void)[] = [];
  const { processor, clock, ledger } = setUp((_spans, done) => calls.push(done), {
    timeoutMillis: 500,
  });

  const flush = processor.forceFlush();
  await clock.advance(0);
  await clock.advance(500);
  await flush;
  calls[0]!({ code: 0 });
  await clock.advance(0);

  expect(ledger()).toMatchObject({ dropped: { timeout: 3 }, exported: 0, inFlight: 0 });
});

test('flush and shutdown reach the exporter, and what they throw does not reach the application', async () => {
  const calls: string[] = [];
  const fail = (name: string) => (): Promise<void> => {
    calls.push(name);
    throw new Error(name);
  };
  const { processor } = setUp((_spans, done) => done({ code: 0 }), undefined, {
    forceFlush: fail('forceFlush'),
    shutdown: fail('shutdown'),
  });

  await processor.shutdown();

  expect(calls).toEqual(['forceFlush', 'shutdown']);
});

test('an exporter whose shutdown never ends does not hold up ours', async () => {
  const { processor, clock } = setUp((_spans, done) => done({ code: 0 }), undefined, {
    shutdown: () => new Promise(() => undefined),
  });

  const stopped = processor.shutdown({ timeoutMillis: 1000 });
  await clock.advance(0);
  await clock.advance(0);
  await clock.advance(1000);

  await stopped;
});

test('behind a spool a failed batch waits on disk, and the next process gives it to the exporter as it was', async () => {
  using folder = temporaryFolder();
  const seen: ReadableSpan[] = [];
  const start = (code: 0 | 1) => {
    const exporter: SpanExporter = {
      export(spans, done) {
        if (code === 0) seen.push(...spans);
        done({ code });
      },
      shutdown: () => Promise.resolve(),
    };
    return resilientSpanProcessor({
      destinations: [exporterDestination('vendor', exporter)],
      spool: diskSpool({ directory: folder.path }),
    });
  };
  const spans = makeSpans(3, { attributes: { tokens: 7, list: ['a'], nested: { deep: true } } });

  const first = start(1);
  for (const span of spans) first.onEnd(span);
  await first.shutdown();
  expect(first.ledger().destinations).toMatchObject({ vendor: { spooled: 3, rejected: {} } });
  const second = start(0);
  await vi.waitFor(() => expect(seen).toHaveLength(3));
  await second.shutdown();

  expect(second.ledger().destinations).toMatchObject({ vendor: { recovered: 3, exported: 3 } });
  expect(ledgerErrors(second.ledger())).toEqual([]);
  expect(seen.map((span) => [span.spanContext().spanId, span.attributes])).toEqual(
    spans.map((span) => [span.spanContext().spanId, span.attributes]),
  );
});

test('while all is well the exporter behind a spool gets the very objects', async () => {
  using folder = temporaryFolder();
  const seen: ReadableSpan[] = [];
  const exporter: SpanExporter = {
    export(spans, done) {
      seen.push(...spans);
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  };
  const processor = resilientSpanProcessor({
    destinations: [exporterDestination('vendor', exporter)],
    spool: diskSpool({ directory: folder.path }),
  });
  const spans = makeSpans(2);

  for (const span of spans) processor.onEnd(span);
  await processor.forceFlush();
  await processor.shutdown();

  expect(seen.every((span, index) => span === spans[index])).toBe(true);
});
