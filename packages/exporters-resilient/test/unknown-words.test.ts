// Functions of the application that answer with what there is not: nothing is lost for it, and nothing is written elsewhere.
import { readdirSync } from 'node:fs';
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { otlpDestination, resilientSpanProcessor } from '../src/index.ts';
import { nodeTransport } from '../src/node/index.ts';
import { diskSpool } from '../src/spool/index.ts';
import { temporaryFolder } from './fixtures/record-logs.ts';
import { makeSpans } from './fixtures/spans.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

test.each(['bogus', 'Internal', '', 42, '../../escaped', null, {}])(
  'a class that there is not (%j) counts as restricted, and what is spooled so is delivered later',
  async (word) => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503 });
    const start = () =>
      resilientSpanProcessor({
        destinations: [otlpDestination({ url: sink.tracesUrl, transport: nodeTransport() })],
        spool: diskSpool({ directory: folder.path }),
        // @ts-expect-error a function without types
        sensitivityOf: () => word,
      });
    const first = start();
    for (const span of makeSpans(5)) first.onEnd(span);
    await first.shutdown({ timeoutMillis: 200 });
    const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' });
    expect(names.some((name) => name.includes('otlp.traces.restricted@'))).toBe(true);

    sink.recover();
    const second = start();
    await sink.waitFor(5);
    await second.shutdown();

    expect(second.ledger().destinations['otlp']).toMatchObject({ recovered: 5, exported: 5 });
  },
);

test.each([3, -1, 1.5, null, Number.NaN, 'high', {}])(
  'a priority that there is not (%j) counts as 1',
  async (word) => {
    await using sink = await startOtlpSink();
    const processor = resilientSpanProcessor({
      destinations: [otlpDestination({ url: sink.tracesUrl, transport: nodeTransport() })],
      // @ts-expect-error a function without types
      queue: { priorityOf: () => word },
    });
    for (const span of makeSpans(10)) processor.onEnd(span);

    await processor.shutdown();

    expect(sink.spans).toHaveLength(10);
    expect(ledgerErrors(processor.ledger())).toEqual([]);
  },
);

test.each(['x'.repeat(180), 'é'.repeat(200), '収集器'.repeat(20), `collector ${'%/'.repeat(60)}`])(
  'what is spooled for a destination with a long name (%s) is delivered by the next process, and not by one that begins alike',
  async (name) => {
    await using sink = await startOtlpSink();
    sink.answer({ status: 503 });
    const start = (named: string) =>
      resilientSpanProcessor({
        destinations: [
          otlpDestination({ name: named, url: sink.tracesUrl, transport: nodeTransport() }),
        ],
        spool: diskSpool({ directory: folder.path }),
      });
    const first = start(name);
    for (const span of makeSpans(5)) first.onEnd(span);
    await first.shutdown({ timeoutMillis: 200 });
    sink.recover();

    const other = start(`${name}!`);
    await other.shutdown();
    expect(sink.spans).toEqual([]);
    const second = start(name);
    await second.shutdown();

    expect(second.ledger().destinations[name]).toMatchObject({ recovered: 5, exported: 5 });
  },
);

test('who awaits ready() loses nothing, though a batch more would not fit into the buffer', async () => {
  await using sink = await startOtlpSink();
  sink.slow(20);
  const processor = resilientSpanProcessor({
    destinations: [
      otlpDestination({ url: sink.tracesUrl, transport: nodeTransport(), concurrency: 1 }),
    ],
    queue: { maxItems: 200 },
    batch: { maxItems: 100, delayMillis: 1 },
    buffer: { maxItems: 450 },
  });

  for (const span of makeSpans(3000)) {
    expect(await processor.ready()).toBe(true);
    processor.onEnd(span);
  }
  await processor.shutdown();

  expect(processor.ledger()).toMatchObject({
    dropped: {},
    destinations: { otlp: { dropped: {} } },
  });
  expect(sink.spans).toHaveLength(3000);
});
