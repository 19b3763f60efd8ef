// What a chain and a pool do once a receiver that was away for longer than anything waits is back.
import { ledgerErrors } from '@llm-otel/core';
import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ledgerOf, setUp, type Setup } from '../../test/fixtures/processor.ts';
import {
  type ScriptedTransport,
  scriptedTransport,
} from '../../test/fixtures/scripted-transport.ts';
import { makeSpans } from '../../test/fixtures/spans.ts';
import type { Destination } from '../destination.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { resilientSpanProcessor } from '../processor/resilient-span-processor.ts';
import { balancedDestination } from './balanced-destination.ts';
import { failoverDestination } from './failover-destination.ts';

const RESET = 5000;
const MINUTE = 60_000;
const AWAY = [{ status: 503 }];
const THERE = [{ status: 200 }];

interface Pair extends Setup {
  readonly a: ScriptedTransport;
  readonly b: ScriptedTransport;
  /** One span a second, for so long. */
  run(millis: number): Promise<void>;
  /** Spans that A and B have taken since the last question. */
  took(): [a: number, b: number];
}

type Combine = (name: string, destinations: readonly Destination[]) => Destination;

function pair(combine: Combine): Pair {
  const [a, b] = [scriptedTransport({ status: 200 }), scriptedTransport({ status: 200 })];
  const setup = setUp({
    destinations: [
      combine('both', [
        otlpDestination({ name: 'a', url: 'http://a/v1/traces', transport: a }),
        otlpDestination({ name: 'b', url: 'http://b/v1/traces', transport: b }),
      ]),
    ],
    batch: { maxItems: 1 },
    retry: { maxElapsedMillis: MINUTE },
  });
  let before = [0, 0];
  return {
    ...setup,
    a,
    b,
    async run(millis) {
      for (let passed = 0; passed < millis; passed += 1000) {
        setup.end(1);
        await setup.turns();
        await setup.clock.advance(1000);
      }
    },
    took() {
      const now = [a.taken, b.taken];
      const since = now.map((count, index) => count - before[index]!);
      before = now;
      return since as [number, number];
    },
  };
}

test('a chain goes back to the first destination within the reset time, however long it was away', async () => {
  const setup = pair(failoverDestination);
  setup.a.script = AWAY;
  await setup.run(60 * MINUTE);
  const [fromA, fromB] = setup.took();
  // The one that probes A waits there for its own time at most.
  expect([fromA, fromB >= 3500]).toEqual([0, true]);

  setup.a.script = THERE;
  await setup.run(RESET);
  setup.took();
  await setup.run(MINUTE);

  expect(setup.took()).toEqual([60, 0]);
  expect(ledgerOf(setup).destinations).toMatchObject({
    both: { exported: 3665, dropped: {}, inFlight: 0, circuits: { a: 'closed', b: 'closed' } },
  });
});

test('while it is away one request at a time probes it, no more often than the reset time allows', async () => {
  const setup = pair(failoverDestination);
  setup.a.script = AWAY;
  await setup.run(10 * MINUTE);

  // 10 minutes have 120 reset times; before them are the first five failures.
  expect(setup.a.requests.length).toBeGreaterThan(100);
  expect(setup.a.requests.length).toBeLessThanOrEqual(125);
});

test('while a probe hangs everything else goes to the next', async () => {
  const setup = pair(failoverDestination);
  setup.a.script = AWAY;
  await setup.run(5 * MINUTE);
  setup.took();
  const before = setup.a.requests.length;

  setup.a.script = ['hang'];
  await setup.run(2 * MINUTE);

  const [fromA, fromB] = setup.took();
  expect([fromA, fromB >= 110]).toEqual([0, true]);
  // Each probe takes its deadline of 10 s, and then the reset time.
  expect(setup.a.requests.length - before).toBeLessThanOrEqual(9);
});

test('with both away nothing is lost before its time, and each gets what it should once it is back', async () => {
  const setup = pair(failoverDestination);
  setup.a.script = AWAY;
  setup.b.script = AWAY;
  await setup.run(10 * MINUTE);
  expect(setup.took()).toEqual([0, 0]);

  setup.b.script = THERE;
  await setup.run(3 * MINUTE);
  const [, fromB] = setup.took();
  expect(fromB).toBeGreaterThanOrEqual(180);
  setup.a.script = THERE;
  await setup.run(RESET);
  setup.took();
  await setup.run(MINUTE);

  expect(setup.took()).toEqual([60, 0]);
  const { exported, dropped } = ledgerOf(setup).destinations['both']!;
  expect(exported + (dropped['retry_exhausted'] ?? 0)).toBe(600 + 180 + 5 + 60);
});

