import { expect, test } from 'vitest';
import { testDelivery } from '../../test/fixtures/delivery.ts';

test('by default 10,000 items or 64 MiB wait for a receiver that is away', () => {
  const byNumber = testDelivery();
  expect(byNumber.give('a', 9999)).toBe(true);
  expect(byNumber.give('b', 2)).toBe(false);
  expect(byNumber.give('c', 1)).toBe(true);
  expect(byNumber.ledger()).toMatchObject({ inFlight: 10_000, dropped: { buffer_full: 2 } });

  const byBytes = testDelivery();
  expect(byBytes.give('a', 1, 64 * 1024 * 1024 - 1)).toBe(true);
  expect(byBytes.give('b', 1, 2)).toBe(false);
  expect(byBytes.give('c', 1, 1)).toBe(true);
});
