import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyValue } from './any-value.ts';

const copy = (value: unknown, maxBytes = 1000): unknown => anyValue(value, maxBytes);

test.each<[string, unknown, unknown]>([
  ['text', 'a', 'a'],
  ['null', null, null],
  ['undefined', undefined, null],
  ['a big integer', 12n, '12'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a function', () => 1, '[Function]'],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['a date that is none', new Date('x'), 'Invalid Date'],
  ['a map', new Map([['a', 1]]), [['a', 1]]],
  ['a set', new Set([1]), [1]],
  ['a URL', new URL('http://a.example/'), 'http://a.example/'],
  ['members that are undefined', { a: undefined, b: 1 }, { b: 1 }],
  ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ['more bytes than fit', new Uint8Array(2000), '[2000 bytes]'],
])('%s', (_, value, expected) => {
  expect(copy(value)).toEqual(expected);
});

test('an error has type, message and stack, and members of its own', () => {
  const error = Object.assign(new TypeError('no'), { code: 'E1' });

  expect(copy(error, 10_000)).toEqual({
    type: 'TypeError',
    message: 'no',
    stack: error.stack,
    code: 'E1',
  });
});

test('what it cannot take becomes a mark, the rest stays', () => {
  const cyclic: Record<string, unknown> = { a: 1 };
  cyclic['self'] = cyclic;
  const throwing = {
    ok: 1,
    get bad(): never {
      throw new Error('no');
    },
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  expect(copy({ cyclic, throwing, gone: revoked.proxy })).toEqual({
    cyclic: { a: 1, self: '[Circular]' },
    throwing: { ok: 1, bad: '[Throws]' },
    gone: '[Throws]',
  });
  // The same object twice is no cycle.
  const shared = { b: 1 };
  expect(copy([shared, shared])).toEqual([shared, shared]);
});

test('text, depth and members have bounds', () => {
  expect(copy(['x'.repeat(600), 'y'.repeat(600), 'z'])).toEqual([
    'x'.repeat(600),
    `${'y'.repeat(400)}…`,
    '…',
  ]);
  let deep: unknown = 1;
  for (let at = 0; at < 20; at++) deep = [deep];
  expect(JSON.stringify(copy(deep))).toBe('[[[[[[[["[Deep]"]]]]]]]]');
  expect(copy(Array.from({ length: 5000 }, () => 0))).toHaveLength(1001);
  expect(
    Object.keys(
      copy(
        Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, 0])),
        1e6,
      ) as object,
    ),
  ).toHaveLength(1001);
});

test('a key called __proto__ is a key', () => {
  const value = copy(JSON.parse('{"__proto__":{"admin":true}}')) as object;

  expect(Object.keys(value)).toEqual(['__proto__']);
  expect((value as { admin?: boolean }).admin).toBeUndefined();
});

test('nothing makes it throw, and later changes do not reach the copy', () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withSparseArray: true,
        withNullPrototype: true,
      }),
      (value) => {
        copy(value);
      },
    ),
  );
  const body = { list: [1] };
  const kept = copy(body);
  body.list.push(2);
  expect(kept).toEqual({ list: [1] });
});
