import { describe, expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({
  version: 1,
  presets: ['strict'],
  keys: { block: ['customer_no'] },
});

describe('one character repeated', () => {
  test.each([
    'password=11111111',
    'password: "00000000"',
    '{"password":"aaaaaaaa","n":1}',
    'verification code: 000000',
    'customer_no=111',
    'customer_no: 0000',
    'customer_no=bbb',
  ])('is a value where it is a digit or a letter: %s', (text) => {
    const left = redactor.redact(text);

    expect(left).toContain('[REDACTED:sensitive_key]');
    expect(redactor.redact(left)).toBe(left);
  });

  test.each(['*', 'x', 'X', '•', '#', '.', '-', '_', '?', '●'])(
    'is a mask where it is %s',
    (mask) => {
      for (const name of ['password', 'customer_no', 'api_key']) {
        const text = `${name}=${mask.repeat(8)}`;
        expect(redactor.redact(text)).toBe(text);
      }
    },
  );
});
