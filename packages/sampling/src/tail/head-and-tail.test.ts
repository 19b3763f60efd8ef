// A service whose head and tail sampler have one policy, and another one behind it that keeps what it is told to.
import { ROOT_CONTEXT, trace, type TraceState } from '@opentelemetry/api';
import { fakeClock, type FakeClock, seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span } from '../../test/spans.ts';
import { ERRORS, NONE, policyOf } from '../../test/tail-harness.ts';
import { headSampler } from '../head-sampler.ts';
import { type LivePolicy, samplingPolicy } from '../live-policy.ts';
import { readOtMember } from '../ot-member.ts';
import type { SamplingRule } from '../policy/index.ts';
import type { TailSamplingLimits } from './limits.ts';
import type { TailBuffer } from './tail-buffer.ts';
import { tailSampling } from './tail-sampling.ts';
import type { TailStats } from './tail-stats.ts';

interface Run {
  readonly traceId: string;
  readonly name: string;
  /** What the world was told. */
  readonly context: { readonly traceFlags: number; readonly traceState?: TraceState };
}

class TwoServices {
  readonly clock: FakeClock = fakeClock();
  load = 0;
  readonly policy: LivePolicy;
  readonly upstream = new Map<string, string | undefined>();
  readonly #head;
  readonly #tail;
  readonly #random = seededRandom('two services');
  readonly runs: Run[] = [];

  constructor(rules: readonly SamplingRule[], limits: TailSamplingLimits = {}) {
    const { clock } = this;
    this.policy = samplingPolicy(policyOf(...rules), { clock, load: () => this.load });
    this.#head = headSampler(this.policy, { tail: true });
    this.#tail = tailSampling(this.policy, limits, { clock })(
      {
        onEnd: (one) => {
          const { traceId, traceState } = one.spanContext();
          this.upstream.set(traceId, readOtMember(traceState).threshold?.text);
        },
      },
      { sampledOut: () => undefined, dropped: () => undefined },
    ) as TailBuffer;
  }

  stats(): TailStats {
    return this.#tail.stats();
  }

  start(name = 'request', parent = ROOT_CONTEXT): Run {
    const traceId = trace.getSpanContext(parent)?.traceId ?? this.#random.hex(32);
    const result = this.#head.shouldSample(parent, traceId, name, 0, {}, []);
    const { traceState } = result;
    const context = {
      traceFlags: result.decision === 2 ? 1 : 0,
      ...(traceState === undefined ? {} : { traceState }),
    };
    const run = { traceId, name, context };
    this.runs.push(run);
    return run;
  }

  step({ traceId, context }: Run): void {
    this.#tail.onEnd(child({ traceId, context }));
  }

  end({ traceId, context, name }: Run, more: Parameters<typeof span>[0] = {}): void {
    this.#tail.onEnd(span({ traceId, context, name, ...more }));
  }

  drain(): void {
    this.#tail.drain?.();
  }

  /** Traces of which one service has kept its part and the other has not. */
  torn(): readonly Run[] {
    return this.runs.filter(
      ({ traceId, context }) => this.upstream.has(traceId) !== (context.traceFlags === 1),
    );
  }
}

const adaptive = (when?: SamplingRule['when']): SamplingRule => ({
  name: 'load',
  ...(when === undefined ? {} : { when }),
  keep: { adaptive: { base: 1, aboveLoad: 0.5 } },
});
const share = (ratio: number, when?: SamplingRule['when']): SamplingRule => ({
  name: 'share',
  ...(when === undefined ? {} : { when }),
  keep: { ratio },
});
const named = { name: 'request' };

