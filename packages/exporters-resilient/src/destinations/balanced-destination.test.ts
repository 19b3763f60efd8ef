import { InvalidOptionError } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';
import { decodeOtlpRequest } from '@llm-otel/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ledgerOf, setUp } from '../../test/fixtures/processor.ts';
import { spanIdsIn } from '../../test/fixtures/received.ts';
import { scriptedTransport } from '../../test/fixtures/scripted-transport.ts';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import type { Transport } from '../transport/transport.ts';
import { balancedDestination } from './balanced-destination.ts';
import { consoleDestination } from './console-destination.ts';
import { rendezvousOrder } from './rendezvous.ts';

const NAMES = ['a', 'b', 'c'];

/** Three receivers that remember the trace ids they got; those in `away` refuse the connection. */
function receivers(away: ReadonlySet<string>) {
  const got = new Map(NAMES.map((name) => [name, [] as string[]]));
  const setup = setUp({
    destinations: [
      balancedDestination(
        'pool',
        NAMES.map((name) => {
          const transport: Transport = {
            send({ body }) {
              if (away.has(name)) return Promise.reject(new Error('away'));
              const { spans } = decodeOtlpRequest('traces', 'protobuf', body);
              got.get(name)!.push(...spans.map(({ traceId }) => traceId));
              return Promise.resolve({
                status: 200,
                header: () => undefined,
                body: new Uint8Array(),
              });
            },
          };
          return otlpDestination({
            name,
            url: 'http://localhost/v1/traces',
            transport,
            breaker: { failures: 1 },
          });
        }),
      ),
    ],
  });
  return Object.assign(setup, { got });
}

test('all spans of a trace go to the same receiver, and the traces spread', async () => {
  const setup = receivers(new Set());
  for (let i = 0; i < 60; i++) {
    const span = makeSpan();
    setup.processor.onEnd(span);
    setup.processor.onEnd(makeSpan({ spanContext: () => span.spanContext() }));
  }

  await setup.processor.forceFlush();

  const { a, b, c } = Object.fromEntries(setup.got) as Record<string, string[]>;
  expect([a, b, c].map((ids) => ids!.length > 10)).toEqual([true, true, true]);
  for (const ids of [a, b, c])
    for (const id of ids!) expect(ids!.filter((other) => other === id)).toHaveLength(2);
  expect(new Set([...a!, ...b!, ...c!]).size).toBe(60);
  expect(ledgerOf(setup).destinations).toMatchObject({ pool: { exported: 120, inFlight: 0 } });
});

test('while a receiver is away its traces go to the others', async () => {
  const setup = receivers(new Set(['b']));
  setup.end(30);
  await setup.turns();

  setup.end(30);
  const flushed = setup.processor.forceFlush({ timeoutMillis: 10 });
  await setup.turns();
  await setup.clock.advance(10);
  await flushed;
  setup.end(60);
  await setup.turns();
  const again = setup.processor.forceFlush({ timeoutMillis: 10 });
  await setup.turns();
  await setup.clock.advance(10);
  await again;

  const taken = setup.got.get('a')!.length + setup.got.get('c')!.length;
  const { inFlight } = ledgerOf(setup).destinations['pool']!;
  expect(taken + inFlight).toBe(120);
  // Only what was under way to it when it failed waits for it.
  expect(taken).toBeGreaterThan(90);
});

const oneTrace = makeSpan().spanContext();
test.each([
  ['drop_oldest', 'of traces of their own', false],
  ['drop_newest', 'of traces of their own', false],
  ['drop_oldest', 'of one trace', true],
  ['drop_newest', 'of one trace', true],
] as const)(
  'with %s what all of them together have no room for goes, spans %s, each once',
  async (whenFull, _which, isOneTrace) => {
    const room = 500;
    const transports = [
      scriptedTransport({ status: 503 }),
      scriptedTransport({ status: 503 }),
    ] as const;
    const setup = setUp({
      destinations: [
        balancedDestination(
          'pool',
          transports.map((transport, index) =>
            otlpDestination({
              name: `member ${index}`,
              url: 'http://localhost/v1/traces',
              transport,
              buffer: { maxItems: room },
            }),
          ),
        ),
      ],
      queue: { whenFull },
      batch: { maxItems: 1 },
      retry: { maxElapsedMillis: 3_600_000 },
    });
    const spans = Array.from({ length: room * 4 }, () => {
      const { traceId, ...own } = makeSpan().spanContext();
      const context = { ...own, traceId: isOneTrace ? oneTrace.traceId : traceId };
      return makeSpan({ spanContext: () => context });
    });
    for (const [index, span] of spans.entries()) {
      setup.processor.onEnd(span);
      if (index % 20 === 19) await setup.turns();
    }
    while (ledgerOf(setup).queued > 0) await setup.turns();
    for (const transport of transports) transport.script = [{ status: 200 }];

    const stop = setup.processor.shutdown({ timeoutMillis: 60_000 });
    for (let i = 0; i < 300; i++) await setup.clock.advance(100);
    await stop;

    const pool = ledgerOf(setup).destinations['pool'];
    const arrived = transports.flatMap(({ bodies }) => bodies.flatMap((body) => spanIdsIn(body)));
    const kept = new Set(arrived);
    expect(pool).toMatchObject({ exported: arrived.length, inFlight: 0 });
    expect(pool?.dropped).toEqual({ buffer_full: spans.length - kept.size });
    expect(arrived).toHaveLength(kept.size);
    expect(kept.size).toBe(room * 2);
    // What stays is the end of it, or the beginning, whichever member has it.
    const half = whenFull === 'drop_oldest' ? spans.slice(-room * 2) : spans.slice(0, room * 2);
    const right = half.filter((span) => kept.has(span.spanContext().spanId));
    expect(right.length).toBeGreaterThan(room * 1.9);
  },
);

