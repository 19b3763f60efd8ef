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

const circle: Record<string, unknown> = { a: 1 };
circle.self = circle;
const nested = Array.from({ length: 20 }).reduce<unknown>((inside) => [inside, inside], 'x');

test.each<[string, unknown]>([
  ['a long list', Array.from({ length: 100_000 }, (_, index) => index)],
  ['a list that is a length and nothing else', Array(4_294_967_295)],
  ['a long text', 'x'.repeat(1_000_000)],
  ['many short texts', Array.from({ length: 1000 }, () => 'x'.repeat(100))],
  ['an object with long names', Object.fromEntries([['x'.repeat(100_000), 1]])],
  [
    'an object with many members',
    Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [i, i])),
  ],
  ['bytes', { file: new Uint8Array(1_000_000) }],
  ['a map', new Map(Array.from({ length: 5000 }, (_, index) => [index, index]))],
  ['a set of long texts', new Set(['x'.repeat(100_000)])],
  ['a circle', circle],
  ['a list with more paths than members', nested],
])('arguments that are too large are like no other, and nobody waits for them: %s', (_, value) => {
  expect(loopSignature('t', value)).toBeUndefined();
});

test('arguments of the size that models write are looked at', () => {
  const file = { path: 'a.ts', text: 'x'.repeat(60_000), lines: [1, 2, 3] };

  expect(loopSignature('t', file)).toBe(loopSignature('t', structuredClone(file)));
  expect(loopSignature('t', file)).not.toBe(loopSignature('t', { ...file, lines: [1, 2, 4] }));
  expect(loopSignature('t', new Map([['a', 1]]))).not.toBe(loopSignature('t', new Map([['a', 2]])));
  expect(loopSignature('t', new Uint8Array([1]))).not.toBe(loopSignature('t', new Uint8Array([2])));
  expect(loopSignature('t', undefined)).toBe(loopSignature('t', undefined));
});
