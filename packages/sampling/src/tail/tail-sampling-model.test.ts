import type { ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { type FakeClock, fakeClock } from '@llm-otel/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NaiveTail } from '../../test/naive-tail.ts';
import { span } from '../../test/spans.ts';
import { PARTIAL, RULE } from '../../test/tail-harness.ts';
import type { SamplingPolicy } from '../policy/index.ts';
import { TRACE_BYTES } from './estimate-bytes.ts';
import type { TailSamplingLimits } from './limits.ts';
import type { TailBuffer } from './tail-buffer.ts';
import { tailSampling } from './tail-sampling.ts';

// Any sequence of ended spans, passing time and flushes, held against a ledger that knows each span by its id.

const BUSY_IDS = [1, 9, 14].map(
  (at) => `${at.toString(16).padStart(16, '0')}00${at.toString(16)}0${'5'.repeat(12)}`,
);
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
  tokens: fc.constantFrom(0, 10, 60),
  duration: fc.constantFrom(1, 5000),
  size: fc.constantFrom(0, 100, 5000),
});
const action = fc.oneof(
  { weight: 12, arbitrary: endedSpan.map((end) => ({ end })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(250, 1000, 2750, 40_000).map((advance) => ({ advance })),
  },
  { weight: 1, arbitrary: fc.constant({ drain: true }) },
);
/** Few traces with many spans, so that the same ones are decided, let go of and opened again. */
const busyAction = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(endedSpan, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 }))
      .map(([end, at, dice]) => ({
        end: { ...end, traceId: BUSY_IDS[at] as string, isRoot: dice === 0, error: dice === 1 },
      })),
  },
  { weight: 5, arbitrary: fc.constantFrom(250, 750, 1500, 4000).map((advance) => ({ advance })) },
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
  { minDurationMillis: 2500 },
  { minTokens: 100 },
  { minSpans: 5 },
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
    const one = this.spanOf(step.end);
    this.ended.set(one.spanContext().spanId, one);
    this.buffer.onEnd(one);
  }

  spanOf(end: EndedSpan): ReadableSpan {
    const { traceId, error, isRoot, isRemote, sampled, name, duration, size, tokens } = end;
    return span({
      traceId,
      error,
      name,
      end: duration,
      context: { traceFlags: sampled },
      attributes: {
        text: 'x'.repeat(size),
        'gen_ai.operation.name': 'chat',
        'gen_ai.usage.input_tokens': tokens,
      },
      ...(isRoot && !isRemote ? {} : { parent: { isRemote: isRoot, traceFlags: sampled } }),
    });
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
          const { summaries } = world.buffer.stats();
          const bytes = world.buffer.heldBytes() + summaries * TRACE_BYTES;
          expect(bytes).toBeLessThanOrEqual(limits.maxBytes ?? Infinity);
          expect(world.buffer.stats().traces).toBeLessThanOrEqual(limits.maxTraces ?? Infinity);
          if (world.buffer.stats().traces === 0) expect(world.buffer.heldBytes()).toBe(0);
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

test('every span comes to what a sampler without bounds or cleverness would have made of it', async () => {
  const limits = {
    decisionDelayMillis: 500,
    deadlineMillis: 3000,
    idleMillis: 1500,
    maxSpansPerTrace: 5,
  };
  await fc.assert(
    fc.asyncProperty(
      policies,
      fc.array(busyAction, { minLength: 20, maxLength: 80 }),
      async (policy, actions) => {
        const world = new World(policy, limits);
        const naive = new NaiveTail(policy, limits);
        for (const step of actions as Action[]) {
          await world.run(step);
          if ('end' in step) naive.end(Array.from(world.ended.values()).at(-1) as ReadableSpan);
          else if ('drain' in step) naive.drain();
          else for (let at = 0; at < step.advance; at += 250) naive.tick();

          for (const [spanId, { kept }] of naive.outcomes) {
            expect(world.passed.has(spanId), spanId).toBe(kept);
          }
          expect(world.passed.size + world.sampledOut).toBe(naive.outcomes.size);
        }
        for (const [spanId, one] of world.passed) {
          if (one.parentSpanContext?.isRemote === false) continue;
          const outcome = naive.outcomes.get(spanId);
          expect(one.attributes[RULE]).toBe(outcome?.rule);
          expect(one.attributes[PARTIAL] === true).toBe(outcome?.partial);
        }
      },
    ),
    { numRuns: 400 },
  );
});
