import {
  type ExportResult,
  ledgerErrors,
  type ReadableSpan,
  type SpanExporter,
} from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { exporterDestination, type ExporterDestinationOptions } from './exporter-destination.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';

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
      exportSpans(spans, done);
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
