import { createTraceState } from '@opentelemetry/api';
import { InvalidOptionError, type ReadableSpan, type SpanReceiver } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import type { SamplingPolicy, SamplingRule } from '../policy/index.ts';
import type { TailSamplingLimits } from './limits.ts';
import { tailSampling } from './tail-sampling.ts';

const LOW = TRACE_IDS[1] as string;
const HIGH = TRACE_IDS[7] as string;
const RULE = 'llm_otel.sampling.rule';
const PARTIAL = 'llm_otel.sampling.partial';

const policyOf = (...rules: SamplingRule[]): SamplingPolicy => ({ version: 1, rules });
const ERRORS: SamplingRule = { name: 'errors', when: { error: true }, keep: 'all' };
const HALF: SamplingRule = { name: 'half', keep: { ratio: 0.5 } };
const NONE: SamplingRule = { name: 'none', keep: 'none' };

function setUp(policy: SamplingPolicy, limits: TailSamplingLimits = {}) {
  const clock = fakeClock();
  const passed: ReadableSpan[] = [];
  const sampledOut: Record<string, number> = {};
  const stage: SpanReceiver = tailSampling(policy, limits, { clock })(
    { onEnd: (ended) => passed.push(ended) },
    {
      sampledOut(rule, spans) {
        sampledOut[rule] = (sampledOut[rule] ?? 0) + spans;
      },
      dropped() {
        throw new Error('a tail sampler drops nothing');
      },
    },
  );
  const names = (): string[] => passed.map(({ name }) => name);
  const held = (): number => stage.heldSpans?.() ?? Number.NaN;
  return { clock, passed, sampledOut, stage, names, held };
}

describe('when a trace is decided', () => {
  test('some time after its local root has ended, with the spans that came until then', async () => {
    const { clock, stage, names, held } = setUp(policyOf(HALF));
    stage.onEnd(child({ name: 'first' }));
    stage.onEnd(span({ name: 'root' }));

    await clock.advance(1500);
    stage.onEnd(child({ name: 'straggler' }));
    expect([names(), held()]).toEqual([[], 3]);

    await clock.advance(750);
    expect([names(), held()]).toEqual([['first', 'root', 'straggler'], 0]);
  });

  test('at the deadline where no root ends, however lively the trace is', async () => {
    const { clock, stage, names } = setUp(policyOf(HALF));
    for (let second = 0; second < 29; second++) {
      stage.onEnd(child());
      await clock.advance(1000);
    }
    expect(names()).toEqual([]);

    await clock.advance(1250);
    expect(names()).toHaveLength(29);
  });

  test('when it has been idle for long enough', async () => {
    const { clock, stage, names } = setUp(policyOf(HALF), { idleMillis: 3000 });
    stage.onEnd(child({ name: 'first' }));
    await clock.advance(2000);
    stage.onEnd(child({ name: 'second' }));

    await clock.advance(2500);
    expect(names()).toEqual([]);
    await clock.advance(1000);
    expect(names()).toEqual(['first', 'second']);
  });

  test('at once where a rule is certain, and what follows goes straight on', () => {
    const { stage, names, held } = setUp(policyOf(ERRORS, NONE));
    stage.onEnd(child({ name: 'before' }));
    expect(held()).toBe(1);

    stage.onEnd(child({ name: 'failed', error: true }));
    stage.onEnd(child({ name: 'after' }));

    expect(names()).toEqual(['before', 'failed', 'after']);
    expect(held()).toBe(0);
  });

  test('not at once where a rule in front may still decide otherwise', async () => {
    const quiet: SamplingRule = { name: 'health', when: { name: 'GET /health' }, keep: 'none' };
    const { clock, stage, names, sampledOut } = setUp(policyOf(quiet, ERRORS, NONE));
    stage.onEnd(child({ error: true }));
    expect(names()).toEqual([]);

    stage.onEnd(span({ name: 'GET /health' }));
    await clock.advance(2500);

    expect(sampledOut).toEqual({ health: 2 });
  });

  test('with the first span where the policy keeps everything', () => {
    const { stage, names, passed } = setUp(policyOf({ name: 'everything', keep: 'all' }));

    stage.onEnd(child({ name: 'first' }));
    stage.onEnd(span({ name: 'root' }));

    expect(names()).toEqual(['first', 'root']);
    // Nothing more could have changed it.
    expect(passed[1]?.attributes).toEqual({ [RULE]: 'everything' });
  });

  test('by a flush, whatever is held', () => {
    const { stage, names, sampledOut, held, clock } = setUp(policyOf(HALF));
    stage.onEnd(child({ traceId: HIGH }));
    stage.onEnd(child({ traceId: LOW }));

    stage.drain?.();

    expect([names().length, sampledOut, held()]).toEqual([1, { half: 1 }, 0]);
    expect(clock.pendingTimers).toEqual([]);
  });

  test('on monotonic time: a jump of the wall clock decides nothing', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF));
    stage.onEnd(span());

    clock.jump(3_600_000);
    await clock.advance(1000);

    expect(held()).toBe(1);
  });

  test('after the process has slept for a day', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF));
    stage.onEnd(span());
    await clock.advance(1000);
    stage.onEnd(child({ traceId: LOW }));

    await clock.advance(86_400_000);

    expect(held()).toBe(0);
  });
});

