import { createTraceState } from '@opentelemetry/api';
import { seededRandom } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span } from '../../test/spans.ts';
import { policyOf, setUp } from '../../test/tail-harness.ts';
import type { SamplingPolicy, SamplingRule } from '../policy/index.ts';
import type { SamplingPolicyOptions } from '../live-policy.ts';

const rateRule = (rate: object, when?: SamplingRule['when']): SamplingRule => ({
  name: 'limited',
  ...(when === undefined ? undefined : { when }),
  keep: { rate: rate as { tracesPerSecond: number } },
});

function traces(
  policy: SamplingPolicy,
  count: number,
  options: SamplingPolicyOptions = {},
): ReturnType<typeof setUp> {
  const random = seededRandom(`${count}`);
  const harness = setUp(policy, {}, options);
  for (let at = 0; at < count; at++) {
    harness.stage.onEnd(span({ traceId: random.hex(32) }));
  }
  harness.stage.drain?.();
  return harness;
}

describe('probabilities, within five standard deviations of 20,000 traces', () => {
  test.each([0.001, 0.01, 0.1, 1 / 3, 0.5, 0.9])('a ratio of %d', (ratio) => {
    const total = 20_000;
    const { passed, sampledOut } = traces(policyOf({ name: 'r', keep: { ratio } }), total);

    const deviation = Math.sqrt(total * ratio * (1 - ratio));
    expect(Math.abs(passed.length - total * ratio)).toBeLessThan(5 * deviation);
    expect(passed.length + (sampledOut['r'] ?? 0)).toBe(total);
    // The weights add up to what there was.
    const weight = passed.reduce((sum, one) => sum + weightOf(one), 0);
    expect(Math.abs(weight - total)).toBeLessThan((5 * deviation) / ratio);
  });

  test('a floor raises a ratio and a ceiling lowers it; all and none stay', () => {
    const total = 20_000;
    const kept = (ratio: number, bounds: object): number =>
      traces({ ...policyOf({ name: 'r', keep: { ratio } }), ...bounds }, total).passed.length;

    expect(Math.abs(kept(0.001, { floor: 0.2 }) - 4000)).toBeLessThan(5 * Math.sqrt(3200));
    expect(Math.abs(kept(0.9, { ceiling: 0.3 }) - 6000)).toBeLessThan(5 * Math.sqrt(4200));
    const bounds = { floor: 0.2, ceiling: 0.3 };
    const none = traces({ ...policyOf({ name: 'n', keep: 'none' }), ...bounds }, 100);
    const all = traces({ ...policyOf({ name: 'a', keep: 'all' }), ...bounds }, 100);
    expect([none.passed.length, all.passed.length]).toEqual([0, 100]);
  });

  test('a rate keeps the floor when its buckets are empty, and nothing beyond the ceiling', () => {
    const total = 20_000;
    const limited = policyOf(rateRule({ tracesPerSecond: 1, burst: 50 }));
    const floor = traces({ ...limited, floor: 0.1 }, total).passed.length;
    expect(Math.abs(floor - 2045)).toBeLessThan(5 * Math.sqrt(1800));

    const open = policyOf(rateRule({ tracesPerSecond: 100_000, burst: 100_000 }));
    const ceiling = traces({ ...open, ceiling: 0.25 }, total).passed.length;
    expect(Math.abs(ceiling - 5000)).toBeLessThan(5 * Math.sqrt(3750));
  });
});

function weightOf(kept: ReturnType<typeof span>): number {
  const state = kept.spanContext().traceState?.serialize() ?? '';
  const th = /^ot=th:([0-9a-f]+)$/.exec(state)?.[1] ?? '';
  return 2 ** 56 / (2 ** 56 - Number(BigInt(`0x${th.padEnd(14, '0')}`)));
}

