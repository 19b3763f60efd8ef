import * as fc from 'fast-check';
import { TraceState as StockTraceState } from '@opentelemetry/core';
import { describe, expect, test } from 'vitest';
import { HeaderTraceState } from './trace-state.ts';

const serialized = (header: string): string => new HeaderTraceState(header).serialize();

describe('tracestate_parsing', () => {
  test('tracestate_parsing: members are found by key and keep their order', () => {
    const state = new HeaderTraceState('ot=th:c;rv:6e6d1a75832a2f,congo=t61rcWkgMzE');

    expect(state.get('ot')).toBe('th:c;rv:6e6d1a75832a2f');
    expect(state.get('congo')).toBe('t61rcWkgMzE');
    expect(state.get('rojo')).toBeUndefined();
    expect(state.serialize()).toBe('ot=th:c;rv:6e6d1a75832a2f,congo=t61rcWkgMzE');
  });

  test.each([
    ['blanks around members', ' foo=1 \t,\t bar=2 ', 'foo=1,bar=2'],
    ['empty members', 'foo=1,,bar=2, ,', 'foo=1,bar=2'],
    ['a blank in front of the value', 'foo= 1', 'foo= 1'],
    ['every kind of key', '0a_-*/@z=1', '0a_-*/@z=1'],
    ['a second member of one key', 'foo=1,bar=2,foo=3', 'foo=1,bar=2'],
  ])('%s: %j is read as %j', (_, header, expected) => {
    expect(serialized(header)).toBe(expected);
  });

  test.each([
    'foo',
    'foo=',
    '=1',
    'foo @=1',
    'foo =1',
    'FOO=1',
    'foo.bar=1',
    '_foo=1',
    '@foo=1',
    'foo=bar=baz',
    'foo=é',
    'foo=\u0000',
    'foo=a\r\nb',
    `${'k'.repeat(257)}=1`,
    `foo=${'v'.repeat(257)}`,
  ])('the malformed member %j is left out and the others stay', (member) => {
    expect(serialized(`a=1,${member},z=2`)).toBe('a=1,z=2');
  });

  test('32 members are kept, 33 are no list', () => {
    const members = Array.from({ length: 32 }, (_, at) => `k${at}=${at}`);

    expect(serialized(members.join(','))).toBe(members.join(','));
    expect(serialized([...members, 'one=more'].join(','))).toBe('');
  });

  test('past 512 characters members of more than 128 go first, then the last ones', () => {
    const large = `large=${'x'.repeat(150)}`;
    const small = Array.from({ length: 10 }, (_, at) => `k${at}=${'y'.repeat(42)}`);

    const withLarge = [...small.slice(0, 1), large, ...small.slice(1, 9)];
    expect(serialized(withLarge.join(','))).toBe(small.slice(0, 9).join(','));
    const many = Array.from({ length: 15 }, (_, at) => `k${at}=${'y'.repeat(40)}`);
    const kept = serialized(many.join(','));
    expect(kept.length).toBeLessThanOrEqual(512);
    expect(many.join(',').startsWith(`${kept},`)).toBe(true);
  });

  // Work by the square of the length would take hours: the limit of a test is enough to tell.
  test.each(['a=1,', ',', '=', 'a', ' ', 'a= ', '\t,'])(
    'a hostile header of ten megabytes of %j comes to its end, within the limits',
    (text) => {
      expect(serialized(text.repeat(10_000_000 / text.length)).length).toBeLessThanOrEqual(512);
    },
  );
});

describe('changing a list', () => {
  const state = new HeaderTraceState('foo=1,bar=2');

  test('a new or changed member stands in front', () => {
    expect(state.set('new', '3').serialize()).toBe('new=3,foo=1,bar=2');
    expect(state.set('bar', '3').serialize()).toBe('bar=3,foo=1');
    expect(state.serialize()).toBe('foo=1,bar=2');
  });

  test('a member is taken out', () => {
    expect(state.unset('foo').serialize()).toBe('bar=2');
    expect(state.unset('none')).toBe(state);
  });

  test.each([
    ['Foo', '1'],
    ['', '1'],
    ['a', ''],
    ['a', 'b,c'],
    ['a', 'b=c'],
    ['a', 'b '],
    ['a', 'b\r\nc'],
    ['k'.repeat(256), 'v'.repeat(256)],
  ])('%j=%j cannot be set', (key, value) => {
    expect(state.set(key, value)).toBe(state);
  });

  test('the 33rd member takes the place of the oldest', () => {
    let full = new HeaderTraceState();
    for (let at = 0; at < 33; at++) full = full.set(`k${at}`, 'v');

    expect(full.get('k0')).toBeUndefined();
    expect(full.serialize().split(',')).toHaveLength(32);
    expect(full.serialize().startsWith('k32=v,')).toBe(true);
  });
});

test('no string makes it throw, and what it writes is within the limits and read back the same', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'ab0=, \t@/-*_Z"\n'.split('')),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 700,
  });
  fc.assert(
    fc.property(text, (header) => {
      const written = serialized(header);
      expect(written.length).toBeLessThanOrEqual(512);
      expect(written).toMatch(/^[ -~]*$/);
      expect(serialized(written)).toBe(written);
    }),
  );
});

test('a list within the limits is the same to the stock class', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9_\-*/]{0,8}$/);
  const value = fc.stringMatching(/^[!-+\--<>-~]{1,8}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(key, value), { maxLength: 20, selector: ([k]) => k }),
      (list) => {
        const header = list.map(([k, v]) => `${k}=${v}`).join(',');
        expect(serialized(header)).toBe(new StockTraceState(header).serialize());
      },
    ),
  );
});
