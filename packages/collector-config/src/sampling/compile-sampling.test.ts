import type { SamplingPolicy, SamplingRule } from '@llm-otel/sampling/policy';
import { describe, expect, test } from 'vitest';
import { type Clause, ClauseList } from '../clause.ts';
import { collectorVersionOf } from '../collector-version.ts';
import { compileSampling } from './compile-sampling.ts';
import type { TailPolicy } from './tail-policy.ts';

interface Compiled {
  readonly policies: readonly TailPolicy[];
  readonly names: readonly string[];
  readonly clauses: readonly Clause[];
}

function compiled(
  rules: readonly SamplingRule[],
  version = '0.161.0',
  more: Partial<SamplingPolicy> = {},
): Compiled {
  const clauses = new ClauseList();
  const fleet = {
    spansPerTrace: 10,
    gateways: 2,
    decisionWaitSeconds: 120,
    decisionWaitAfterRootSeconds: 10,
  };
  const policy = { version: 1, rules, ...more } as const;
  const policies = compileSampling(policy, collectorVersionOf(version), fleet, clauses).map(
    (one) => one.policy,
  );
  return { policies, names: policies.map(({ name }) => name), clauses: clauses.all };
}

/** The labels of the policies inside of `and` and `drop`. */
function inside(policy: TailPolicy | undefined): readonly string[] {
  const { and_sub_policy: and, drop_sub_policy: drop } = (policy?.['and'] ??
    policy?.['drop'] ??
    {}) as {
    readonly and_sub_policy?: readonly TailPolicy[];
    readonly drop_sub_policy?: readonly TailPolicy[];
  };
  return (and ?? drop ?? []).map(({ name }) => name);
}

const errors: SamplingRule = { name: 'errors', when: { error: true }, keep: 'all' };
const health: SamplingRule = { name: 'health', when: { name: 'GET /health' }, keep: 'none' };
const tenth: SamplingRule = { name: 'tenth', keep: { ratio: 0.1 } };

test('a trace that no rule matches is kept, as in the process', () => {
  expect(compiled([errors]).policies.at(-1)).toEqual({
    name: 'no_rule_matched',
    type: 'always_sample',
  });
});

test('what comes behind a rule without conditions is never reached, and told so', () => {
  const { names, clauses } = compiled([tenth, errors]);

  expect(names).toEqual(['tenth']);
  expect(clauses.at(-1)).toEqual({
    at: 'sampling.rules[1]',
    fidelity: 'exact',
    note: 'never reached: "tenth" matches every trace',
  });
});

describe('a rule in front of others', () => {
  test('drops for all of them where nothing is kept before it', () => {
    const { policies } = compiled([health, errors, tenth]);

    expect(policies.map(({ name, type }) => [name, type])).toEqual([
      ['health', 'drop'],
      ['errors', 'status_code'],
      ['tenth', 'ottl_condition'],
    ]);
  });

  test('is an exception of those behind it where something is kept before it', () => {
    const { policies, names } = compiled([errors, health, tenth]);

    expect(names).toEqual(['errors', 'tenth']);
    expect(inside(policies[1])).toEqual([
      'not a span like that, as in health',
      'in the share of 0.1',
    ]);
  });

  test('needs no exception where it keeps at least as large a share', () => {
    const { policies } = compiled([
      { name: 'half', when: { service: 'a' }, keep: { ratio: 0.5 } },
      tenth,
    ]);

    expect(policies[1]?.type).toBe('ottl_condition');
  });

  test('makes an alternative of each of its conditions where it keeps less', () => {
    const { names, policies } = compiled([
      { name: 'quiet', when: { service: 'a', error: false, minSpans: 2 }, keep: { ratio: 0.01 } },
      tenth,
    ]);

    expect(names).toEqual(['quiet', 'tenth', 'tenth (2)', 'tenth (3)']);
    expect(inside(policies[2])).toEqual(['an error, as in quiet', 'in the share of 0.1']);
  });
});

describe('what comes after the wait of a gateway does not count', () => {
  const every: SamplingRule['when'] = {
    name: 'a',
    kind: 'client',
    service: 'b',
    attributes: { c: { exists: true } },
    model: 'd',
    agent: 'e',
    error: true,
    minDurationMillis: 119_999,
    minSpans: 2,
    minTokens: 1,
    minCostMicroUsd: 1,
    evaluation: { name: 'f' },
    feedback: { maxScore: 0 },
  };

  test.each(Object.keys(every))('so %s is approximate, and how far is told', (member) => {
    const { clauses } = compiled([{ name: 'x', when: every, keep: 'all' }]);

    expect(clauses.find(({ at }) => at === `sampling.rules[0].when.${member}`)).toEqual({
      at: `sampling.rules[0].when.${member}`,
      fidelity: 'approximate',
      note: expect.stringContaining(
        'of what comes more than 120 s after the first span of a trace, or 10 s after its root, nothing counts',
      ) as string,
    });
  });

  test('so a duration that is not below it is refused, with what to set', () => {
    const slow = { name: 'slow', when: { minDurationMillis: 120_000 }, keep: 'all' } as const;

    expect(compiled([slow]).clauses[0]).toMatchObject({
      at: 'sampling.rules[0].when.minDurationMillis',
      fidelity: 'refused',
      use: expect.stringContaining('set fleet.decisionWaitSeconds to more than 120, ') as string,
    });
  });
});

