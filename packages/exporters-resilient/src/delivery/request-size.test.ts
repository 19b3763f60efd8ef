import { expect, test } from 'vitest';
import { RequestSize } from './request-size.ts';

test('nothing is limited until the receiver refuses a size', () => {
  const size = new RequestSize();
  size.taken(10_000_000);

  expect(size.limit).toBe(Infinity);
});

test('after a refusal it is half, grows with what is taken, and never reaches what was refused', () => {
  const size = new RequestSize();

  size.tooLarge(1000);
  expect(size.limit).toBe(500);
  size.taken(100);
  expect(size.limit).toBe(500);
  for (let i = 0; i < 100; i++) size.taken(size.limit);

  expect(size.limit).toBeGreaterThan(900);
  expect(size.limit).toBeLessThan(1000);
});

test('a request that timed out halves it, but not below 64 KiB', () => {
  const size = new RequestSize();

  size.timedOut(1_000_000);
  expect(size.limit).toBe(500_000);
  for (let i = 0; i < 10; i++) size.timedOut(size.limit);
  expect(size.limit).toBe(65_536);
  size.timedOut(1000);

  expect(size.limit).toBe(65_536);
});

test('what was learned is forgotten with the receiver', () => {
  const size = new RequestSize();
  size.tooLarge(1000);

  size.forget();

  expect(size.limit).toBe(Infinity);
});
