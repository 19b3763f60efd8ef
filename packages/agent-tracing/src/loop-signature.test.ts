import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loopSignature } from './loop-signature.ts';

const backwards = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, backwards(member)]),
  );
};

test('the order of members makes no other call, the order of a list does', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(loopSignature('t', backwards(value))).toBe(loopSignature('t', value));
    }),
  );
  expect(loopSignature('t', [1, 2])).not.toBe(loopSignature('t', [2, 1]));
  expect(loopSignature('t', { a: 1 })).not.toBe(loopSignature('t', { a: 2 }));
  expect(loopSignature('t', new Date(0))).not.toBe(loopSignature('t', new Date(1)));
});

test('arguments that go in a circle end', () => {
  const circle: Record<string, unknown> = { a: 1 };
  circle.self = circle;

  expect(loopSignature('t', circle)).toContain('tool t {');
});