test('a member that throws where it takes over from another one loses what it was given, and nothing that comes later', async () => {
  const told = vi.fn();
  diag.setLogger({ error: told, warn: told, info() {}, debug() {}, verbose() {} });
  onTestFinished(() => {
    diag.disable();
  });
  const url = 'http://localhost/v1/traces';
  const transport = scriptedTransport();
  const whole = otlpDestination({ name: 'b', url, transport });
  let isBroken = true;
  const setup = setUp({
    destinations: [
      balancedDestination('pool', [
        otlpDestination({
          name: 'a',
          url,
          transport: scriptedTransport('hang'),
          buffer: { maxItems: 1 },
        }),
        {
          name: 'b',
          open(tools) {
            const open = whole.open(tools);
            const accept: typeof open.accept = (batch) => {
              if (isBroken) throw new Error('broken');
              return open.accept(batch);
            };
            // Of two without room the first one is asked.
            return { ...open, accept, isAvailable: () => false };
          },
        },
      ]),
    ],
    batch: { maxItems: 1 },
  });
  const ofA = () => {
    for (;;) {
      const span = makeSpan();
      if (rendezvousOrder(span.spanContext().traceId, ['a', 'b'])[0] === 0) return span;
    }
  };
  const endFive = async () => {
    for (let i = 0; i < 5; i++) setup.processor.onEnd(ofA());
    while (ledgerOf(setup).queued > 0) await setup.turns();
  };
  await endFive();
  expect(told).toHaveBeenCalledWith(expect.stringContaining('broken'));

  isBroken = false;
  await endFive();

  expect(transport.taken).toBe(5);
});

test('thousands of requests that give their places to each other do so one after the other, not inside of each other', async () => {
  const room = 10_000;
  const told = vi.fn();
  diag.setLogger({ error: told, warn() {}, info() {}, debug() {}, verbose() {} });
  onTestFinished(() => {
    diag.disable();
  });
  const setup = setUp({
    destinations: [
      balancedDestination(
        'pool',
        ['a', 'b'].map((name) =>
          otlpDestination({
            name,
            url: 'http://localhost/v1/traces',
            transport: scriptedTransport({ status: 503 }),
            buffer: { maxItems: room },
          }),
        ),
      ),
    ],
    queue: { whenFull: 'drop_oldest' },
    batch: { maxItems: 1 },
    retry: { maxElapsedMillis: 3_600_000 },
  });

  for (let round = 0; round < 25; round++) {
    for (let i = 0; i < room / 10; i++) setup.processor.onEnd(makeSpan());
    while (ledgerOf(setup).queued > 0) await setup.turns();
  }

  expect(told).not.toHaveBeenCalled();
  expect(ledgerOf(setup).destinations['pool']).toMatchObject({
    inFlight: room * 2,
    dropped: { buffer_full: room / 2 },
  });
});

test('without one of the names only its keys move', () => {
  const keys = Array.from({ length: 2000 }, (_, i) => `trace-${i}`);
  const names = ['one', 'two', 'three', 'four', 'five'];
  const rest = names.slice(0, 4);

  const before = keys.map((key) => names[rendezvousOrder(key, names)[0]!]!);
  const after = keys.map((key) => rest[rendezvousOrder(key, rest)[0]!]!);

  for (const [i, name] of before.entries()) if (name !== 'five') expect(after[i]).toBe(name);
  for (const name of names) {
    const share = before.filter((chosen) => chosen === name).length / keys.length;
    expect(share).toBeGreaterThan(0.15);
    expect(share).toBeLessThan(0.25);
  }
});

test('destinations without names of their own are refused', () => {
  expect(() => balancedDestination('pool', [consoleDestination(), consoleDestination()])).toThrow(
    InvalidOptionError,
  );
  expect(() => balancedDestination('pool', [consoleDestination()])).toThrow('at least two');
});
