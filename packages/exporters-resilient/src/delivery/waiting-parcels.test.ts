import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DELIVERED,
  testDelivery,
  type TestPayload,
  UNAVAILABLE,
} from '../../test/fixtures/delivery.ts';
import { WaitingParcels, type WhenBufferFull } from './waiting-parcels.ts';

type Level = 0 | 1 | 2;

const parcel = (id: string, priority: Level, items = 10, stored?: object) => ({
  id,
  payload: { items, byteLength: items, priority },
  stored,
});
type TestParcel = ReturnType<typeof parcel>;

function waiting(...parcels: readonly TestParcel[]): WaitingParcels<TestParcel> {
  const line = new WaitingParcels<TestParcel>();
  for (const each of parcels) line.add(each);
  return line;
}

const five = (): WaitingParcels<TestParcel> =>
  waiting(parcel('a', 1), parcel('b', 2), parcel('c', 0), parcel('d', 1), parcel('e', 2));
const goneFor = (items: number, priority: Level, whenFull: WhenBufferFull): string[] | undefined =>
  five()
    .makeRoom({ items, bytes: 0 }, priority, whenFull)
    ?.map(({ id }) => id);

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
    const stored = waiting(parcel('a', 2, 10, {}));
    expect(stored.makeRoom({ items: 1, bytes: 1 }, 0, 'drop_oldest')).toBeUndefined();
    expect(stored.size).toBe(1);
  });
});

/** The same rules by looking at all of them. */
class Line {
  all: TestParcel[] = [];

  takeFirst = (): TestParcel | undefined => this.all.shift();

  takeMostImportant(): TestParcel | undefined {
    const [first] = this.all.toSorted((a, b) => a.payload.priority - b.payload.priority);
    if (first !== undefined) this.all.splice(this.all.indexOf(first), 1);
    return first;
  }

  makeRoom(items: number, priority: Level, whenFull: WhenBufferFull): TestParcel[] | undefined {
    const oldest = whenFull === 'drop_oldest';
    const inTurn = this.all
      .filter(({ stored, payload }) => {
        const isLess = oldest ? payload.priority >= priority : payload.priority > priority;
        return stored === undefined && isLess;
      })
      .toSorted((a, b) => (oldest ? 1 : -1) * (this.all.indexOf(a) - this.all.indexOf(b)))
      .toSorted((a, b) => b.payload.priority - a.payload.priority);
    const gone: TestParcel[] = [];
    let missing = items;
    for (const each of inTurn) {
      if (missing <= 0) break;
      gone.push(each);
      missing -= each.payload.items;
    }
    if (missing > 0) return undefined;
    this.all = this.all.filter((each) => !gone.includes(each));
    return gone;
  }
}

test('the lanes do what one line does that is searched from end to end', () => {
  const level = fc.constantFrom<Level>(0, 1, 2);
  const step = fc.oneof(
    fc.record({
      kind: fc.constantFrom('add' as const, 'addInFront' as const),
      level,
      items: fc.integer({ min: 1, max: 9 }),
      stored: fc.boolean(),
    }),
    fc.constantFrom({ kind: 'takeFirst' as const }, { kind: 'takeMostImportant' as const }),
    fc.record({
      kind: fc.constant('makeRoom' as const),
      level,
      items: fc.integer({ min: 0, max: 30 }),
      whenFull: fc.constantFrom<WhenBufferFull>('drop_newest', 'drop_oldest'),
    }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lanes = new WaitingParcels<TestParcel>();
      const line = new Line();
      for (const [index, each] of steps.entries()) {
        if (each.kind === 'add' || each.kind === 'addInFront') {
          const { level, items, stored } = each;
          const one = parcel(String(index), level, items, stored ? {} : undefined);
          lanes[each.kind](one);
          if (each.kind === 'add') line.all.push(one);
          else line.all.unshift(one);
        } else if (each.kind === 'makeRoom') {
          const { items, level, whenFull } = each;
          const gone = lanes.makeRoom({ items, bytes: items }, level, whenFull);
          expect(gone).toEqual(line.makeRoom(items, level, whenFull));
        } else expect(lanes[each.kind]()).toBe(line[each.kind]());
        expect([lanes.size, lanes.first, lanes.last, lanes.areStored]).toEqual([
          line.all.length,
          line.all[0],
          line.all.at(-1),
          line.all.every(({ stored }) => stored !== undefined),
        ]);
      }
      expect(lanes.takeAll()).toEqual(line.all);
      expect(lanes.size).toBe(0);
    }),
  );
});

