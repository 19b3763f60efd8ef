import { ledgerErrors } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { DELIVERED, testDelivery, UNAVAILABLE } from '../../test/fixtures/delivery.ts';
import { memoryBacklog } from '../../test/fixtures/memory-backlog.ts';

test('what the buffer has no room for goes into the backlog and is delivered when there is time', async () => {
  const backlog = memoryBacklog();
  const { give, answer, attempts, ledger } = testDelivery({ backlog, buffer: { maxItems: 2 } });

  give('a', 2);
  expect(give('b', 3)).toBe(true);
  expect(ledger()).toMatchObject({ inFlight: 2, spooled: 3 });
  await answer(DELIVERED);
  expect(ledger()).toMatchObject({ exported: 2, inFlight: 3, spooled: 0 });
  await answer(DELIVERED);

  expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b']);
  expect(ledger()).toMatchObject({ exported: 5, inFlight: 0, spooled: 0 });
  expect(backlog.records).toEqual([]);
});

test('a backlog that has no room gives the reason of the drop', () => {
  const { give, ledger } = testDelivery({
    backlog: memoryBacklog({ room: 0 }),
    buffer: { maxItems: 1 },
  });

  give('a');
  expect(give('b', 4)).toBe(false);

  expect(ledger()).toMatchObject({ inFlight: 1, dropped: { backlog_full: 4 } });
});

test('while the receiver is in trouble one payload asks, and the others wait in the backlog', async () => {
  const backlog = memoryBacklog();
  const { give, answer, attempts, clock, ledger } = testDelivery({ backlog, concurrency: 2 });
  give('a');
  give('b');
  give('c');

  await answer(UNAVAILABLE, 0);
  expect(ledger()).toMatchObject({ inFlight: 2, spooled: 1 });
  await answer(UNAVAILABLE, 1);
  expect(ledger()).toMatchObject({ inFlight: 1, spooled: 2 });
  give('d');
  expect(ledger()).toMatchObject({ inFlight: 1, spooled: 3 });
  await clock.advance(1000);
  for (let i = 2; i < 6; i++) await answer(DELIVERED, i);

  expect(attempts).toHaveLength(6);
  expect(ledger()).toMatchObject({ exported: 4, inFlight: 0, spooled: 0 });
});

test('what was tried for long enough goes back into the backlog instead of being dropped', async () => {
  const backlog = memoryBacklog();
  const { give, answer, clock, ledger } = testDelivery({
    backlog,
    retry: { maxElapsedMillis: 1000 },
  });
  give('a');

  await answer(UNAVAILABLE);
  await clock.advance(1000);
  await answer(UNAVAILABLE);
  expect(ledger()).toMatchObject({ inFlight: 0, spooled: 1, dropped: {} });
  await clock.advance(2000);
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1, spooled: 0, inFlight: 0 });
});

test('a flush of a receiver in trouble is done when everything lies in the backlog', async () => {
  const backlog = memoryBacklog();
  const { give, answer, delivery, ledger } = testDelivery({ backlog });
  give('a');
  give('b');
  let flushed = false;
  const flush = delivery.idle().then(() => (flushed = true));
  await answer({ kind: 'delivered' }, 0);
  expect(flushed).toBe(false);

  await answer(UNAVAILABLE);
  await flush;

  expect(ledger()).toMatchObject({ exported: 1, inFlight: 0, spooled: 1 });
  expect(backlog.records.map(({ payload }) => payload.id)).toEqual(['b']);
});

test('an attempt that was made safe goes on, and its record is forgotten when it succeeds', async () => {
  const backlog = memoryBacklog();
  const { give, answer, delivery, ledger } = testDelivery({ backlog });
  give('a');

  delivery.secure();
  expect(backlog.records).toHaveLength(1);
  expect(ledger()).toMatchObject({ inFlight: 1, spooled: 0 });
  await answer(DELIVERED);

  expect(ledger()).toMatchObject({ exported: 1, inFlight: 0, spooled: 0 });
  expect(backlog.records).toEqual([]);
});

test('closing leaves everything in the backlog, attempts that were cut off as well', () => {
  const backlog = memoryBacklog();
  const { give, delivery, attempts, ledger } = testDelivery({ backlog });
  give('a');
  give('b');

  delivery.close('shutdown_timeout');

  expect(attempts[0]?.signal.aborted).toBe(true);
  expect(ledger()).toMatchObject({ inFlight: 0, spooled: 2, dropped: {} });
  expect(backlog.closed).toBe(true);
});

test('closing drops only what the backlog has no room for', () => {
  const { give, delivery, ledger } = testDelivery({ backlog: memoryBacklog({ room: 1 }) });
  give('a', 2);
  give('b', 3);

  delivery.close('shutdown_timeout');

  const { spooled, dropped } = ledger();
  expect(spooled + (dropped['backlog_full'] ?? 0)).toBe(5);
  expect(spooled).toBeGreaterThan(0);
});

test('with a backlog that is ahead every payload is stored before its attempt, in the order they came', async () => {
  const backlog = memoryBacklog({ ahead: true });
  const { give, answer, attempts, ledger } = testDelivery({ backlog, buffer: { maxItems: 1 } });

  give('a');
  expect(backlog.records).toHaveLength(1);
  give('b');
  give('c');
  expect(ledger()).toMatchObject({ inFlight: 1, spooled: 2 });
  for (let i = 0; i < 3; i++) await answer(DELIVERED);

  expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'c']);
  expect(backlog.records).toEqual([]);
  expect(ledger()).toMatchObject({ exported: 3, inFlight: 0, spooled: 0 });
});

