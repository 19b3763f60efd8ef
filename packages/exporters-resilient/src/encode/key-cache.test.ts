import { expect, test } from 'vitest';
import { type EncodedKey, KeyCache } from './key-cache.ts';

const LONG = 'x'.repeat(257);

/** Those that stay in memory, by what refers to them. */
function keptFrom(start: EncodedKey): string[] {
  const keys: string[] = [];
  for (let at = start.next; at !== undefined; at = at.next) keys.push(at.key);
  return keys;
}

test('a key that came behind another one is found there again', () => {
  const keys = new KeyCache();
  const first = keys.after(keys.start, 'a');
  const second = keys.after(first, 'b');

  expect(keys.after(keys.start, 'a')).toBe(first);
  expect(keys.after(first, 'b')).toBe(second);
  expect(keptFrom(keys.start)).toEqual(['a', 'b']);
});

test('one that is too long to stay does not stay with the one before it either', () => {
  const keys = new KeyCache();
  const first = keys.after(keys.start, 'a');
  const long = keys.after(first, LONG);
  keys.after(long, 'b');

  expect(long.key).toBe(LONG);
  expect(keptFrom(keys.start)).toEqual(['a']);
});

test('nor does one that came when there were enough', () => {
  const keys = new KeyCache();
  for (let i = 0; i < 2048; i++) keys.get(`key ${i}`);
  keys.after(keys.start, 'one more');

  expect(keptFrom(keys.start)).toEqual([]);
});
