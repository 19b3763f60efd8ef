import { systemClock } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { CustomPatterns } from './custom-patterns.ts';
import { createRedactor } from './redactor.ts';

const ticket = { name: 'ticket', pattern: String.raw`\bTCK-\d+` };

test('a match is found on both sides of the end of a stretch, and across it', () => {
  const patterns = new CustomPatterns([ticket], { clock: systemClock });
  const stretch = 16_384;

  for (let place = stretch - 12; place < stretch + 4; place++) {
    const text = `${' '.repeat(place)}TCK-123456${' '.repeat(stretch)}TCK-7`;

    const found = patterns.find(text);

    expect(new Set(found.map(({ from, to }) => `${from}-${to}`))).toEqual(
      new Set([`${place}-${place + 10}`, `${place + 10 + stretch}-${place + 15 + stretch}`]),
    );
  }
});

test('a match that never ends is followed to its end', () => {
  const patterns = new CustomPatterns([{ name: 'rest', pattern: 'INTERNAL .*' }], {
    clock: systemClock,
  });
  const text = `a INTERNAL ${'x'.repeat(100_000)}`;

  expect(patterns.find(text)).toEqual([{ kind: 'rest', from: 2, to: text.length }]);
});

test('an end of text in a pattern means the end of the whole text', () => {
  const patterns = new CustomPatterns([{ name: 'end', pattern: 'x$' }], { clock: systemClock });
  const text = 'x'.repeat(40_000);

  expect(patterns.find(text)).toEqual([{ kind: 'end', from: 39_999, to: 40_000 }]);
});

test('a value that takes longer than its budget is replaced as a whole and counted', () => {
  let millis = 0;
  const slow = { ...systemClock, monotonicMillis: () => (millis += 30) };
  const redactor = createRedactor({ version: 1, patterns: [ticket] }, { clock: slow });

  expect(redactor.redact(`TCK-1 ${'long '.repeat(20_000)}`)).toBe('[REDACTED:error]');
  expect(redactor.report().failed).toBe(1);
  expect(redactor.redact('TCK-1 short')).toBe('[REDACTED:ticket] short');
});

test('a short value over its budget is replaced too, however late that is noticed', () => {
  let millis = 0;
  const slow = { ...systemClock, monotonicMillis: () => (millis += 60) };
  const redactor = createRedactor({ version: 1, patterns: [ticket] }, { clock: slow });

  expect(redactor.redact('TCK-1 short')).toBe('[REDACTED:error]');
  expect(redactor.redact('nothing of the kind')).toBe('[REDACTED:error]');
  expect(redactor.report()).toEqual({ redacted: {}, failed: 2 });
});

test.each([
  'jwt_token',
  'openai_api_key',
  'sensitive_key',
  'national_ids',
  'es_dni',
  'content',
  'error',
])('a pattern cannot be called %s, as a kind of finding is', (name) => {
  expect(() => createRedactor({ version: 1, patterns: [{ name, pattern: 'x' }] })).toThrow(
    `redaction.patterns[0].name is "${name}": use a name that no kind of finding has`,
  );
});

describe('a match that is written in another way', () => {
  const redactor = createRedactor({ version: 1, patterns: [ticket] });
  const written = 'see TCK-123456, please, as soon as possible';
  const base64 = btoa(written);

  test.each([
    ['see TCK%2D123456, please', 'see [REDACTED:ticket], please'],
    ['see TCK%252D123456', 'see [REDACTED:ticket]'],
    [String.raw`see \u0054CK-123456!`, 'see [REDACTED:ticket]!'],
    ['see TCK&#45;123456', 'see [REDACTED:ticket]'],
    ['see \uff34\uff23\uff2b-123456', 'see [REDACTED:ticket]'],
    ['see T\u200bCK-12\u200b3456', 'see [REDACTED:ticket]'],
    [`body ${base64}`, 'body [REDACTED:ticket]'],
    [`body ${btoa(base64)}`, 'body [REDACTED:ticket]'],
    [`body ${Buffer.from(written).toString('hex')}`, 'body [REDACTED:ticket]'],
    [`body ${base64.replaceAll('=', '%3D')}`, 'body [REDACTED:ticket]'],
    [JSON.stringify({ a: { b: base64 } }), '{"a":{"b":"[REDACTED:ticket]"}}'],
  ])('is found: %s', (text, redacted) => {
    expect(redactor.redact(text)).toBe(redacted);
  });

  test('and nothing else is', () => {
    for (const text of ['see TCK%3D123456', `body ${btoa('see TICKET-123456, please, as soon')}`])
      expect(redactor.redact(text)).toBe(text);
  });

  test('takes its time from the budget of the value', () => {
    let millis = 0;
    const clock = { ...systemClock, monotonicMillis: () => (millis += 10) };
    const slow = createRedactor({ version: 1, patterns: [ticket] }, { clock });

    expect(slow.redact(`a ${base64}`)).toBe('a [REDACTED:ticket]');
    expect(slow.redact(`${base64} `.repeat(10))).toBe('[REDACTED:error]');
    expect(slow.redact(`b ${base64}`)).toBe('b [REDACTED:ticket]');
  });
});

describe('the time of a whole value', () => {
  const text = 'token=a '.repeat(20_000);

  test('has a budget for the detectors, behind which the value is replaced and counted', () => {
    let millis = 0;
    const slow = { ...systemClock, monotonicMillis: () => (millis += 900) };
    const redactor = createRedactor({ version: 1 }, { clock: slow });

    expect(redactor.redact(text)).toBe('[REDACTED:error]');
    expect(redactor.redactDeep({ text, n: 1 })).toEqual({ text: '[REDACTED:error]', n: 1 });
    expect(redactor.report().failed).toBe(2);
  });

  test('is set by the policy, and not measured for short ones', () => {
    let asked = 0;
    const clock = { ...systemClock, monotonicMillis: () => (asked += 100) };
    const redactor = createRedactor({ version: 1, valueBudgetMillis: 10_000 }, { clock });

    redactor.redact('token=a '.repeat(1000));
    expect(asked).toBe(0);
    expect(redactor.redact(text)).toBe(text);
    expect(asked).toBeGreaterThan(0);
    expect(() => createRedactor({ version: 1, valueBudgetMillis: 0 })).toThrow(
      'redaction.valueBudgetMillis is 0: use a number above 0, of at most 10000',
    );
  });
});