describe('timers', () => {
  test('there is one while something is held, and none otherwise', async () => {
    const { clock, stage } = setUp(policyOf(HALF));
    expect(clock.pendingTimers).toEqual([]);

    for (const traceId of TRACE_IDS) stage.onEnd(span({ traceId }));
    expect(clock.pendingTimers).toEqual([250]);

    await clock.advance(2500);
    expect(clock.pendingTimers).toEqual([]);
  });

  test('close stops it', () => {
    const { clock, stage } = setUp(policyOf(HALF));
    stage.onEnd(span());

    stage.close?.();

    expect(clock.pendingTimers).toEqual([]);
  });
});

describe('spans that end after their trace was decided', () => {
  test('follow the decision, kept or not', async () => {
    const { clock, stage, names, sampledOut } = setUp(policyOf(HALF));
    for (const traceId of [HIGH, LOW]) stage.onEnd(span({ traceId, name: traceId }));
    await clock.advance(2500);

    stage.onEnd(child({ traceId: HIGH, name: 'late' }));
    stage.onEnd(child({ traceId: LOW, name: 'late' }));

    expect(names()).toEqual([HIGH, 'late']);
    expect(sampledOut).toEqual({ half: 2 });
  });

  test('a root that ends late says that its trace was decided without it', async () => {
    const { clock, stage, passed } = setUp(policyOf(HALF));
    stage.onEnd(child());
    await clock.advance(31_000);

    stage.onEnd(span());

    expect(passed[1]?.attributes).toEqual({ [RULE]: 'half', [PARTIAL]: true });
  });

  test('are decided anew once the decision is forgotten', async () => {
    const { clock, stage, held } = setUp(policyOf(HALF), { maxDecisions: 1 });
    stage.onEnd(span({ traceId: LOW }));
    await clock.advance(2500);
    for (let at = 0; at < 100; at++) {
      stage.onEnd(span({ traceId: `f${at.toString(16).padStart(31, '0')}` }));
    }
    await clock.advance(2500);

    stage.onEnd(child({ traceId: LOW }));

    expect(held()).toBe(1);
  });
});

