import { expect, test } from 'vitest';
import { assertConformance, checkConformance, type CheckedSpan } from './check-conformance.ts';
import { checkEventConformance } from './check-event.ts';
import { checkMetricConformance } from './check-metric.ts';

const unset = { status: { code: 0 }, kind: 'CLIENT' } as const;
const http: CheckedSpan = { ...unset, name: 'GET /', attributes: { 'http.request.method': 'GET' } };

test('a span of no known kind passes, unless every span is meant to be known', () => {
  expect(checkConformance(http).findings).toEqual([]);
  expect(checkConformance(http, { known: true }).errors).toMatchObject([{ rule: 'unknown' }]);
  expect(() => assertConformance(http, { known: true })).toThrow(
    'GET /: 1 error\n  error    unknown: it is of no kind that the conventions know',
  );
});

test('a span that only begins with the word of one of ours is not known', () => {
  const step = {
    name: 'step draft',
    kind: 'INTERNAL',
    status: { code: 0 },
    attributes: { 'llm_otel.step.index': 0 },
  } as const;

  expect(checkConformance(step, { known: true }).errors).toEqual([]);
  for (const other of [{ kind: 'CLIENT' }, { name: 'draft' }, { attributes: {} }] as const)
    expect(checkConformance({ ...step, ...other }, { known: true }).errors).toMatchObject([
      { rule: 'unknown' },
    ]);
});

test('a span of a known kind passes where every span is meant to be known', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'm',
  };

  expect(
    checkConformance({ ...unset, name: 'chat m', attributes }, { known: true }).errors,
  ).toEqual([]);
});

test('an operation that is not known is a warning, with the one that may be meant', () => {
  const attributes = { 'gen_ai.operation.name': 'chatt', 'gen_ai.provider.name': 'opnai' };
  const report = checkConformance({ ...unset, name: 'anything', attributes });

  expect(report.warnings.map(({ attribute, message }) => `${attribute} ${message}`)).toEqual([
    'gen_ai.operation.name is "chatt", which is not listed: did you mean "chat"?',
    'gen_ai.provider.name is "opnai", which is not listed: did you mean "openai"?',
    'gen_ai.operation.name is no operation of the conventions: nothing but the attributes could be checked',
  ]);
  expect(report.passed).toBe(true);
});

test('a value of the application’s own that is like none of the listed ones is right', () => {
  const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'in-house' };

  expect(checkConformance({ ...unset, name: 'chat', attributes }).warnings).toEqual([]);
});

test.each([
  [null, 'null: 1 error\n  error    shape: is no span: it has no name, no status, no attributes'],
  [undefined, 'undefined: 1 error'],
  ['chat', 'string: 1 error'],
  [{}, 'object: 1 error'],
  [{ name: 'chat', status: { code: 0 } }, 'is no span: it has no attributes'],
  [{ name: 'chat', status: null, attributes: {} }, 'is no span: it has no status'],
])('what is no span is an error, and not a throw: %j', (span, report) => {
  expect(String(checkConformance(span as CheckedSpan))).toContain(report);
});

test('what is no event or metric is an error too', () => {
  expect(String(checkEventConformance(null as never))).toContain('is no event');
  expect(String(checkMetricConformance({} as never))).toContain('is no metric');
});
