import { expect, test } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';

function answers(limit: ConcurrencyLimit, count: number, millis: number): void {
  for (let i = 0; i < count; i++) limit.answered(millis, limit.current);
}

test('a receiver that answers as fast as usual keeps the ceiling', () => {
  const limit = new ConcurrencyLimit(8);

  answers(limit, 100, 20);

  expect(limit.current).toBe(8);
});

test('a receiver that gets slow under load gets less of it, and more again when it is as fast as before', () => {
  const limit = new ConcurrencyLimit(8);
  answers(limit, 10, 20);

  answers(limit, 10, 200);
  const slow = limit.current;
  answers(limit, 60, 20);

  expect(slow).toBeLessThan(5);
  expect(limit.current).toBe(8);
});

test('a receiver that has become slower for good is not held down for ever', () => {
  const limit = new ConcurrencyLimit(8);
  answers(limit, 10, 20);

  answers(limit, 200, 200);

  expect(limit.current).toBe(8);
});

test('a failure halves it, down to one', () => {
  const limit = new ConcurrencyLimit(8);

  limit.failed();
  expect(limit.current).toBe(4);
  for (let i = 0; i < 10; i++) limit.failed();

  expect(limit.current).toBe(1);
});

test('answers that did not use the limit do not raise it', () => {
  const limit = new ConcurrencyLimit(8);
  limit.failed();

  for (let i = 0; i < 100; i++) limit.answered(20, 1);

  expect(limit.current).toBe(4);
});
