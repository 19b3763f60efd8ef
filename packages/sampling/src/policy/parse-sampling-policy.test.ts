import { InvalidOptionError } from '@llm-otel/core/errors';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesPattern } from './matches-pattern.ts';
import { parseSamplingPolicy } from './parse-sampling-policy.ts';
import { developmentPolicy, errorsOnlyPolicy, productionPolicy } from './policy-presets.ts';

const rule = (more: object): unknown => ({
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'second', keep: 'none', ...more },
  ],
});

test('a valid policy survives a round trip through JSON', () => {
  const policy = {
    version: 1,
    revision: '2026-11-20',
    floor: 0.01,
    ceiling: 0.9,
    rules: [
      {
        name: 'all of it',
        when: {
          error: false,
          name: 'chat *',
          kind: 'client',
          service: 'desk',
          attributes: {
            'app.tier': 'gold',
            'app.retry': true,
            'app.level': 3,
            'http.response.status_code': { min: 500, max: 599 },
            'error.type': { like: 'timeout*', oneOf: ['timeout', 'timeout_read', 7, false] },
            'app.seen': { exists: false },
          },
          evaluation: { name: 'relevance', label: 'fail*', minScore: -1, maxScore: 0.5 },
          feedback: { maxScore: 0 },
          model: 'gpt-*',
          agent: 'researcher',
          minDurationMillis: 0,
          minTokens: 1000,
          minCostMicroUsd: 5,
          minSpans: 3,
        },
        keep: { ratio: 0.25 },
      },
      { name: 'a', keep: { rate: { tracesPerSecond: 0.5 } } },
      { name: 'b', keep: { rate: { tracesPerSecond: 5, burst: 20, per: 'model' } } },
      { name: 'c', keep: { rate: { tracesPerSecond: 5, per: { attribute: 'user.id' } } } },
      { name: 'd', keep: { adaptive: { base: 0.5, spansPerSecond: 100, aboveLoad: 0.7 } } },
      { name: 'rest', keep: 'none' },
    ],
  };

  expect(parseSamplingPolicy(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
});

test('presets are valid, and known by their names', () => {
  expect(parseSamplingPolicy(developmentPolicy)).toEqual(developmentPolicy);
  expect(parseSamplingPolicy('errors-and-10-percent')).toEqual(productionPolicy);
  expect(parseSamplingPolicy('production')).toEqual(productionPolicy);
  expect(parseSamplingPolicy('development')).toEqual(developmentPolicy);
  expect(parseSamplingPolicy('errors-only')).toEqual(errorsOnlyPolicy);
});

test('a change of the object afterwards does not reach the parsed policy', () => {
  const when = { minTokens: 5 };
  const parsed = parseSamplingPolicy(rule({ when }));
  when.minTokens = -1;

  expect(parsed.rules[1]?.when).toEqual({ minTokens: 5 });
});

describe('an error names the place, the value and what to use', () => {
  test.each([
    [undefined, 'sampling is undefined: use an object with version, revision'],
    [[], 'sampling is []: use an object with version, revision'],
    ['everything', 'sampling is "everything": use a policy, or one of development'],
    ['toString', 'sampling is "toString"'],
    [{ version: 1, floor: 2 }, 'sampling.floor is 2: use a number from 0 to 1'],
    [{ version: 1, ceiling: -1 }, 'sampling.ceiling is -1: use a number from 0 to 1'],
    [
      { version: 1, floor: 0.5, ceiling: 0.1 },
      'sampling.ceiling is 0.1: use a number that is not below the floor, 0.5',
    ],
    [{ version: 1, revision: '' }, 'sampling.revision is ""'],
    [{ version: 1, revision: 'x'.repeat(101) }, 'use a text of 1 to 100 characters'],
    [{ rules: [] }, 'sampling.version is'],
    [{ version: 2, rules: [] }, 'sampling.version is 2: use 1'],
    [{ version: 1 }, 'sampling.rules is'],
    [{ version: 1, rules: [] }, 'sampling.rules is []: use a list of 1 to 30 rules'],
    [{ version: 1, rules: Array.from({ length: 31 }) }, 'use a list of 1 to 30 rules'],
    [{ version: 1, rules: [], rate: 1 }, 'sampling.rate is 1: use one of version, revision'],
    [
      { version: 1, rules: ['all'] },
      'sampling.rules[0] is "all": use an object with name, when, keep',
    ],
    [rule({ name: '' }), 'sampling.rules[1].name is ""'],
    [
      rule({ name: 'errors' }),
      'sampling.rules[1].name is "errors": use a name that no other rule has',
    ],
    [rule({ keep: 0.5 }), 'sampling.rules[1].keep is 0.5: use "all", "none", { "ratio": 0.1 }'],
    [rule({ keep: null }), 'sampling.rules[1].keep is null'],
    [rule({ keep: { ratio: 2 } }), 'sampling.rules[1].keep.ratio is 2: use a number from 0 to 1'],
    [rule({ keep: { ratio: Number.NaN } }), 'sampling.rules[1].keep.ratio'],
    [rule({ keep: {} }), 'sampling.rules[1].keep is {}: use "all"'],
    [rule({ keep: { share: 1 } }), 'sampling.rules[1].keep.share is 1: use one of ratio, rate'],
    [
      rule({ keep: { ratio: 1, rate: { tracesPerSecond: 1 } } }),
      'sampling.rules[1].keep is {"ratio":1,"rate":{"tracesPerSecond":1}}: use "all"',
    ],
    [rule({ keep: { rate: 1 } }), 'keep.rate is 1: use an object with tracesPerSecond'],
    [rule({ keep: { rate: {} } }), 'keep.rate.tracesPerSecond is undefined: use a number above 0'],
    [rule({ keep: { rate: { tracesPerSecond: 0 } } }), 'tracesPerSecond is 0: use a number above'],
    [rule({ keep: { rate: { tracesPerSecond: 1, burst: 0 } } }), 'keep.rate.burst is 0'],
    [
      rule({ keep: { rate: { tracesPerSecond: 1, per: 'user' } } }),
      'per is "user": use one of name, service, model, agent, or { "attribute": "user.id" }',
    ],
    [
      rule({ keep: { rate: { tracesPerSecond: 1, per: null } } }),
      'per is null: use one of name, service, model, agent, or { "attribute": "user.id" }',
    ],
    [rule({ keep: { rate: { tracesPerSecond: 1, per: {} } } }), 'per.attribute is undefined'],
    [
      rule({ keep: { adaptive: { base: 0.5 } } }),
      'keep.adaptive is {"base":0.5}: use an object with spansPerSecond, aboveLoad or both',
    ],
    [rule({ keep: { adaptive: { aboveLoad: 70 } } }), 'keep.adaptive.aboveLoad is 70'],
    [rule({ keep: { adaptive: { spansPerSecond: 0 } } }), 'keep.adaptive.spansPerSecond is 0'],
    [rule({ when: 'error' }), 'sampling.rules[1].when is "error": use an object with name'],
    [rule({ when: { minDuration: 5 } }), 'sampling.rules[1].when.minDuration is 5: use one of'],
    [rule({ when: { error: 1 } }), 'sampling.rules[1].when.error is 1: use true or false'],
    [
      rule({ when: { kind: 'CLIENT' } }),
      'sampling.rules[1].when.kind is "CLIENT": use one of internal',
    ],
    [rule({ when: { name: '' } }), 'sampling.rules[1].when.name is ""'],
    [rule({ when: { model: 1 } }), 'sampling.rules[1].when.model is 1'],
    [rule({ when: { minTokens: -1 } }), 'sampling.rules[1].when.minTokens is -1'],
    [rule({ when: { attributes: [] } }), 'sampling.rules[1].when.attributes is []: use an object'],
    [
      rule({ when: { attributes: { a: {} } } }),
      'when.attributes.a is {}: use an object with oneOf, like, min, max, exists',
    ],
    [rule({ when: { attributes: { a: [1] } } }), 'when.attributes.a is [1]: use a text, a number'],
    [rule({ when: { attributes: { a: { min: '5' } } } }), 'when.attributes.a.min is "5"'],
    [rule({ when: { attributes: { a: { oneOf: [] } } } }), 'oneOf is []: use a list of 1 to 100'],
    [rule({ when: { attributes: { a: { gt: 1 } } } }), 'when.attributes.a.gt is 1: use one of'],
    [rule({ when: { minSpans: 'x' } }), 'sampling.rules[1].when.minSpans is "x"'],
    [rule({ when: { evaluation: { minScore: '1' } } }), 'when.evaluation.minScore is "1"'],
    [rule({ when: { feedback: { name: 'x' } } }), 'when.feedback.name is "x": use one of label'],
    [
      rule({ when: { attributes: { a: { min: 5, max: 4 } } } }),
      'when.attributes.a.max is 4: use a number that is not below min, 5',
    ],
    [
      rule({ when: { attributes: { a: { exists: false, min: 4 } } } }),
      'when.attributes.a.exists is false: use it alone',
    ],
    [
      rule({ when: { evaluation: { minScore: 1, maxScore: 0 } } }),
      'when.evaluation.maxScore is 0: use a number that is not below minScore, 1',
    ],
    [rule({ name: 'two\nlines' }), 'use a name without line breaks'],
    [rule({ name: 'next\u0085line' }), 'use a name without line breaks'],
    [rule({ name: 'line\u2028separator' }), 'use a name without line breaks'],
    [rule({ name: 'bell\u0007' }), 'use a name without line breaks'],
    [rule({ name: 'half \ud83d' }), 'use a name without line breaks'],
    [rule({ when: { feedback: 'bad' } }), 'when.feedback is "bad": use an object with label'],
  ])('%j', (json, message) => {
    const parse = (): unknown => parseSamplingPolicy(json);

    expect(parse).toThrow(InvalidOptionError);
    expect(parse).toThrow(message);
  });

  test('the option has the name it is given', () => {
    expect(() => parseSamplingPolicy(7, 'OTEL_POLICY')).toThrow(/^OTEL_POLICY is 7/);
  });

  test('nothing else is ever thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (json) => {
        try {
          parseSamplingPolicy(json);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidOptionError);
        }
      }),
    );
  });
});

describe('matchesPattern', () => {
  test.each([
    ['chat', 'chat', true],
    ['chat', 'chat gpt', false],
    ['chat*', 'chat gpt', true],
    ['*gpt', 'chat gpt', true],
    ['*a*', 'chat', true],
    ['c*t', 'chat', true],
    ['c*x', 'chat', false],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a**b', 'ab', true],
    ['a.c', 'abc', false],
    ['*ab', 'aab', true],
  ])('%j against %j is %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  test('agrees with the regular expression that means the same', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    fc.assert(
      fc.property(short, short, (pattern, text) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(matchesPattern(pattern, text)).toBe(same.test(text));
      }),
    );
  });

  // For hours, that is: the limit of a test is enough to tell.
  test('a pattern that would hang a regular expression comes to its end', () => {
    expect(matchesPattern(`${'a*'.repeat(50)}b`, 'a'.repeat(5000))).toBe(false);
  });
});