test('a first destination that comes and goes loses nothing', async () => {
  const setup = pair(failoverDestination);
  for (let i = 0; i < 20; i++) {
    setup.a.script = i % 2 === 0 ? AWAY : THERE;
    await setup.run(37_000);
  }
  setup.a.script = THERE;
  await setup.run(MINUTE);

  const [fromA, fromB] = setup.took();
  expect(fromA + fromB).toBe(20 * 37 + 60);
  expect(fromA).toBeGreaterThan(300);
  expect(ledgerOf(setup).destinations).toMatchObject({
    both: { exported: 800, dropped: {}, inFlight: 0 },
  });
});

test('a pool goes back to a receiver that was away for long', async () => {
  const setup = pair(balancedDestination);
  setup.a.script = AWAY;
  await setup.run(30 * MINUTE);
  const [fromA, fromB] = setup.took();
  expect([fromA, fromB >= 1700]).toEqual([0, true]);

  setup.a.script = THERE;
  // Only its own traces probe it: about every second one.
  await setup.run(MINUTE);
  setup.took();
  await setup.run(5 * MINUTE);

  const [again, rest] = setup.took();
  expect(again + rest).toBe(300);
  expect(again).toBeGreaterThan(100);
  expect(rest).toBeGreaterThan(100);
});

test('a receiver that asks for a long pause is passed by until then', async () => {
  const setup = pair(failoverDestination);
  setup.a.script = [{ status: 429, retryAfter: '120' }, { status: 200 }];
  await setup.run(100_000);
  expect(setup.took()).toEqual([0, 99]);

  await setup.run(80_000);

  // From the last seconds of the pause on, what comes waits for its end.
  const [fromA, fromB] = setup.took();
  expect(fromA + fromB).toBe(81);
  expect(fromB).toBeLessThanOrEqual(16);
});

test('what waits for a member of a pool that stays away goes to another one when its time is over', async () => {
  const setup = pair(balancedDestination);
  setup.a.script = AWAY;
  await setup.run(10 * MINUTE);
  setup.a.script = THERE;
  await setup.run(2 * MINUTE);

  const [fromA, fromB] = setup.took();
  expect(fromA + fromB).toBe(12 * 60);
  expect(ledgerOf(setup).destinations).toMatchObject({
    both: { exported: 720, dropped: {}, inFlight: 0 },
  });
});

test('with every member away it is dropped after its time, once, and does not go round in circles', async () => {
  const setup = pair(balancedDestination);
  setup.a.script = AWAY;
  setup.b.script = AWAY;
  setup.end(10);
  await setup.turns();
  await setup.clock.advance(10 * MINUTE);

  expect(ledgerOf(setup).destinations).toMatchObject({
    both: { exported: 0, dropped: { retry_exhausted: 10 }, inFlight: 0 },
  });
});

test('over sockets: after an outage the receiver gets what comes', async () => {
  await using first = await startOtlpSink();
  await using second = await startOtlpSink();
  const processor = resilientSpanProcessor({
    destinations: [
      failoverDestination('both', [
        otlpDestination({
          name: 'a',
          url: first.tracesUrl,
          breaker: { failures: 1, resetMillis: 40 },
        }),
        otlpDestination({ name: 'b', url: second.tracesUrl }),
      ]),
    ],
    retry: { initialDelayMillis: 1, maxElapsedMillis: 0 },
  });
  const sent = async (): Promise<void> => {
    for (const span of makeSpans(1)) processor.onEnd(span);
    await processor.forceFlush();
  };
  await first.stop();
  for (let i = 0; i < 3; i++) await sent();
  expect([first.spans.length, second.spans.length]).toEqual([0, 3]);
  await first.start();

  while (first.spans.length < 3) await sent();
  const { length } = second.spans;
  await sent();

  expect(second.spans).toHaveLength(length);
  await processor.shutdown();
  expect(ledgerErrors(processor.ledger())).toEqual([]);
});
