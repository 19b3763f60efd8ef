// The time that a value may take is looked at in every pass: whichever one a text keeps busy, the value is replaced.
import { systemClock } from '@llm-otel/core';
import { createRedactor, keyedHash, type RedactionPolicy } from '@llm-otel/redaction';
import { expect, test } from 'vitest';

const LENGTH = 400_000;
const filled = (part: string): string => part.repeat(Math.ceil(LENGTH / part.length));

/** Texts of which one pass has all the work. */
const texts: Readonly<Record<string, string>> = {
  'anchors of detectors': filled('token=a '),
  'numbers in groups': filled('4111 1111 '),
  'numbers alone': filled('1234567890123, '),
  'escapes of JSON': filled('\\u002d'),
  'escapes of escapes': filled('%25'),
  'characters that are not seen': filled('g\u200bh\u200b'),
  'base64 in runs': filled(`${btoa('some words that are text')} `),
  'base64 of base64': filled(`${btoa(btoa(btoa('some words that are text')))} `),
  'base64 of words between bytes': btoa(filled('password, token\0').slice(0, LENGTH)),
  'base64 of words in two bytes': btoa(
    filled('password, token \x01\x01'.replaceAll(/[ -~]/g, '$&\0')),
  ),
  'findings to be replaced': filled('ada@example.com '),
  'JSON of many members': JSON.stringify(
    Array.from({ length: LENGTH / 20 }, () => ({ password: '', b: '\u00e4\n' })),
  ),
  'addresses of the network': filled('10.20.30.40 '),
};
const policy: RedactionPolicy = {
  version: 1,
  presets: ['strict'],
  actions: { default: 'hash' },
  valueBudgetMillis: 1000,
};
const hash = keyedHash({ key: 'only for tests, 16 bytes' });

test.each(Object.entries(texts))('%s: the clock is looked at all the time', (_name, text) => {
  let looks = 0;
  const monotonicMillis = (): number => {
    looks++;
    return 0;
  };
  const clock = { ...systemClock, monotonicMillis };
  createRedactor(policy, { hash, clock }).redact(text);
  expect(looks).toBeGreaterThan(LENGTH / 20_000);
});

test.each(Object.entries(texts))('%s: the value is replaced when time is over', (_name, text) => {
  let millis = 0;
  const clock = { ...systemClock, monotonicMillis: () => (millis += 100) };
  const redactor = createRedactor(policy, { hash, clock });

  // Compared here: the texts are long.
  expect(redactor.redact(text) === '[REDACTED:error]').toBe(true);
  expect(redactor.report().failed).toBe(1);
});

test('what comes after a value that took too long is not judged by its time', () => {
  let millis = 0;
  const clock = { ...systemClock, monotonicMillis: () => (millis += 100) };
  const redactor = createRedactor(policy, { hash, clock });
  redactor.redact(filled('4111 1111 '));

  expect(redactor.explain('write to ada@example.com')).toHaveLength(1);
  expect(redactor.redact('write to us')).toBe('write to us');
});
