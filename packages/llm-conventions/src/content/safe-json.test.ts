import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeJson } from './safe-json.ts';

test('a plain value is what JSON.stringify makes of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(safeJson(value)).toBe(JSON.stringify(value));
    }),
  );
});

test('whatever the value, the answer is JSON text', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
      JSON.parse(safeJson(value));
    }),
  );
});

test('what JSON cannot carry is named where it stood, and the rest is kept', () => {
  const cyclic: Record<string, unknown> = { text: 'kept', big: 12n };
  cyclic['self'] = cyclic;
  cyclic['twice'] = [{ a: 1 }];
  Object.defineProperty(cyclic, 'trap', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  cyclic['odd'] = {
    toJSON: () => {
      throw new Error('no');
    },
  };
  cyclic['date'] = new Date(0);

  expect(JSON.parse(safeJson(cyclic))).toEqual({
    text: 'kept',
    big: '12',
    self: '[circular]',
    twice: [{ a: 1 }],
    trap: '[unreadable]',
    odd: '[unreadable]',
    date: '1970-01-01T00:00:00.000Z',
  });
  expect(safeJson(undefined)).toBe('null');
  expect(safeJson(() => 1)).toBe('null');
});

test('a deeply nested value that has to be made readable is cut off', () => {
  // A bigint, because the depth alone stops JSON.stringify on some versions of V8 only.
  let deep: unknown = 1n;
  for (let level = 0; level < 100_000; level++) deep = [deep];

  expect(safeJson(deep)).toContain('[too deep]');
});

test('a lone surrogate stays valid JSON', () => {
  expect(JSON.parse(safeJson('a\ud800'))).toBe('a\ud800');
});

test('twelve objects that all hold each other are each written once, in no time', () => {
  interface Peer {
    id: number;
    peers?: Peer[];
  }
  const peers: Peer[] = Array.from({ length: 12 }, (_, id) => ({ id }));
  for (const peer of peers) peer.peers = peers.filter((other) => other !== peer);

  const text = safeJson({ peers });

  expect(text.length).toBeLessThan(5_000);
  expect(text).toContain('"[repeated]"');
  for (const { id } of peers) expect(text).toContain(`"id":${id}`);
});

test('a part that is shared forty levels deep is not written 2 ** 40 times', () => {
  let shared: unknown = ['leaf'];
  for (let level = 0; level < 40; level++) shared = [shared, shared];

  const text = safeJson(shared);

  expect(text.length).toBeLessThan(2_000);
  expect(text).toContain('leaf');
  // The same behind a toJSON.
  expect(safeJson({ toJSON: () => shared }).length).toBeLessThan(2_000);
});

test('a small part that is used twice is written twice', () => {
  const schema = { type: 'object' };

  expect(safeJson([schema, schema])).toBe('[{"type":"object"},{"type":"object"}]');
});

test('what is larger than any message is cut off, and the answer is still JSON', () => {
  const long = 'x'.repeat(1024 * 1024);
  const values = [
    Array.from({ length: 1_000 }, () => long),
    Object.assign([], { length: 4_000_000_000 }),
    new Float32Array(10_000_000),
    Array.from({ length: 9 }, () => new Uint8Array(9_000_000)),
    { type: 'Buffer', data: Object.assign([], { length: 4_000_000_000 }) },
    Object.fromEntries(Array.from({ length: 150_000 }, (_, key) => [key, key])),
    { [`${long}${long}`.repeat(9)]: 1 },
  ];

  for (const value of values) {
    const text = safeJson(value);
    expect(text.length).toBeLessThan(20 * 1024 * 1024);
    expect(text).toMatch(/\[too large\]|"omitted"/);
    JSON.parse(text);
  }
});

test('toJSON that never comes to an end, or sits on a function, is survived', () => {
  const endless = (): object => ({ toJSON: endless });
  const hostile = Object.assign(() => 1, {
    toJSON: () => {
      throw new Error('no');
    },
  });

  expect(safeJson(endless())).toBe('"[too deep]"');
  expect(safeJson({ hostile, kept: 1 })).toBe('{"kept":1}');
});

test('any graph of objects, however they refer to each other, gives bounded JSON text', () => {
  const edges = fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 150 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const nodes = Array.from({ length: 15 }, (): unknown[] => []);
      for (const [from, to] of pairs) nodes[from]?.push(nodes[to]);
      const text = safeJson(nodes);
      JSON.parse(text);
      expect(text.length).toBeLessThan(1_000_000);
    }),
    { numRuns: 30 },
  );
});

test.each([
  [new Map<unknown, unknown>([['a', new Map([['b', 1]])]]), { a: { b: 1 } }],
  [new Map<unknown, unknown>([[1, 'one']]), [[1, 'one']]],
  [new Set(['a', new Set([1n])]), ['a', ['1']]],
  [
    Object.assign(new TypeError('no'), { code: 'E1' }),
    { name: 'TypeError', message: 'no', code: 'E1' },
  ],
  [{ failed: new Error('x') }, { failed: { name: 'Error', message: 'x' } }],
  [runInNewContext('new Map([["a", 1]])'), { a: 1 }],
  [Object.create(null), {}],
])('what JSON has no form for is written with what is in it: %o', (value, written) => {
  expect(JSON.parse(safeJson(value))).toEqual(written);
});

test('a Map that is too large or has itself in it is bounded like any object', () => {
  const large = new Map(Array.from({ length: 150_000 }, (_, n) => [`k${n}`, n]));
  const circular = new Map<string, unknown>();
  circular.set('self', circular);

  expect(safeJson(large).length).toBeLessThan(2_500_000);
  expect(safeJson(large)).toContain('[too large]');
  expect(JSON.parse(safeJson(circular))).toEqual({ self: '[circular]' });
  // What only says that it is one.
  expect(safeJson({ [Symbol.toStringTag]: 'Map', a: 1 })).toBe('{"a":1}');
  expect(
    safeJson(
      new (class {
        readonly [Symbol.toStringTag] = 'Map';
      })(),
    ),
  ).toBe('"[unreadable]"');
});

test('bytes are a part of type blob, numbers a list', () => {
  const bytes = Uint8Array.of(1, 2, 250);
  const blob = { type: 'blob', modality: 'document', content: 'AQL6' };

  for (const value of [
    bytes,
    Buffer.from(bytes),
    bytes.buffer,
    new DataView(bytes.buffer),
    Buffer.from(bytes).toJSON(),
  ])
    expect(JSON.parse(safeJson({ value }))).toEqual({ value: blob });
  expect(JSON.parse(safeJson(bytes.subarray(1, 2)))).toEqual({ ...blob, content: 'Ag==' });
  expect(safeJson(Float32Array.of(0.5, 1))).toBe('[0.5,1]');
  expect(safeJson({ type: 'Buffer', data: ['x'] })).toBe('{"type":"Buffer","data":["x"]}');
});

test('more bytes than a span can carry are told by their number', () => {
  expect(JSON.parse(safeJson(new Uint8Array(13 * 1024 * 1024)))).toEqual({
    type: 'omitted',
    modality: 'document',
    byte_length: 13 * 1024 * 1024,
  });
});
