import { systemClock } from '@llm-otel/core';
import { expect, test } from 'vitest';
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