test('a rule that drops everything leaves nothing', () => {
  expect(compiled([{ name: 'off', keep: 'none' }]).policies).toMatchObject([
    { name: 'off', type: 'drop' },
  ]);
  expect(compiled([errors, { name: 'off', keep: { ratio: 0 } }]).names).toEqual(['errors']);
});

test('conditions that always hold are no conditions', () => {
  expect(
    compiled([
      {
        name: 'x',
        when: { minTokens: 0, minSpans: 1, minDurationMillis: 0, attributes: {} },
        keep: 'all',
      },
    ]).policies,
  ).toEqual([{ name: 'x', type: 'always_sample' }]);
});

describe('releases', () => {
  const slow: SamplingRule = { name: 'slow', when: { minDurationMillis: 99.5 }, keep: 'all' };

  test('latency is from the threshold on before 0.157, and above it since', () => {
    expect(compiled([slow], '0.156.0').policies[0]).toMatchObject({
      latency: { threshold_ms: 100 },
    });
    expect(compiled([slow], '0.157.0').policies[0]).toMatchObject({
      latency: { threshold_ms: 99 },
    });
  });

  test('before 0.154 an exception is refused, with what to do', () => {
    const { clauses, names } = compiled([errors, health, tenth], '0.153.0');

    expect(names).toEqual(['errors', 'tenth']);
    expect(clauses.find(({ fidelity }) => fidelity === 'refused')).toEqual({
      at: 'sampling.rules[2]',
      fidelity: 'refused',
      note: 'it keeps its share also of the traces that "health" in front of it decides about',
      use: 'use a Collector from 0.154 on, or put rules that keep a larger share in front of it',
    });
  });

  test('before 0.154 error: false is refused; a rule that drops drops nothing then, others match more', () => {
    const fine = { error: false, service: 'a' } as const;
    const { policies, clauses } = compiled(
      [
        { name: 'drop', when: fine, keep: 'none' },
        { name: 'keep', when: fine, keep: 'all' },
      ],
      '0.149.0',
    );

    expect(policies.map(({ name, type }) => [name, type])).toEqual([
      ['keep', 'ottl_condition'],
      ['no_rule_matched', 'always_sample'],
    ]);
    expect(
      clauses.filter(({ fidelity }) => fidelity === 'refused').map(({ note }) => note),
    ).toEqual(['it drops nothing', 'it matches traces with errors as well']);
  });
});

test('a rule that would take too many policies is refused', () => {
  const three = (name: string): SamplingRule => ({
    name,
    when: { service: name, error: true, minSpans: 3 },
    keep: { ratio: 0.01 },
  });
  const { clauses } = compiled([errors, ...['a', 'b', 'c', 'd'].map(three), tenth]);

  expect(clauses.at(-1)).toMatchObject({
    at: 'sampling.rules[5]',
    fidelity: 'refused',
    use: expect.stringContaining('it would take 81 policies'),
  });
});

describe('what a Collector cannot do', () => {
  test('traces a second become spans a second of each gateway, within floor and ceiling', () => {
    const { policies, clauses } = compiled(
      [{ name: 'limited', keep: { rate: { tracesPerSecond: 5, burst: 20, per: 'model' } } }],
      '0.161.0',
      { floor: 0.1, ceiling: 0.5 },
    );

    expect(policies.map(({ name }) => name)).toEqual(['limited', 'limited (2)']);
    expect(policies[0]).toMatchObject({
      and: {
        and_sub_policy: [
          { name: 'in the share of 0.5' },
          { rate_limiting: { spans_per_second: 25, burst_capacity: 100 } },
        ],
      },
    });
    expect(policies[1]).toMatchObject({ type: 'ottl_condition' });
    expect(clauses).toMatchObject([
      { at: 'sampling.floor', fidelity: 'exact' },
      { at: 'sampling.ceiling', fidelity: 'exact' },
      { at: 'sampling.rules[0].keep.rate', fidelity: 'refused' },
    ]);
    expect(clauses[2]?.note).toContain('not per key');
  });

  test('a burst cannot be given before 0.153', () => {
    const { policies } = compiled(
      [{ name: 'x', keep: { rate: { tracesPerSecond: 1 } } }],
      '0.152.0',
    );

    expect(policies[0]?.['rate_limiting']).toEqual({ spans_per_second: 5 });
  });

  test('an adaptive share becomes its base, with the spans a second that it aims at', () => {
    const { policies, clauses } = compiled(
      [
        {
          name: 'by load',
          when: { service: 'a' },
          keep: { adaptive: { base: 0.5, aboveLoad: 0.7 } },
        },
        { name: 'others', keep: { adaptive: { spansPerSecond: 100 } } },
      ],
      '0.161.0',
      { floor: 0.01 },
    );

    expect(policies.map(({ name }) => name)).toEqual(['by load', 'others', 'others (2)']);
    expect(
      clauses.filter(({ fidelity }) => fidelity === 'refused').map(({ note }) => note),
    ).toEqual([
      'a fixed share of 0.5',
      'a fixed share of 1, and at most 50 spans a second of each gateway',
    ]);
  });
});