describe('what a rule can ask for', () => {
  const decidedBy = (when: SamplingRule['when'], ...spans: ReadableSpan[]): boolean => {
    const { stage, passed } = setUp(policyOf({ name: 'rule', when, keep: 'all' }, NONE));
    for (const one of spans) stage.onEnd(one);
    stage.drain?.();
    return passed.length > 0;
  };
  const call = (attributes: Record<string, unknown>): ReadableSpan =>
    child({ attributes: { 'gen_ai.operation.name': 'chat', ...attributes } });

  test('an error, or none', () => {
    expect(decidedBy({ error: true }, child(), child({ error: true }))).toBe(true);
    expect(decidedBy({ error: true }, child())).toBe(false);
    expect(decidedBy({ error: false }, child())).toBe(true);
    expect(decidedBy({ error: false }, child(), child({ error: true }))).toBe(false);
  });

  test('a duration, from the first start to the last end', () => {
    const spans = [child({ start: 1000, end: 1500 }), child({ start: 1400, end: 2000 })];

    expect(decidedBy({ minDurationMillis: 1000 }, ...spans)).toBe(true);
    expect(decidedBy({ minDurationMillis: 1001 }, ...spans)).toBe(false);
  });

  test('tokens and cost of all model calls together, the sums on agent spans not counted again', () => {
    const usage = { 'gen_ai.usage.input_tokens': 400, 'gen_ai.usage.output_tokens': 100 };
    const spans = [
      call({ ...usage, 'llm_otel.cost.micro_usd': 30 }),
      call({ ...usage, 'llm_otel.cost.micro_usd': 20 }),
      call({ ...usage, 'gen_ai.operation.name': 'invoke_agent', 'llm_otel.cost.micro_usd': 50 }),
      call({ 'gen_ai.usage.input_tokens': '7', 'gen_ai.usage.output_tokens': Number.NaN }),
    ];

    expect(decidedBy({ minTokens: 1000 }, ...spans)).toBe(true);
    expect(decidedBy({ minTokens: 1001 }, ...spans)).toBe(false);
    expect(decidedBy({ minCostMicroUsd: 50 }, ...spans)).toBe(true);
    expect(decidedBy({ minCostMicroUsd: 51 }, ...spans)).toBe(false);
  });

  test.each([
    [{ name: 'chat *' }, { name: 'chat gpt-5' }],
    [{ kind: 'internal' as const }, {}],
    [{ service: 'de*' }, { service: 'desk' }],
    [{ attributes: { tier: 'gold', level: 3 } }, { attributes: { tier: 'gold', level: 3, x: 1 } }],
    [{ model: 'gpt-*' }, { attributes: { 'gen_ai.request.model': 'gpt-5' } }],
    [{ model: 'gpt-*' }, { attributes: { 'gen_ai.response.model': 'gpt-5-mini' } }],
    [{ agent: 'writer' }, { attributes: { 'gen_ai.agent.name': 'writer' } }],
  ])('%j: a span such as %j', (when, options) => {
    expect(decidedBy(when, child({ name: 'other', service: 'other' }), child(options))).toBe(true);
    const differs = child({ name: 'chat', service: 'billing', attributes: { tier: 'gold' } });
    expect(decidedBy({ kind: 'server', ...when, agent: 'reader' }, differs)).toBe(false);
  });

  test('all conditions on a span hold for one span, not for several together', () => {
    const when = { name: 'chat', agent: 'writer' };
    const named = child({ name: 'chat' });
    const agent = child({ attributes: { 'gen_ai.agent.name': 'writer' } });

    expect(decidedBy(when, named, agent)).toBe(false);
    expect(
      decidedBy(when, child({ name: 'chat', attributes: { 'gen_ai.agent.name': 'writer' } })),
    ).toBe(true);
  });

  test('the first rule that matches decides, and a trace that none matches is kept', () => {
    const { stage, passed, sampledOut } = setUp(
      policyOf(
        { name: 'a', when: { name: 'a' }, keep: 'none' },
        { name: 'ab', when: { name: 'a*' }, keep: 'all' },
      ),
    );
    for (const [at, name] of ['a', 'ab', 'c'].entries())
      stage.onEnd(span({ traceId: TRACE_IDS[at] as string, name }));
    stage.drain?.();

    expect(sampledOut).toEqual({ a: 1 });
    expect(passed.map(({ attributes }) => attributes[RULE])).toEqual(['ab', 'no_rule_matched']);
  });
});

