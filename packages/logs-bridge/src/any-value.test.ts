import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyValue } from './any-value.ts';

const proto = (value: unknown): unknown => JSON.parse(`{"__proto__":${JSON.stringify(value)}}`);
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
  ['a map with names', new Map([['a', new Map([['__proto__', 1]])]]), { a: proto(1) }],
  ['a map without members', new Map(), {}],
  [
    'a map with other keys',
    new Map<unknown, unknown>([
      ['a', 1],
      [2, 3],
    ]),
    [
      ['a', 1],
      [2, 3],
    ],
  ],
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
  const throwing = new Proxy(
    { ok: 1, bad: 2 },
    {
      getOwnPropertyDescriptor(target, key) {
        if (key === 'bad' && reads++ > 0) throw new Error('no');
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    },
  );
  let reads = 0;
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

test('a getter is not called: what it does is not for a log to do', () => {
  let calls = 0;
  const lazy = {
    get connection(): number {
      return ++calls;
    },
    set only(_: number) {
      calls++;
    },
    a: 1,
  };
  const error = Object.defineProperty(new Error('no'), 'detail', {
    get: () => ++calls,
    enumerable: true,
  });

  expect(copy([lazy, error], 10_000)).toEqual([
    { connection: '[Getter]', a: 1 },
    { type: 'Error', message: 'no', stack: error.stack, detail: '[Getter]' },
  ]);
  expect(calls).toBe(0);
});

describe('what is long is cut, and takes neither its own name nor what is short with it', () => {
  test.each<[string, unknown, unknown]>([
    ['one long text', { prompt: 'z'.repeat(2000) }, { prompt: `${'z'.repeat(994)}…` }],
    [
      'short ones around it',
      { a: 'short', x: 'y'.repeat(3000), b: 2, c: { d: 'e' } },
      { a: 'short', x: `${'y'.repeat(989)}…`, b: 2, c: { d: 'e' } },
    ],
    [
      'long ones further down',
      { c: { d: { x: 'y'.repeat(3000) } }, list: ['z'.repeat(3000)], id: 'a-1' },
      { c: { d: { x: `${'y'.repeat(494)}…` } }, list: [`${'z'.repeat(494)}…`], id: 'a-1' },
    ],
    [
      'one that is less long than its share',
      ['x'.repeat(600), 'y'.repeat(300), 'z'],
      ['x'.repeat(600), 'y'.repeat(300), 'z'],
    ],
    [
      'two that are longer',
      ['x'.repeat(600), 'y'.repeat(601), 'z'],
      [`${'x'.repeat(499)}…`, `${'y'.repeat(500)}…`, 'z'],
    ],
    ['bytes', { data: new Uint8Array(2000), id: 'a-1' }, { data: '[2000 bytes]', id: 'a-1' }],
    ['a name', { ['n'.repeat(3000)]: 1, b: 2 }, { [`${'n'.repeat(200)}…`]: 1, b: 2 }],
    [
      'names and short texts, more of them than fit',
      Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`name-${at + 100}`, 1])),
      {
        ...Object.fromEntries(Array.from({ length: 125 }, (_, at) => [`name-${at + 100}`, 1])),
        '[More]': true,
      },
    ],
  ])('%s', (_, value, expected) => {
    expect(copy(value)).toEqual(expected);
  });

  test('a long list is cut, and what stands beside and below it stays', () => {
    const long = Array.from({ length: 3000 }, (_, at) => at);
    const value = copy({ a: 1, list: long, other: long, b: 2, c: { d: [1] } }, 1e6) as {
      list: unknown[];
      other: unknown[];
    };

    expect(value).toMatchObject({ a: 1, b: 2, c: { d: [1] } });
    expect(value.list.at(-1)).toBe('[More]');
    expect(value.list.length + value.other.length).toBe(1000 - 7 + 2);
    expect(Math.abs(value.list.length - value.other.length)).toBeLessThanOrEqual(1);
  });
});

test('text, depth and members have bounds', () => {
  let deep: unknown = 1;
  for (let at = 0; at < 20; at++) deep = [deep];
  expect(JSON.stringify(copy(deep))).toBe('[[[[[[[["[Deep]"]]]]]]]]');
  expect(copy(Array.from({ length: 5000 }, () => 0))).toHaveLength(1001);
  expect(copy(new Set(Array.from({ length: 5000 }, (_, at) => at)))).toHaveLength(1001);
  const wide = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`k${at}`, 0]));
  expect(Object.keys(copy(wide, 1e6) as object)).toHaveLength(1001);
  expect(Object.keys(copy(new Map(Object.entries(wide)), 1e6) as object)).toHaveLength(1001);
  const shape = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.string({ maxLength: 900 }),
      fc.array(tie('value'), { maxLength: 90 }),
      fc.dictionary(fc.string({ maxLength: 300 }), tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(shape, fc.integer({ min: 1, max: 3000 }), (value, maxBytes) => {
      const { text, members, marks } = sizeOf(copy(value, maxBytes));
      expect(text - marks).toBeLessThanOrEqual(maxBytes);
      expect(members).toBeLessThanOrEqual(1000 + marks);
    }),
  );
});

/** Characters of a copy, its names too, its members, and the characters that are marks of ours. */
function sizeOf(value: unknown): { text: number; members: number; marks: number } {
  const sum = { text: 0, members: 0, marks: 0 };
  const add = (text: string): void => {
    sum.text += text.length;
    sum.marks += text.match(/…$|^\[(?:More|Deep)\]$/)?.[0].length ?? 0;
  };
  const walk = (part: unknown): void => {
    if (typeof part === 'string') add(part);
    if (typeof part !== 'object' || part === null) return;
    for (const [key, member] of Object.entries(part)) {
      sum.members++;
      if (!Array.isArray(part)) add(key);
      walk(member);
    }
  };
  walk(value);
  return sum;
}

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
