import { expect, test } from 'vitest';
import { DELIVERED, testDelivery, UNAVAILABLE } from '../../test/fixtures/delivery.ts';

// Five failures: 1, 2, 4 and 8 seconds of waiting between them, at the top of the jitter.
const WAITS = [1000, 2000, 4000, 8000];

async function opened() {
  const setup = testDelivery();
  setup.give('a');
  for (const wait of WAITS) {
    await setup.answer(UNAVAILABLE);
    await setup.clock.advance(wait);
  }
  await setup.answer(UNAVAILABLE);
  return setup;
}

test('five failures in a row open the circuit: nothing is sent until the reset, then one request probes', async () => {
  const { attempts, clock, delivery, give, circuits } = await opened();
  expect(attempts).toHaveLength(5);
  expect(delivery.isAvailable).toBe(false);

  for (const id of ['b', 'c', 'd']) give(id);
  await clock.advance(4999);
  expect(attempts).toHaveLength(5);
  await clock.advance(1);

  expect(attempts).toHaveLength(6);
  expect(circuits).toEqual(['open', 'half_open']);
});

test('a probe that fails opens it again, one that succeeds closes it and everything goes out', async () => {
  const { attempts, clock, answer, give, circuits, ledger, delivery } = await opened();
  give('b');

  await clock.advance(5000);
  await answer(UNAVAILABLE);
  await clock.advance(5000);
  await answer(DELIVERED);
  await answer(DELIVERED);

  expect(circuits).toEqual(['open', 'half_open', 'open', 'half_open', 'closed']);
  expect(attempts).toHaveLength(8);
  expect(ledger()).toMatchObject({ exported: 2, inFlight: 0 });
  expect(delivery.isAvailable).toBe(true);
});

test('an answer of no closes it as well: the receiver is there', async () => {
  const { clock, answer, circuits, ledger } = await opened();

  await clock.advance(5000);
  await answer({ kind: 'refused', reason: 'http_400' });

  expect(circuits.at(-1)).toBe('closed');
  expect(ledger()).toMatchObject({ rejected: { http_400: 1 } });
});

test('a shutdown probes an open circuit at once', async () => {
  const { delivery, attempts, answer, ledger } = await opened();

  delivery.hurry();
  await answer(DELIVERED);

  expect(attempts).toHaveLength(6);
  expect(ledger()).toMatchObject({ exported: 1 });
});

test('Retry-After keeps an open circuit open for as long as it says', async () => {
  const { clock, answer, attempts } = await opened();

  await clock.advance(5000);
  await answer({ kind: 'retry', reason: 'http_503', afterMillis: 60_000 });
  await clock.advance(59_999);
  expect(attempts).toHaveLength(6);
  await clock.advance(1);

  expect(attempts).toHaveLength(7);
});

test('the size of requests follows what the receiver takes', async () => {
  const { give, answer, attempts } = testDelivery();

  give('a', 4, 1000);
  await answer({ kind: 'too_large', reason: 'http_413' });
  for (let i = 0; i < 2; i++) await answer(DELIVERED);
  give('b', 4, 1000);
  for (let i = 0; i < 2; i++) await answer(DELIVERED);

  // The second one is not even tried as a whole.
  expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'a.0', 'a.1', 'b.0', 'b.1']);
});

test('what is refused for good is shown before it is forgotten, a single item that is too large as well', async () => {
  const { give, answer, refused, ledger } = testDelivery();

  give('a');
  await answer({ kind: 'too_large', reason: 'http_413' });
  give('b');
  await answer({ kind: 'refused', reason: 'http_400', message: 'no' });
  give('c');
  await answer(DELIVERED);

  expect(refused).toEqual(['a: http_413', 'b: http_400']);
  expect(ledger()).toMatchObject({ exported: 1, rejected: { http_413: 1, http_400: 1 } });
});