describe('a kept span', () => {
  test('is sampled for exporters, says what share it stands for, and the original is as it was', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const root = span({ attributes: { a: 1 } });
    stage.onEnd(root);
    stage.drain?.();

    const kept = passed[0]?.spanContext();
    expect([kept?.traceFlags, kept?.traceState?.serialize()]).toEqual([1, 'ot=th:8']);
    expect(passed[0]?.attributes).toEqual({ a: 1, [RULE]: 'half' });
    expect([root.spanContext().traceFlags, root.attributes]).toEqual([0, { a: 1 }]);
  });

  test('that the head has sampled with the same share goes on as it is', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const context = { traceFlags: 3, traceState: createTraceState('ot=th:8,a=b') };
    const inner = child({ context });
    stage.onEnd(inner);
    stage.onEnd(span({ context }));
    stage.drain?.();

    expect(passed[0]).toBe(inner);
    expect(passed[1]?.spanContext()).toEqual(
      context.traceState && { ...passed[1]?.spanContext(), ...context },
    );
  });

  test('kept by a rule that keeps all stands for itself only', () => {
    const { stage, passed } = setUp(policyOf(ERRORS, HALF));
    stage.onEnd(
      child({
        error: true,
        context: { traceFlags: 1, traceState: createTraceState('ot=th:8;rv:ffffffffffffff') },
      }),
    );

    expect(passed[0]?.spanContext().traceState?.serialize()).toBe('ot=th:0;rv:ffffffffffffff');
  });

  test('only the local root carries the rule, with a parent in another process too', () => {
    const { stage, passed } = setUp(policyOf(ERRORS, NONE));
    stage.onEnd(child({ error: true }));
    stage.onEnd(span({ parent: { isRemote: true } }));

    expect(passed.map(({ attributes }) => attributes)).toEqual([{}, { [RULE]: 'errors' }]);
  });
});

describe('a trace that another service has started', () => {
  const remote = (traceFlags: number, traceState?: string, traceId: string = LOW): ReadableSpan =>
    span({
      traceId,
      parent: { isRemote: true, traceFlags },
      context:
        traceState === undefined
          ? { traceFlags }
          : { traceFlags, traceState: createTraceState(traceState) },
    });
  const outcome = (root: ReadableSpan): unknown => {
    const { stage, passed } = setUp(policyOf(HALF));
    stage.onEnd(root);
    stage.drain?.();
    return passed[0]?.spanContext().traceState?.serialize() ?? passed.length;
  };

  test('is kept where the caller keeps it, with the share of the caller', () => {
    expect(outcome(remote(1, 'ot=th:1'))).toBe('ot=th:1');
    expect(outcome(remote(1))).toBe(1);
  });

  test('is kept by our own share where the caller does not keep it', () => {
    expect(outcome(remote(0, undefined, HIGH))).toBe('ot=th:8');
    expect(outcome(remote(0))).toBe(0);
  });

  test('stands for the larger of the two shares that kept it', () => {
    expect(outcome(remote(1, 'ot=th:1', HIGH))).toBe('ot=th:1');
    expect(outcome(remote(1, 'ot=th:c', HIGH))).toBe('ot=th:8');
  });

  test('is dropped by a rule that keeps none, whatever the caller does', () => {
    const { stage, passed } = setUp(policyOf(NONE));

    stage.onEnd(remote(1));

    expect(passed).toEqual([]);
  });

  test('uses explicit randomness', () => {
    expect(outcome(remote(0, 'ot=rv:ffffffffffffff'))).toBe('ot=th:8;rv:ffffffffffffff');
  });
});