test('the record of a payload that was split is forgotten with the last of its parts', async () => {
  const backlog = memoryBacklog({ ahead: true });
  const { give, answer, ledger } = testDelivery({ backlog });
  give('a', 4);

  await answer({ kind: 'too_large', reason: 'http_413' });
  await answer(DELIVERED);
  expect(backlog.records).toHaveLength(1);
  await answer({ kind: 'refused', reason: 'http_400' });

  expect(backlog.records).toEqual([]);
  expect(ledger()).toMatchObject({ exported: 2, rejected: { http_400: 2 }, inFlight: 0 });
});

test('a part that goes back gets a record of its own, so that the other part is not sent again', async () => {
  const backlog = memoryBacklog({ ahead: true });
  const { give, answer, delivery, ledger } = testDelivery({ backlog });
  give('a', 4);
  await answer({ kind: 'too_large', reason: 'http_413' });
  await answer(DELIVERED);

  delivery.close('shutdown_timeout');

  expect(backlog.records.map(({ payload }) => payload.id)).toEqual(['a.1']);
  expect(ledger()).toMatchObject({ exported: 2, spooled: 2, inFlight: 0 });
});

test('what an earlier process left is fetched as soon as it is found', async () => {
  const backlog = memoryBacklog();
  const { answer, attempts, ledger, recover, clock } = testDelivery({ backlog });

  recover('old', 7);
  await clock.advance(0);
  expect(attempts.map(({ payload }) => payload.id)).toEqual(['old']);
  await answer(DELIVERED);

  const destination = ledger();
  expect(destination).toMatchObject({ recovered: 7, exported: 7, spooled: 0 });
  expect(
    ledgerErrors({
      signal: 'traces',
      ended: 0,
      sampledOut: {},
      undecided: 0,
      queued: 0,
      dropped: {},
      handed: 0,
      destinations: { test: destination },
    }),
  ).toEqual([]);
});

test('after an outage what was kept arrives in the order it came, and what comes meanwhile behind it', async () => {
  const backlog = memoryBacklog();
  const { give, answer, attempts, clock } = testDelivery({ backlog, concurrency: 2 });
  for (const id of ['1', '2', '3']) give(id);
  await answer(UNAVAILABLE, 0);
  await answer(UNAVAILABLE, 1);
  for (const id of ['4', '5']) give(id);

  await clock.advance(1000);
  await answer(DELIVERED, 2);
  give('6');
  for (let i = 3; i < 8; i++) await answer(DELIVERED, i);

  const sent = attempts.slice(2).map(({ payload }) => payload.id);
  expect(sent).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('closing in an outage leaves them in that order, the one that was tried in front', async () => {
  const backlog = memoryBacklog();
  const { give, answer, delivery } = testDelivery({ backlog });
  give('1');
  await answer(UNAVAILABLE);
  for (const id of ['2', '3']) give(id);

  delivery.close('shutdown_timeout');

  expect(backlog.records.map(({ payload }) => payload.id)).toEqual(['1', '2', '3']);
});

test('a payload that always fails does not hold up the others', async () => {
  const backlog = memoryBacklog();
  const { give, answer, attempts, clock, ledger } = testDelivery({ backlog });
  for (const id of ['bad', '2', '3', '4']) give(id);

  for (let i = 0; i < 40 && ledger().exported < 3; i++) {
    await answer(attempts[i]?.payload.id === 'bad' ? UNAVAILABLE : DELIVERED, i);
    // Longer than any back-off, shorter than an attempt may take.
    await clock.advance(8000);
  }

  expect(ledger()).toMatchObject({ exported: 3 });
});

describe('where order counts', () => {
  test('an outage makes no payload suspect: none is tried before the oldest', async () => {
    const { give, answer, attempts, clock } = testDelivery({
      backlog: memoryBacklog(),
      inOrder: true,
      breaker: { resetMillis: 5000 },
    });
    for (const id of ['1', '2', '3']) give(id);

    for (let i = 0; i < 8; i++) {
      await answer(UNAVAILABLE, i);
      await clock.advance(8000);
    }
    for (let i = 8; i < 11; i++) await answer(DELIVERED, i);

    const sent = attempts.map(({ payload }) => payload.id);
    expect(sent).toEqual([...Array.from({ length: 9 }, () => '1'), '2', '3']);
  });

  test('in a long outage another one is tried once in a while, and goes behind the oldest again', async () => {
    const { give, answer, attempts, clock } = testDelivery({
      backlog: memoryBacklog(),
      inOrder: true,
      breaker: { resetMillis: 5000 },
      retry: { maxElapsedMillis: 20_000 },
    });
    for (const id of ['1', '2', '3']) give(id);

    for (let i = 0; i < 6; i++) {
      await answer(UNAVAILABLE, i);
      await clock.advance(8000);
    }
    for (let i = 6; i < 9; i++) await answer(DELIVERED, i);

    expect(attempts.map(({ payload }) => payload.id).join(' ')).toBe('1 1 1 1 2 1 1 2 3');
  });

  test('a payload that always fails does not hold up the others for good', async () => {
    const { give, answer, attempts, clock, ledger } = testDelivery({
      backlog: memoryBacklog(),
      inOrder: true,
      breaker: { resetMillis: 5000 },
      retry: { maxElapsedMillis: 20_000 },
    });
    for (const id of ['bad', '2', '3', '4']) give(id);

    for (let i = 0; i < 40 && ledger().exported < 3; i++) {
      await answer(attempts[i]?.payload.id === 'bad' ? UNAVAILABLE : DELIVERED, i);
      await clock.advance(8000);
    }

    expect(ledger()).toMatchObject({ exported: 3 });
  });
});
