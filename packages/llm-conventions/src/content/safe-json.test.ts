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
