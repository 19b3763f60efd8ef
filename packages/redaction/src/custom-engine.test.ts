// The linear-time engine of patterns, with one that is really there: RE2 in JavaScript.
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import type { PatternEngine } from './custom-patterns.ts';
import { createRedactor } from './redactor.ts';

/** What the README shows. */
const patternEngine: PatternEngine = (source, flags) => {
  const pattern = RE2JS.compile(source, flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
  return {
    lastIndex: 0,
    exec(text) {
      const matcher = pattern.matcher(text);
      const isFound = matcher.find(this.lastIndex);
      const from = isFound ? matcher.start() : -1;
      if (!isFound || (flags.includes('y') && from !== this.lastIndex)) {
        this.lastIndex = 0;
        return null;
      }
      this.lastIndex = matcher.end();
      return { index: from, 0: matcher.group() ?? '' };
    },
  };
};

const policy = {
  version: 1,
  // Nothing here is about time.
  patternBudgetMillis: 10_000,
  patterns: [
    { name: 'nested', pattern: '(a+)+!' },
    { name: 'employee', pattern: String.raw`\bemp-\d{6}\b`, ignoreCase: true },
  ],
} as const;

test('takes patterns that are refused without it, and finds them', () => {
  expect(() => createRedactor(policy)).toThrow('redaction.patterns[0].pattern is "(a+)+!"');

  const { redact } = createRedactor(policy, { patternEngine });
  expect(redact('say aaa! to EMP-123456 and emp-1234567')).toBe(
    'say [REDACTED:nested] to [REDACTED:employee] and emp-1234567',
  );
});

test('finds matches on both sides of the end of a stretch, and across it', () => {
  const { redact } = createRedactor(policy, { patternEngine });
  for (let place = 16_372; place < 16_388; place++) {
    const text = `${' '.repeat(place)}EMP-123456 ${' '.repeat(100)}`;
    expect(redact(text)).toBe(text.replace('EMP-123456', '[REDACTED:employee]'));
  }
});

test('takes a text that makes other engines stall', () => {
  const redactor = createRedactor(policy, { patternEngine });
  const text = 'a'.repeat(5000);

  expect(redactor.redact(text)).toBe(text);
  expect(redactor.report().failed).toBe(0);
});
