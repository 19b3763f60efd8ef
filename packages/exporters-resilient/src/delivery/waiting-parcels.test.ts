import { describe, expect, test } from 'vitest';
import { testDelivery, UNAVAILABLE } from '../../test/fixtures/delivery.ts';
import { evictions } from './evictions.ts';

const parcel = (id: string, priority: 0 | 1 | 2, items = 10) => ({
  id,
  priority,
  payload: { id, items, byteLength: items },
});
const waiting = [parcel('a', 1), parcel('b', 2), parcel('c', 0), parcel('d', 1), parcel('e', 2)];
const goneFor = (
  items: number,
  priority: 0 | 1 | 2,
  whenFull: 'drop_newest' | 'drop_oldest',
): string[] | undefined =>
  evictions(waiting, { items, bytes: 0 }, priority, whenFull)?.map(({ id }) => id);

describe('what gives way in a full buffer', () => {
  test('with drop_newest the newest of the less important ones, the least important first', () => {
    expect(goneFor(1, 0, 'drop_newest')).toEqual(['e']);
    expect(goneFor(25, 0, 'drop_newest')).toEqual(['e', 'b', 'd']);
    expect(goneFor(5, 1, 'drop_newest')).toEqual(['e']);
    expect(goneFor(5, 2, 'drop_newest')).toBeUndefined();
  });

  test('with drop_oldest the oldest, those of the same priority too', () => {
    expect(goneFor(1, 2, 'drop_oldest')).toEqual(['b']);
    expect(goneFor(25, 1, 'drop_oldest')).toEqual(['b', 'e', 'a']);
    expect(goneFor(45, 0, 'drop_oldest')).toEqual(['b', 'e', 'a', 'd', 'c']);
  });

  test('nothing where all of it would not do, and nothing that the spool has as well', () => {
    expect(goneFor(41, 1, 'drop_oldest')).toBeUndefined();
    const stored = [{ ...parcel('a', 2), stored: {} }];
    expect(evictions(stored, { items: 1, bytes: 1 }, 0, 'drop_oldest')).toBeUndefined();
  });
});

test('a delivery that is full takes what is more important, counts what gave way, and sends the important first', async () => {
  const { accept, answer, attempts, clock, ledger } = testDelivery({ buffer: { maxItems: 3 } });
  accept('probe', 1);
  await answer(UNAVAILABLE);
  accept('usual', 1);
  accept('debug', 2);

  expect([accept('error', 0), accept('another', 1)]).toEqual([true, false]);

  expect(ledger()).toMatchObject({ handed: 5, dropped: { buffer_full: 2 }, inFlight: 3 });
  await clock.advance(1000);
  for (let i = 0; i < 3; i++) await answer({ kind: 'delivered' });
  expect(attempts.map(({ payload }) => payload.id)).toEqual(['probe', 'error', 'probe', 'usual']);
});

test('with drop_oldest the oldest goes, and the newest is there', async () => {
  const { accept, answer, ledger, attempts, clock } = testDelivery({
    buffer: { maxItems: 2 },
    whenFull: 'drop_oldest',
  });
  accept('first', 1);
  await answer(UNAVAILABLE);
  accept('second', 1);

  expect([accept('third', 1), accept('fourth', 1)]).toEqual([true, true]);

  expect(ledger()).toMatchObject({ dropped: { buffer_full: 2 }, inFlight: 2 });
  await clock.advance(1000);
  for (let i = 0; i < 2; i++) await answer({ kind: 'delivered' });
  expect(attempts.map(({ payload }) => payload.id)).toEqual(['first', 'third', 'fourth']);
});
