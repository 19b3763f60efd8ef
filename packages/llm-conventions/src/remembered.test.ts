import { expect, test } from 'vitest';
import { Remembered } from './remembered.ts';

test('keeps what was found, and starts over where that is too much', () => {
  const remembered = new Remembered<number>();

  for (let n = 0; n < 256; n++) remembered.set(`key ${n}`, n);
  expect([remembered.get('key 0'), remembered.get('key 255')]).toEqual([0, 255]);

  remembered.set('one more', 1);
  expect([remembered.get('key 255'), remembered.get('one more')]).toEqual([undefined, 1]);
});

test('keeps nothing for what is too long to be named often', () => {
  const remembered = new Remembered<number>();

  remembered.set('x'.repeat(513), 1);

  expect(remembered.get('x'.repeat(513))).toBeUndefined();
});