describe('limits', () => {
  test('a trace of too many spans is decided at once and marked, and its later spans follow', () => {
    const { stage, names, passed, held } = setUp(policyOf(HALF), { maxSpansPerTrace: 3 });
    for (let at = 0; at < 5; at++) stage.onEnd(child({ name: `${at}` }));
    expect([names(), held()]).toEqual([['0', '1', '2', '3', '4'], 0]);

    stage.onEnd(span());
    expect(passed.at(-1)?.attributes).toEqual({ [RULE]: 'half', [PARTIAL]: true });
  });

  test('a trace that is too heavy is decided at once', () => {
    const { stage, names } = setUp(policyOf(HALF), { maxBytesPerTrace: 10_000 });

    stage.onEnd(child({ attributes: { prompt: 'x'.repeat(20_000) } }));

    expect(names()).toHaveLength(1);
  });

  test('past the number of traces the oldest goes first', () => {
    const { stage, names, held } = setUp(policyOf(HALF), { maxTraces: 2 });
    for (const traceId of TRACE_IDS.slice(4, 7)) stage.onEnd(child({ traceId, name: traceId }));

    expect(names()).toEqual([TRACE_IDS[4]]);
    expect(held()).toBe(2);
  });

  test('past the bytes the heaviest of the oldest goes first', () => {
    const { stage, names } = setUp(policyOf(HALF), { maxBytes: 40_000 });
    stage.onEnd(child({ traceId: TRACE_IDS[4] as string, name: 'light' }));
    stage.onEnd(
      child({
        traceId: TRACE_IDS[5] as string,
        name: 'heavy',
        attributes: { a: 'x'.repeat(30_000) },
      }),
    );
    stage.onEnd(
      child({
        traceId: TRACE_IDS[6] as string,
        name: 'last',
        attributes: { a: 'x'.repeat(10_000) },
      }),
    );

    expect(names()).toEqual(['heavy']);
  });

  test.each([
    ['maxBytes', 0],
    ['maxTraces', -1],
    ['decisionDelayMillis', -1],
    ['deadlineMillis', Number.NaN],
    ['idleMillis', '5'],
  ])('%s of %j is refused', (name, value) => {
    const make = (): unknown => tailSampling(policyOf(HALF), { [name]: value });

    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(`tailSampling.${name}`);
  });
});

describe('hostile spans', () => {
  test('a span that cannot be read is held and decided about like any other', () => {
    const { stage, names, held } = setUp(policyOf(HALF));
    const throwing = child({
      name: 'hostile',
      attributes: {
        get a(): string {
          throw new Error('gone');
        },
      },
    });
    const cyclic: Record<string, unknown> = { list: [1, 'a', new Uint8Array(9), null] };
    cyclic['self'] = cyclic;

    stage.onEnd(throwing);
    stage.onEnd(child({ name: 'cyclic', attributes: cyclic }));
    expect(held()).toBe(2);
    stage.drain?.();

    expect(names()).toEqual(['hostile', 'cyclic']);
  });

  test('a root that cannot be read when it is marked goes on as it is', () => {
    const { stage, passed } = setUp(policyOf(HALF));
    const throwing = span({
      attributes: Object.defineProperty({}, 'a', {
        enumerable: true,
        get: () => {
          throw new Error('gone');
        },
      }),
    });
    stage.onEnd(throwing);
    stage.drain?.();

    expect(passed).toEqual([throwing]);
  });

  test('a receiver that ends spans itself loses none', () => {
    const clock = fakeClock();
    let passed = 0;
    const stage = tailSampling(
      policyOf(HALF),
      { maxTraces: 1 },
      { clock },
    )(
      {
        onEnd() {
          if (++passed < 10)
            stage.onEnd(
              child({ traceId: `ffffffffffffffffffffffffff${passed.toString().padStart(6, '0')}` }),
            );
        },
      },
      { sampledOut: () => undefined, dropped: () => undefined },
    );

    stage.onEnd(span());
    stage.drain?.();
    stage.drain?.();

    expect(passed + (stage.heldSpans?.() ?? 0)).toBeGreaterThanOrEqual(2);
    expect(stage.heldSpans?.()).toBeLessThanOrEqual(1);
  });
});