describe('a rate', () => {
  test('counts whole traces by the key of the local root, or of the first span that has one', () => {
    const random = seededRandom('rate');
    const { stage, passed, sampledOut } = setUp(
      policyOf(rateRule({ tracesPerSecond: 1, per: { attribute: 'user.id' } })),
    );
    const trace = (rootUser?: string, childUser?: string): void => {
      const traceId = random.hex(32);
      stage.onEnd(child({ traceId }));
      for (const user of [childUser, 'other']) {
        stage.onEnd(
          child({ traceId, ...(user === undefined ? {} : { attributes: { 'user.id': user } }) }),
        );
      }
      stage.onEnd(
        span({
          traceId,
          ...(rootUser === undefined ? {} : { attributes: { 'user.id': rootUser } }),
        }),
      );
      stage.drain?.();
    };

    trace('a', 'b');
    trace('a');
    expect([passed.length, sampledOut]).toEqual([4, { limited: 4 }]);
    trace(undefined, 'b');
    trace(undefined, 'b');
    expect([passed.length, sampledOut]).toEqual([8, { limited: 8 }]);
  });

  test.each([
    ['name', { name: 'x' }],
    ['service', { service: 'x' }],
    ['model', { attributes: { 'gen_ai.request.model': 'x' } }],
    ['agent', { attributes: { 'gen_ai.agent.name': 'x' } }],
  ])('per %s', (per, options) => {
    const random = seededRandom(per);
    const { stage, passed } = setUp(policyOf(rateRule({ tracesPerSecond: 1, per })));
    for (let at = 0; at < 3; at++) stage.onEnd(span({ traceId: random.hex(32), ...options }));
    stage.onEnd(span({ traceId: random.hex(32), name: 'other', service: 'other' }));
    stage.drain?.();

    expect(passed).toHaveLength(2);
  });

  test('what is kept has no share, and a share that came in goes, unless the caller has sampled', () => {
    const random = seededRandom('shares');
    const { stage, passed } = setUp(policyOf(rateRule({ tracesPerSecond: 1 })));
    const context = { traceState: createTraceState('ot=th:8,a=b') };
    stage.onEnd(span({ traceId: random.hex(32), context }));
    stage.onEnd(
      span({
        traceId: `${random.hex(18)}ffffffffffffff`,
        context,
        parent: { isRemote: true, traceFlags: 1 },
      }),
    );
    stage.drain?.();

    expect(passed.map((one) => one.spanContext().traceState?.serialize())).toEqual([
      'a=b',
      'ot=th:8,a=b',
    ]);
  });

  test('past a thousand keys, newcomers share one bucket until another one is full again', async () => {
    const random = seededRandom('keys');
    const { clock, stage, passed } = setUp(
      policyOf(rateRule({ tracesPerSecond: 1, per: { attribute: 'user.id' } })),
    );
    const by = (user: number): void => {
      stage.onEnd(span({ traceId: random.hex(32), attributes: { 'user.id': user } }));
      stage.drain?.();
    };
    for (let user = 0; user < 1500; user++) by(user);
    expect(passed).toHaveLength(1001);

    await clock.advance(1000);
    for (let user = 1000; user < 1500; user++) by(user);
    expect(passed).toHaveLength(1501);
  });
});

describe('an adaptive share', () => {
  test('late spans carry the share that their trace was kept with', async () => {
    let load = 0;
    const policy = policyOf({ name: 'load', keep: { adaptive: { base: 0.5, aboveLoad: 0.5 } } });
    const { clock, stage, passed } = setUp(policy, {}, { load: () => load });
    const traceId = 'f'.repeat(32);
    stage.onEnd(span({ traceId }));
    await clock.advance(3000);
    load = 0.75;
    await clock.advance(3000);
    stage.onEnd(span({ traceId: `${'e'.repeat(31)}f` }));
    await clock.advance(3000);

    stage.onEnd(child({ traceId }));

    const states = passed.map((one) => one.spanContext().traceState?.serialize());
    expect(states[0]).toBe('ot=th:8');
    expect(states[2]).toBe('ot=th:8');
  });

  test.each([200, 2000])(
    '%d traces a second come down to 300 spans a second',
    async (perSecond) => {
      const random = seededRandom(perSecond);
      const policy = policyOf({ name: 'few', keep: { adaptive: { spansPerSecond: 300 } } });
      const { clock, stage, passed } = setUp(policy, { decisionDelayMillis: 0 });
      let before = 0;
      for (let quarter = 0; quarter < 120; quarter++) {
        if (quarter === 40) before = passed.length;
        for (let at = 0; at < perSecond / 4; at++) {
          const traceId = random.hex(32);
          for (let step = 0; step < 3; step++) stage.onEnd(child({ traceId }));
          stage.onEnd(span({ traceId }));
        }
        await clock.advance(250);
      }

      // 20 seconds of 75 kept traces: five standard deviations are 194 traces, 776 spans.
      expect(Math.abs(passed.length - before - 6000)).toBeLessThan(800);
    },
  );
});
