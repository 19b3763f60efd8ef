import type { Attributes } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { spanConditionOf } from './span-condition.ts';
import type { AttributeMatch } from './policy/sampling-condition.ts';

function holds(key: string, match: AttributeMatch, attributes: Attributes): boolean | undefined {
  const condition = spanConditionOf({ attributes: Object.fromEntries([[key, match]]) });
  return condition?.({ name: 'x', kind: 0, attributes });
}

describe.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'an attribute called %s',
  (key) => {
    const has = Object.fromEntries([[key, 'yes']]);

    test('is not there unless a span has it', () => {
      expect(holds(key, { exists: true }, {})).toBe(false);
      expect(holds(key, { exists: false }, {})).toBe(true);
    });

    test('is found where a span has it', () => {
      expect(holds(key, { exists: true }, has)).toBe(true);
      expect(holds(key, 'yes', has)).toBe(true);
      expect(holds(key, { oneOf: ['no', 'yes'] }, has)).toBe(true);
    });
  },
);

test('an attribute without a value is not there, as in a Collector', () => {
  const empty = { n: null } as unknown as Attributes;

  expect(holds('n', { exists: true }, empty)).toBe(false);
  expect(holds('n', { exists: false }, empty)).toBe(true);
  for (const value of [0, '', false, Number.NaN]) {
    expect(holds('n', { exists: true }, { n: value })).toBe(true);
  }
});
