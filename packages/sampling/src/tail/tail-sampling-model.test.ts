import type { ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { type FakeClock, fakeClock } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { span } from '../../test/spans.ts';
import type { SamplingPolicy } from '../policy/index.ts';
import type { TailSamplingLimits } from './limits.ts';
import type { TailBuffer } from './tail-buffer.ts';
import { tailSampling } from './tail-sampling.ts';

// Any sequence of ended spans, passing time and flushes, held against a ledger that knows each span by its id.

const traceIds = fc
  .integer({ min: 1, max: 12 })
  .map(
    (at) =>
      `${at.toString(16).padStart(16, '0')}00${((at * 37) % 256).toString(16).padStart(2, '0')}${'5'.repeat(12)}`,
  );
const endedSpan = fc.record({
  traceId: traceIds,
  error: fc.boolean().map((error) => error),
  isRoot: fc.boolean(),
  isRemote: fc.boolean(),
  sampled: fc.constantFrom(0, 1),
  name: fc.constantFrom('chat', 'health', 'tool'),
  duration: fc.constantFrom(1, 5000),
  size: fc.constantFrom(0, 100, 5000),
});
const action = fc.oneof(
  { weight: 12, arbitrary: endedSpan.map((end) => ({ end })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(100, 1000, 2600, 40_000).map((advance) => ({ advance })),
  },
  { weight: 1, arbitrary: fc.constant({ drain: true }) },
);
type EndedSpan = typeof endedSpan extends fc.Arbitrary<infer T> ? T : never;
type Action = { end: EndedSpan } | { advance: number } | { drain: boolean };

const keep = fc.oneof(
  fc.constantFrom('all' as const, 'none' as const),
  fc.constantFrom(0, 0.3, 0.5, 1).map((ratio) => ({ ratio })),
);
const when = fc.constantFrom(
  undefined,
  { error: true },
  { error: false },
  { name: 'health' },
  { minDurationMillis: 4000 },
  { name: 'chat', error: true },
);
const policies: fc.Arbitrary<SamplingPolicy> = fc
  .array(fc.record({ when, keep }), { minLength: 1, maxLength: 4 })
  .map((rules) => ({
    version: 1,
    rules: rules.map((rule, at) => ({ name: `rule ${at}`, ...rule })),
  }));

class World {
  readonly clock: FakeClock = fakeClock();
  readonly ended = new Map<string, ReadableSpan>();
  readonly passed = new Map<string, ReadableSpan>();
  readonly buffer: TailBuffer;
  readonly limits: TailSamplingLimits;
  sampledOut = 0;
  passedTwice = 0;

  constructor(policy: SamplingPolicy, limits: TailSamplingLimits) {
    this.limits = limits;
    const next: SpanReceiver = {
      onEnd: (one) => {
        const { spanId } = one.spanContext();
        if (this.passed.has(spanId)) this.passedTwice++;
        this.passed.set(spanId, one);
      },
    };
    const report = {
      sampledOut: (_: string, spans: number) => void (this.sampledOut += spans),
      dropped: () => expect.unreachable(),
    };
    this.buffer = tailSampling(policy, limits, { clock: this.clock })(next, report) as TailBuffer;
  }

  async run(step: Action): Promise<void> {
    if ('advance' in step) return this.clock.advance(step.advance);
    if ('drain' in step) return this.buffer.drain();
    const { traceId, error, isRoot, isRemote, sampled, name, duration, size } = step.end;
    const one = span({
      traceId,
      error,
      name,
      end: duration,
      context: { traceFlags: sampled },
      attributes: { text: 'x'.repeat(size) },
      ...(isRoot && !isRemote ? {} : { parent: { isRemote: isRoot, traceFlags: sampled } }),
    });
    this.ended.set(one.spanContext().spanId, one);
    this.buffer.onEnd(one);
  }

  /** Spans that went on or were left out, by trace. */
  outcomes(): Map<string, { passed: number; ended: number }> {
    const outcomes = new Map<string, { passed: number; ended: number }>();
    for (const [spanId, one] of this.ended) {
      const { traceId } = one.spanContext();
      const outcome = outcomes.get(traceId) ?? { passed: 0, ended: 0 };
      outcome.ended++;
      if (this.passed.has(spanId)) outcome.passed++;
      outcomes.set(traceId, outcome);
    }
    return outcomes;
  }
}

const tight: TailSamplingLimits = {
  maxBytes: 20_000,
  maxTraces: 4,
  maxSpansPerTrace: 6,
  maxBytesPerTrace: 9000,
  maxDecisions: 16,
};

test('at any moment each ended span went on once, was left out once or is held, and the limits hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.constantFrom({}, tight),
      fc.array(action, { maxLength: 60 }),
      async (policy, limits, actions) => {
        const world = new World(policy, limits);
        for (const step of actions as Action[]) {
          await world.run(step);

          expect(world.ended.size).toBe(
            world.passed.size + world.sampledOut + world.buffer.heldSpans(),
          );
          expect(world.passedTwice).toBe(0);
          expect(world.buffer.heldBytes()).toBeLessThanOrEqual(limits.maxBytes ?? Infinity);
          if (world.buffer.heldSpans() === 0) expect(world.buffer.heldBytes()).toBe(0);
          else expect(world.clock.pendingTimers).toHaveLength(1);
        }
        world.buffer.drain();
        expect(world.ended.size).toBe(world.passed.size + world.sampledOut);
        expect(world.clock.pendingTimers).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

test('with room enough no trace is torn, and every kept span is sampled', async () => {
  await fc.assert(
    fc.asyncProperty(policies, fc.array(action, { maxLength: 60 }), async (policy, actions) => {
      const world = new World(policy, {});
      // A flush or a long wait in the middle of a trace may tear it.
      for (const step of actions as Action[]) if ('end' in step) await world.run(step);
      world.buffer.drain();

      for (const [traceId, { passed, ended }] of world.outcomes()) {
        expect([0, ended], traceId).toContain(passed);
      }
      for (const one of world.passed.values()) expect(one.spanContext().traceFlags & 1).toBe(1);
    }),
    { numRuns: 300 },
  );
});

test('a trace that is held to its end is decided as by someone who sees all of it at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(endedSpan, { minLength: 1, maxLength: 12 }),
      async (policy, spans) => {
        const traceId = spans[0]?.traceId ?? '';
        const trace = spans.map((end) => ({ ...end, traceId, sampled: 0 as const }));
        const world = new World(policy, {});
        for (const end of trace) await world.run({ end });
        world.buffer.drain();

        const matches = (condition: SamplingPolicy['rules'][number]['when']): boolean =>
          (condition?.error === undefined ||
            condition.error === trace.some(({ error }) => error)) &&
          (condition?.name === undefined || trace.some(({ name }) => name === condition.name)) &&
          (condition?.minDurationMillis === undefined ||
            trace.some(({ duration }) => duration >= 4000));
        const rule = policy.rules.find((one) => matches(one.when))?.keep ?? 'all';
        const share = rule === 'all' ? 1 : rule === 'none' ? 0 : (rule as { ratio: number }).ratio;
        const random = Number(BigInt(`0x${traceId.slice(18)}`)) / 2 ** 56;
        expect(world.passed.size).toBe(random >= 1 - share ? trace.length : 0);
      },
    ),
    { numRuns: 500 },
  );
});
