import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluationConditions } from './evaluation-condition.ts';
import { ottlNumber, ottlString } from './literals.ts';
import { shareConditions } from './share-condition.ts';
import { spanConditionOf } from './span-condition.ts';
import { textCondition } from './text-condition.ts';

describe('literals', () => {
  test.each([
    ['plain', '"plain"'],
    ['with "quotes" and \\', String.raw`"with \"quotes\" and \\"`],
    ['line\nbreak\tand\u0001', String.raw`"line\nbreak\tand\u0001"`],
    ['$HOME ${env:X}', '"$$HOME $${env:X}"'],
    ['half \ud83d pair', '"half \ufffd pair"'],
  ])('the text %j is %s', (text, literal) => {
    expect(ottlString(text)).toBe(literal);
  });

  test.each([
    [0, '0'],
    [-0, '0'],
    [3, '3'],
    [-2.5, '-2.5'],
    [1e-7, '0.0000001'],
    [-1.25e-9, '-0.00000000125'],
    [1e21, '1000000000000000000000.0'],
    [1.5e300, `15${'0'.repeat(299)}.0`],
    [2 ** 60, '1152921504606847000.0'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ])('the number %s is %s', (value, literal) => {
    expect(ottlNumber(value)).toBe(literal);
  });

  test('a number reads back as itself, and has no exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const literal = ottlNumber(value);
        expect(literal).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(literal) + 0).toBe(value + 0);
      }),
    );
  });
});

describe('textCondition', () => {
  test.each([
    ['chat', 'span.name == "chat"'],
    ['chat *', 'HasPrefix(span.name, "chat ")'],
    ['*.png', 'HasSuffix(span.name, ".png")'],
    ['a*c', 'IsMatch(span.name, "^(?s:a.*c)$$")'],
    ['*a.b*', String.raw`IsMatch(span.name, "^(?s:.*a\\.b.*)$$")`],
    ['a**', 'HasPrefix(span.name, "a")'],
    ['*', 'true'],
  ])('the name %j: %s', (pattern, condition) => {
    expect(textCondition('span.name', pattern, true)).toBe(condition);
  });

  test('what may be no text is asked first: a number would be turned into one', () => {
    expect(textCondition('x', 'a*')).toBe('IsString(x) and HasPrefix(x, "a")');
    expect(textCondition('x', '*')).toBe('IsString(x)');
    expect(textCondition('x', 'a')).toBe('x == "a"');
  });
});

test('conditions on one span are one expression', () => {
  expect(spanConditionOf({})).toBeUndefined();
  expect(spanConditionOf({ error: true, minTokens: 5 })).toBeUndefined();
  expect(
    spanConditionOf({
      kind: 'client',
      model: 'gpt-*',
      service: 'desk',
      attributes: { a: { oneOf: ['x', 1], exists: true }, b: { exists: false }, c: true },
    }),
  ).toBe(
    [
      'span.kind == SPAN_KIND_CLIENT',
      '((IsString(span.attributes["gen_ai.request.model"]) and HasPrefix(span.attributes["gen_ai.request.model"], "gpt-")) or (IsString(span.attributes["gen_ai.response.model"]) and HasPrefix(span.attributes["gen_ai.response.model"], "gpt-")))',
      'span.attributes["a"] != nil',
      '(span.attributes["a"] == "x" or span.attributes["a"] == 1)',
      'span.attributes["b"] == nil',
      'span.attributes["c"] == true',
      'resource.attributes["service.name"] == "desk"',
    ].join(' and '),
  );
});

test('one value of oneOf needs no brackets', () => {
  expect(spanConditionOf({ attributes: { a: { oneOf: [2] } } })).toBe('span.attributes["a"] == 2');
});

test('a result of an evaluation is looked for on spans and on their events', () => {
  expect(evaluationConditions({ name: 'relevance', minScore: 0, maxScore: 0.5 })).toEqual({
    span: 'span.attributes["gen_ai.evaluation.name"] != nil and span.attributes["gen_ai.evaluation.name"] == "relevance" and span.attributes["gen_ai.evaluation.score.value"] >= 0 and span.attributes["gen_ai.evaluation.score.value"] <= 0.5',
    spanevent:
      'spanevent.name == "gen_ai.evaluation.result" and spanevent.attributes["gen_ai.evaluation.name"] == "relevance" and spanevent.attributes["gen_ai.evaluation.score.value"] >= 0 and spanevent.attributes["gen_ai.evaluation.score.value"] <= 0.5',
  });
});

test('a share of everything asks for nothing, a share of nothing is none', () => {
  expect(shareConditions(1)).toEqual([]);
  expect(shareConditions(0)).toBeUndefined();
  expect(shareConditions(0.5)?.[0]).toContain('>= "80000000000000"');
});