describe('no trace is torn', () => {
  test.each([
    ['a rule for all', [ERRORS, adaptive()]],
    ['a rule for some', [ERRORS, adaptive(named), NONE]],
  ])('while the load rises and falls, by %s', async (_, rules) => {
    const world = new TwoServices(rules);
    const open: Run[] = [];
    for (let second = 0; second < 120; second++) {
      world.load = second < 40 || second >= 80 ? 0.1 : 0.9;
      for (let at = 0; at < 20; at++) open.push(world.start());
      if (second >= 8) for (const run of open.splice(0, 20)) world.end(run);
      await world.clock.advance(1000);
    }
    for (const run of open) world.end(run);
    world.drain();

    expect(world.torn()).toEqual([]);
    expect(world.upstream.size).toBeLessThan(2000);
    // What is kept says what it was told to stand for.
    for (const { traceId, context } of world.runs) {
      if (!world.upstream.has(traceId)) continue;
      expect(world.upstream.get(traceId)).toBe(readOtMember(context.traceState).threshold?.text);
    }
  });

  test.each([
    ['falls', 1, 0.1],
    ['falls to nothing', 0.5, 0],
    ['rises', 0.1, 1],
  ])('while a policy is exchanged and a share %s', (_, before, after) => {
    for (const when of [undefined, named]) {
      const world = new TwoServices([ERRORS, share(before, when), NONE]);
      const open = Array.from({ length: 400 }, () => world.start());
      world.policy.update(policyOf(ERRORS, share(after, when), NONE));
      for (const run of open) world.end(run);
      world.drain();

      expect(world.torn()).toEqual([]);
      expect(Math.abs(world.upstream.size - before * 400)).toBeLessThan(50);
    }
  });

  test('while a policy is exchanged for one that wants none of them', () => {
    for (const when of [undefined, named]) {
      const world = new TwoServices([ERRORS, share(0.5, when), NONE]);
      const open = Array.from({ length: 400 }, () => world.start());
      const nothing: SamplingRule = { ...share(0, when), keep: 'none' };
      world.policy.update(policyOf(ERRORS, nothing, { ...NONE, name: 'rest' }));
      for (const run of open) world.end(run);
      world.drain();
      expect(world.torn()).toEqual([]);
      expect(Math.abs(world.upstream.size - 200)).toBeLessThan(50);

      for (let at = 0; at < 400; at++) world.end(world.start());
      world.drain();
      expect(world.torn()).toEqual([]);
      expect(world.upstream.size).toBeLessThan(250);
    }
  });

  test.each([
    ['a share for all', [ERRORS, share(0.5)]],
    ['a share for some', [ERRORS, share(0.5, named), NONE]],
    ['an adaptive share', [ERRORS, adaptive()]],
  ])('while a lack of room comes and goes, by %s', async (_, rules) => {
    const limits = { maxTraces: 100, stressRatio: 0.2, decisionDelayMillis: 0 };
    const world = new TwoServices(rules, limits);
    const open: Run[] = [];
    let stressed = 0;
    for (let second = 0; second < 200; second++) {
      // For a minute, each leaves something that is held.
      const isBusy = second >= 40 && second < 100;
      for (let at = 0; at < 20; at++) {
        const run = world.start();
        open.push(run);
        if (isBusy) world.step(run);
      }
      if (second >= 8) {
        for (const run of open.splice(0, 20)) {
          world.step(run);
          world.end(run);
        }
      }
      if (world.stats().stressed) stressed++;
      await world.clock.advance(1000);
    }
    expect(world.stats().stressed).toBe(false);
    for (const run of open) world.end(run);
    world.drain();

    expect(stressed).toBeGreaterThan(40);
    expect(world.torn()).toEqual([]);
    // Relief has kept few, and each says what it was told to stand for.
    expect(world.upstream.size).toBeLessThan(0.9 * world.runs.length);
    for (const { traceId, context } of world.runs) {
      if (!world.upstream.has(traceId)) continue;
      expect(world.upstream.get(traceId)).toBe(readOtMember(context.traceState).threshold?.text);
    }
  });

  test('of what a policy keeps all of, nothing that was told is missing under stress', () => {
    const world = new TwoServices([ERRORS, share(0.3, { name: 'other' })], {
      maxTraces: 100,
      stressRatio: 0.2,
    });
    const early = Array.from({ length: 100 }, () => world.start());
    for (const run of early) world.step(run);
    expect(world.stats().stressed).toBe(true);
    const late = Array.from({ length: 400 }, () => world.start());
    for (const run of late) world.step(run);

    expect(
      Math.abs(late.filter(({ context }) => context.traceFlags === 1).length - 80),
    ).toBeLessThan(40);
    for (const run of [...early, ...late]) world.end(run);
    world.drain();
    expect(world.torn().filter(({ context }) => context.traceFlags === 1)).toEqual([]);
  });

  test('while a share falls and the root is still running at the deadline', async () => {
    const world = new TwoServices([ERRORS, share(1)], { deadlineMillis: 5000 });
    const open = Array.from({ length: 100 }, () => world.start());
    world.policy.update(policyOf(ERRORS, share(0.1)));
    for (const run of open) world.step(run);
    await world.clock.advance(10_000);
    for (const run of open) world.end(run);
    world.drain();

    expect(world.torn()).toEqual([]);
  });
});

describe('what was told by another rule does not bind', () => {
  test('a rule that nobody could know at the start keeps its own share', () => {
    const quick: SamplingRule = { name: 'fine', when: { error: false }, keep: { ratio: 0.1 } };
    const world = new TwoServices([quick, { name: 'rest', keep: 'all' }]);
    for (let at = 0; at < 400; at++) world.end(world.start());
    world.drain();

    expect(world.upstream.size).toBeGreaterThan(10);
    expect(world.upstream.size).toBeLessThan(80);
  });

  test('nor a rule that matches by what came later', () => {
    const late = share(0.1, { attributes: { 'app.tier': 'free' } });
    const world = new TwoServices([late, { name: 'rest', keep: 'all' }]);
    for (let at = 0; at < 400; at++) {
      world.end(world.start(), { attributes: { 'app.tier': 'free' } });
    }
    world.drain();

    expect(world.upstream.size).toBeLessThan(80);
  });

  test('and a caller that has not sampled leaves the share of this service', () => {
    const world = new TwoServices([ERRORS, share(0.5)]);
    const random = seededRandom('callers');
    for (let at = 0; at < 400; at++) {
      const spanContext = {
        traceId: random.hex(32),
        spanId: 'b7ad6b7169203331',
        traceFlags: 0,
        isRemote: true,
      };
      const run = world.start('request', trace.setSpanContext(ROOT_CONTEXT, spanContext));
      world.end(run, { parent: { isRemote: true, traceFlags: 0 } });
    }
    world.drain();

    expect(Math.abs(world.upstream.size - 200)).toBeLessThan(50);
  });
});

test('what another sampler has sampled does not bind a rule that has kept none from the start', () => {
  const world = new TwoServices([ERRORS, NONE]);
  for (let at = 0; at < 20; at++) {
    const run = world.start();
    world.end({ ...run, context: { traceFlags: 1 } });
  }
  world.drain();

  expect(world.upstream.size).toBe(0);
});

test('without a head sampler of this policy, the sampled flag says nothing', () => {
  const policy = policyOf(ERRORS, share(0.1));
  const kept: string[] = [];
  const tail = tailSampling(
    policy,
    {},
    { clock: fakeClock() },
  )(
    { onEnd: (one) => kept.push(one.name) },
    { sampledOut: () => undefined, dropped: () => undefined },
  );
  const random = seededRandom('alone');
  for (let at = 0; at < 400; at++) {
    tail.onEnd(span({ traceId: random.hex(32), context: { traceFlags: 1 } }));
  }
  tail.drain?.();

  expect(kept.length).toBeLessThan(80);
});
