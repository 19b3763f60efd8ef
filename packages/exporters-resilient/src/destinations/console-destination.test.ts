import { ledgerErrors } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { consoleDestination } from './console-destination.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';

test('every span is one line of JSON', async () => {
  const lines: string[] = [];
  const processor = resilientSpanProcessor({
    destinations: [consoleDestination({ write: (line) => lines.push(line) })],
  });
  const parent = makeSpan().spanContext();
  const span = makeSpan({
    parentSpanContext: parent,
    attributes: {
      text: 'line\nbreak',
      bytes: new Uint8Array([1, 255]),
      count: 10,
      large: 2 ** 60,
      ratio: Number.NaN,
      list: ['a', { deep: true }],
      nothing: null,
    } as unknown as Attributes,
    events: [{ name: 'first token', time: [1_790_000_000, 500_000_000] }],
    links: [{ context: parent, attributes: { why: 'retry' } }],
    status: { code: 2, message: 'no' },
  });

  processor.onEnd(span);
  await processor.forceFlush();

  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('\n');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    name: 'chat gpt-5-mini',
    spanId: span.spanContext().spanId,
    parentSpanId: parent.spanId,
    kind: 'client',
    status: 'error',
    statusMessage: 'no',
    startTime: '2026-09-21T14:13:20.000Z',
    durationMillis: 1250,
    attributes: {
      text: 'line\nbreak',
      bytes: { bytes: '01ff' },
      count: 10,
      large: '1152921504606846976',
      ratio: 'NaN',
      list: ['a', { deep: true }],
      nothing: null,
    },
    events: [{ name: 'first token', time: '2026-09-21T14:13:20.500Z' }],
    links: [{ spanId: parent.spanId, attributes: { why: 'retry' } }],
    resource: { 'service.name': 'support-desk' },
  });
});

test('a span that cannot be printed is counted, and the others are printed', async () => {
  const write = vi.fn();
  const processor = resilientSpanProcessor({
    destinations: [consoleDestination({ name: 'screen', write })],
  });
  processor.onEnd(
    Object.defineProperty({ ...makeSpan() }, 'events', {
      get() {
        throw new Error('no');
      },
    }),
  );
  processor.onEnd(makeSpan());
  await processor.shutdown();

  const snapshot = processor.ledger();
  expect(ledgerErrors(snapshot)).toEqual([]);
  expect(snapshot.destinations).toMatchObject({
    screen: { exported: 1, dropped: { encode_failed: 1 } },
  });
  expect(write).toHaveBeenCalledTimes(1);
});

test('without a function to write with it prints to the standard output', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const processor = resilientSpanProcessor({ destinations: [consoleDestination()] });

  processor.onEnd(makeSpan());
  await processor.shutdown();

  const printed = write.mock.calls.map(([text]) => text);
  write.mockRestore();
  expect(printed).toEqual([expect.stringMatching(/^\{"name":"chat gpt-5-mini".*\}\n$/)]);
  expect(processor.ledger().destinations).toMatchObject({ console: { exported: 1 } });
});

test('where there is no standard output it prints to the console', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.stubGlobal('process', { ...process, stdout: undefined });
  const processor = resilientSpanProcessor({ destinations: [consoleDestination()] });

  processor.onEnd(makeSpan());
  await processor.shutdown();

  vi.unstubAllGlobals();
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  [
    'is of another promise library and rejects',
    // oxlint-disable-next-line unicorn/no-thenable -- as the promises of other libraries are
    () => ({ then: (_: unknown, no: (error: Error) => void) => no(new Error('no')) }),
  ],
])(
  'a function to write with that %s loses what is counted, and nothing else',
  async (_how, write) => {
    const processor = resilientSpanProcessor({ destinations: [consoleDestination({ write })] });

    processor.onEnd(makeSpan());
    processor.onEnd(makeSpan());
    await processor.shutdown();

    expect(ledgerErrors(processor.ledger())).toEqual([]);
    expect(processor.ledger().destinations).toMatchObject({
      console: { exported: 0, dropped: { write_failed: 2 } },
    });
  },
);

test('a slow function to write with is waited for, a line at a time', async () => {
  const lines: string[] = [];
  let writing = 0;
  let most = 0;
  const processor = resilientSpanProcessor({
    destinations: [
      consoleDestination({
        async write(line) {
          most = Math.max(most, ++writing);
          await new Promise(setImmediate);
          writing--;
          lines.push(line);
        },
      }),
    ],
    batch: { maxItems: 2 },
  });

  for (let i = 0; i < 5; i++) processor.onEnd(makeSpan({ name: `span ${i}` }));
  await processor.forceFlush();

  const names = lines.map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names).toEqual(['span 0', 'span 1', 'span 2', 'span 3', 'span 4']);
  expect(most).toBe(1);
  expect(processor.ledger().destinations).toMatchObject({ console: { exported: 5 } });
});
