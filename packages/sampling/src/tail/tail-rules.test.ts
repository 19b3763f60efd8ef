import type { ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { child, span, TRACE_IDS } from '../../test/spans.ts';
import { NONE, policyOf, RULE, setUp } from '../../test/tail-harness.ts';
import type { SamplingRule } from '../policy/index.ts';

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