/** One item of each of the priorities, as a request has them that left before there was trouble. */
const mixed = (id: string, priorities: readonly Level[]): TestPayload => ({
  id,
  items: priorities.length,
  byteLength: 100,
  priority: 0,
  isMixed: true,
  byPriority: () =>
    ([0, 1, 2] as const)
      .filter((priority) => priorities.includes(priority))
      .map((priority): TestPayload => {
        const items = priorities.filter((each) => each === priority).length;
        return { id: `${id}/${priority}`, items, byteLength: 100, priority };
      }),
});

describe('what left the queue before the receiver was known to be in trouble', () => {
  test.each(['drop_newest', 'drop_oldest'] as const)(
    'gives way by the priority of its items (%s)',
    async (whenFull) => {
      const { accept, offer, answer, attempts, clock, ledger } = testDelivery({
        buffer: { maxItems: 7 },
        whenFull,
      });
      accept('probe', 0);
      offer(mixed('early', [1, 0, 2, 2]));
      await answer(UNAVAILABLE);
      accept('usual', 1);
      accept('error', 0);
      // Full: those for debugging go, and then the ordinary ones.
      accept('error 2', 0);
      accept('error 3', 0);
      expect(ledger().dropped).toEqual({ buffer_full: 2 });
      accept('error 4', 0);
      accept('error 5', 0);
      expect(ledger()).toMatchObject({ dropped: { buffer_full: 4 }, inFlight: 7 });

      await clock.advance(1000);
      for (let i = 0; i < 7; i++) await answer(DELIVERED);
      expect(attempts.slice(1).map(({ payload }) => payload.id)).toEqual([
        'probe',
        'early/0',
        'error',
        'error 2',
        'error 3',
        'error 4',
        'error 5',
      ]);
    },
  );

  test('is taken in parts where there is no room for all of it, and takes the place of nothing more important', async () => {
    const { accept, offer, answer, ledger, attempts, clock } = testDelivery({
      buffer: { maxItems: 4 },
    });
    accept('probe', 0);
    await answer(UNAVAILABLE);
    accept('usual', 1);
    accept('another', 1);

    offer(mixed('late', [2, 1, 0, 0, 1]));

    expect(ledger()).toMatchObject({ handed: 8, dropped: { buffer_full: 4 }, inFlight: 4 });
    await clock.advance(1000);
    for (let i = 0; i < 3; i++) await answer(DELIVERED);
    const ids = attempts.slice(1).map(({ payload }) => payload.id);
    expect(ids).toEqual(['probe', 'late/0', 'usual']);
    expect(ledger()).toMatchObject({ exported: 4, inFlight: 0 });
  });

  test('keeps the time of its first attempt', async () => {
    const { accept, offer, answer, ledger, clock } = testDelivery({
      buffer: { maxItems: 3 },
      retry: { maxElapsedMillis: 5000 },
    });
    offer(mixed('early', [0, 0, 1]));
    await answer(UNAVAILABLE);
    await clock.advance(4500);
    await answer(UNAVAILABLE);
    accept('error', 0);
    await clock.advance(4000);

    await answer(UNAVAILABLE);

    expect(ledger().dropped).toEqual({ buffer_full: 1, retry_exhausted: 2 });
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
