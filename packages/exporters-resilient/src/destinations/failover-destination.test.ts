import { InvalidOptionError, ledgerErrors, type ReadableSpan } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { ledgerOf, setUp, type Setup } from '../../test/fixtures/processor.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import type { Destination } from '../destination.ts';
import { fileDestination } from '../node/file-destination.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import type { OtlpOptions } from '../otlp/otlp-options.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';
import { consoleDestination } from './console-destination.ts';
import { exporterDestination } from './exporter-destination.ts';
import { failoverDestination } from './failover-destination.ts';

function chain(
  options: Partial<OtlpOptions> = {},
  last?: Destination,
): Setup & {
  readonly primary: ReturnType<typeof scriptedTransport>;
  readonly lines: string[];
} {
  const primary = scriptedTransport({ status: 200 });
  const lines: string[] = [];
  const fallback =
    last ?? consoleDestination({ name: 'fallback', write: (line) => lines.push(line) });
  const setup = setUp({
    destinations: [
      failoverDestination('chain', [
        otlpDestination({
          name: 'primary',
          url: 'http://localhost/v1/traces',
          transport: primary,
          breaker: { failures: 1, resetMillis: 1000 },
          ...options,
        }),
        fallback,
      ]),
    ],
    batch: { maxItems: 1 },
  });
  return Object.assign(setup, { primary, lines });
}

/** Takes everything. */
function vendor(seen: ReadableSpan[]): Destination {
  return exporterDestination('vendor', {
    export(spans: ReadableSpan[], done: (result: { code: 0 }) => void) {
      seen.push(...spans);
      done({ code: 0 });
    },
    shutdown: () => Promise.resolve(),
  });
}

test('while the first destination is there it gets everything', async () => {
  const setup = chain();

  setup.end(3);
  await setup.turns();

  expect(setup.primary.taken).toBe(3);
  expect(setup.lines).toEqual([]);
  expect(ledgerOf(setup).destinations).toMatchObject({ chain: { exported: 3 } });
});

test('while its circuit is open the next one gets what comes, and afterwards the first one again', async () => {
  const setup = chain();
  setup.primary.script = [{ status: 503 }, { status: 200 }];

  setup.end(1);
  await setup.turns();
  setup.end(2);
  await setup.turns();
  expect(setup.lines).toHaveLength(2);
  expect(ledgerOf(setup).destinations).toMatchObject({ chain: { exported: 2, inFlight: 1 } });
  await setup.clock.advance(1000);
  await setup.turns();
  setup.end(1);
  await setup.turns();

  expect(setup.primary.taken).toBe(2);
  expect(setup.lines).toHaveLength(2);
  expect(ledgerOf(setup).destinations).toMatchObject({ chain: { exported: 4, inFlight: 0 } });
});

test('what the first one would drop goes to the next: when its time is over, and at the shutdown', async () => {
  const setup = chain({ retry: { maxElapsedMillis: 500 } });
  setup.primary.script = [{ status: 503 }];

  setup.end(1);
  await setup.turns();
  await setup.clock.advance(1000);
  await setup.turns();
  expect(setup.lines).toHaveLength(1);

  const last = chain();
  last.primary.script = ['hang'];
  last.end(2);
  await last.turns();
  const stopped = last.processor.shutdown({ timeoutMillis: 100 });
  await last.clock.advance(100);
  await stopped;

  expect(last.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { name: 'chat gpt-5-mini' },
    { name: 'chat gpt-5-mini' },
  ]);
  expect(ledgerOf(last).destinations).toMatchObject({
    chain: { exported: 2, dropped: {}, inFlight: 0 },
  });
});

test('what the buffer of the first one has no room for goes to the next', async () => {
  const setup = chain({ buffer: { maxItems: 2 }, breaker: { failures: 9 } });
  setup.primary.script = ['hang'];

  setup.end(5);
  for (let i = 0; i < 10; i++) await setup.turns();

  expect(setup.lines).toHaveLength(3);
  expect(ledgerOf(setup).destinations).toMatchObject({ chain: { exported: 3, inFlight: 2 } });
});

test('an exporter at the end of a chain takes over what was encoded before, as objects of the SDK', async () => {
  const seen: ReadableSpan[] = [];
  const setup = chain({ retry: { maxElapsedMillis: 0 } }, vendor(seen));
  setup.primary.script = [{ status: 503 }];

  setup.end(1);
  await setup.turns();
  setup.end(1);
  await setup.turns();

  expect(seen.map(({ name, attributes }) => [name, attributes])).toEqual([
    ['chat gpt-5-mini', { 'gen_ai.operation.name': 'chat' }],
    ['chat gpt-5-mini', { 'gen_ai.operation.name': 'chat' }],
  ]);
  expect(seen[0]?.spanContext().spanId).not.toBe(seen[1]?.spanContext().spanId);
  expect(ledgerOf(setup).destinations).toMatchObject({ chain: { exported: 2, dropped: {} } });
});

test('what an exporter at the head of a chain fails on goes to the next, without what cannot be read', async () => {
  const lines: string[] = [];
  const failing = exporterDestination('vendor', {
    export: (_spans: unknown, done: (result: { code: 1 }) => void) => done({ code: 1 }),
    shutdown: () => Promise.resolve(),
  });
  const processor = resilientSpanProcessor({
    destinations: [
      failoverDestination('chain', [
        failing,
        consoleDestination({ write: (line) => lines.push(line) }),
      ]),
    ],
  });
  for (const span of makeSpans(2)) processor.onEnd(span);
  const unreadable = makeSpans(1)[0]!;
  processor.onEnd({
    ...unreadable,
    get droppedLinksCount(): number {
      throw new Error('no');
    },
  });

  await processor.shutdown();

  expect(lines).toHaveLength(2);
  expect(ledgerErrors(processor.ledger())).toEqual([]);
  expect(processor.ledger().destinations).toMatchObject({
    chain: { exported: 2, dropped: { encode_failed: 1 }, rejected: {} },
  });
});

test('a file that cannot be written hands on to the next', async () => {
  const lines: string[] = [];
  const processor = resilientSpanProcessor({
    destinations: [
      failoverDestination('chain', [
        fileDestination({ path: '/dev/full' }),
        consoleDestination({ write: (line) => lines.push(line) }),
      ]),
    ],
  });
  for (const span of makeSpans(2)) processor.onEnd(span);

  await processor.shutdown();

  expect(lines).toHaveLength(2);
  expect(processor.ledger().destinations).toMatchObject({ chain: { exported: 2, dropped: {} } });
});

test('a chain of one is refused', () => {
  expect(() => failoverDestination('chain', [consoleDestination()])).toThrow(InvalidOptionError);
});
