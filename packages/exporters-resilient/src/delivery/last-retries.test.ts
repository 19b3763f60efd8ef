import { describe, expect, test, vi } from 'vitest';
import { DELIVERED, testDelivery, UNAVAILABLE } from '../../test/fixtures/delivery.ts';
import { memoryBacklog } from '../../test/fixtures/memory-backlog.ts';

describe('in a hurry until a deadline', () => {
  test('retries do not wait for the back-off, and never without a pause', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery();
    give('a');
    await answer(UNAVAILABLE);

    delivery.hurry(clock.monotonicMillis() + 5000);
    const starts: number[] = [];
    while (clock.monotonicMillis() < 5000) {
      if (attempts.length > starts.length + 1) {
        starts.push(attempts.at(-1)!.at);
        await answer(UNAVAILABLE);
      }
      await clock.advance(10);
    }

    const waits = starts.slice(1).map((at, i) => at - starts[i]!);
    expect(waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1000);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
    expect(starts.at(-1)).toBeGreaterThan(4900);
  });

  test('an open circuit is probed again without the wait of a breaker', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ breaker: { failures: 1 } });
    give('a');
    await answer(UNAVAILABLE);

    delivery.hurry(clock.monotonicMillis() + 5000);
    await answer(UNAVAILABLE);
    await clock.advance(100);

    expect(attempts).toHaveLength(3);
  });

  test('Retry-After within the time is obeyed; a longer one but for one last try before the deadline', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery();
    give('a');
    await answer({ kind: 'retry', reason: 'http_429', afterMillis: 60_000 });

    delivery.hurry(clock.monotonicMillis() + 5000);
    await clock.advance(3999);
    expect(attempts).toHaveLength(1);
    await clock.advance(1);
    expect(attempts).toHaveLength(2);
    await answer({ kind: 'retry', reason: 'http_429', afterMillis: 60_000 });
    await clock.advance(1000);
    expect(attempts).toHaveLength(2);
  });
});

describe('a receiver that does not answer while a shutdown waits', () => {
  test('is asked a second time after three quarters of what is left, for one request, and nothing is cut short', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 3 });
    for (const id of ['a', 'b', 'c']) give(id);
    await clock.advance(1000);

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(2999);
    expect(attempts).toHaveLength(3);
    await clock.advance(1);
    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'c', 'a']);
    expect(attempts.every(({ signal }) => !signal.aborted)).toBe(true);

    // It is slow and no more than that.
    for (const index of [0, 1, 2]) await answer(DELIVERED, index);
    expect(attempts).toHaveLength(4);
    expect(attempts[3]!.signal.aborted).toBe(true);
    expect(ledger()).toMatchObject({ exported: 3, inFlight: 0, dropped: {} });
  });

  test('gets the others a second time as well once it answers the one, and the first answer to each counts', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 3 });
    for (const id of ['a', 'b', 'c']) give(id);
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);

    await answer(DELIVERED, 3);
    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
    expect(attempts[0]!.signal.aborted).toBe(true);
    await answer(DELIVERED, 1);
    await answer(DELIVERED, 5);
    // Too late, and told by nobody any more.
    await answer(DELIVERED, 4);
    await answer(UNAVAILABLE, 2);

    expect(attempts.slice(0, 5).map(({ signal }) => signal.aborted)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(ledger()).toMatchObject({ exported: 3, inFlight: 0, dropped: {} });
  });

  test('but not for what its status has decided, though the rest of that answer does not come', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 3 });
    for (const id of ['a', 'b', 'c']) give(id);
    attempts[0]!.expect(DELIVERED);
    attempts[1]!.expect({ kind: 'refused', reason: 'http_400' });

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);
    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'c', 'c']);
    await answer(DELIVERED);
    await clock.advance(1000);
    expect(attempts).toHaveLength(4);

    delivery.close('shutdown_timeout');
    expect(ledger()).toMatchObject({
      exported: 2,
      rejected: { http_400: 1 },
      inFlight: 0,
      dropped: {},
    });
  });

  test('and a probe whose answer is cut off at the deadline sends nothing more', async () => {
    const { give, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 2 });
    for (const id of ['a', 'b', 'c']) give(id);

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);
    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'c']);
    attempts[2]!.expect(DELIVERED);
    delivery.close('shutdown_timeout');

    expect(attempts).toHaveLength(3);
    expect(ledger()).toMatchObject({ exported: 1, inFlight: 0, dropped: { shutdown_timeout: 2 } });
  });

  test('of what leaves as the shutdown runs as well, counted from there', async () => {
    const { give, attempts, clock, delivery } = testDelivery();
    delivery.hurry(clock.monotonicMillis() + 5000);
    await clock.advance(1000);
    give('a');
    await clock.advance(2999);
    expect(attempts).toHaveLength(1);
    await clock.advance(1);
    expect(attempts).toHaveLength(2);
  });

  test('is asked with what waits, where something does: that is nothing twice', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery();
    for (const id of ['a', 'b', 'c']) give(id);
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);
    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b']);

    await answer(DELIVERED, 1);
    await answer(DELIVERED, 2);
    await answer(DELIVERED, 3);

    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'a', 'c']);
    expect(ledger()).toMatchObject({ exported: 3, inFlight: 0, dropped: {} });
  });

  test('is asked in order where order counts', async () => {
    const { give, attempts, clock, delivery } = testDelivery({ inOrder: true });
    for (const id of ['a', 'b']) give(id);
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);

    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'a']);
  });

  test('and refuses connections is asked again after short waits, while the first attempt goes on', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery();
    give('a');
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);
    await answer({ kind: 'retry', reason: 'ECONNREFUSED' });
    expect(attempts).toHaveLength(2);
    await clock.advance(100);
    expect(attempts).toHaveLength(3);
    expect(attempts[0]!.signal.aborted).toBe(false);
    await answer(DELIVERED, 0);

    expect(ledger()).toMatchObject({ exported: 1, inFlight: 0, dropped: {} });
  });

  test('holds up nothing that failed meanwhile', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ concurrency: 2 });
    for (const id of ['a', 'b']) give(id);
    delivery.hurry(clock.monotonicMillis() + 4000);

    await answer({ kind: 'retry', reason: 'ECONNRESET' });
    await clock.advance(100);

    expect(attempts.map(({ payload }) => payload.id)).toEqual(['a', 'b', 'b']);
  });

  test('is asked few times until the deadline, and what it has not answered is counted once', async () => {
    const { give, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 2 });
    for (const id of ['a', 'b', 'c']) give(id, 10);

    delivery.hurry(clock.monotonicMillis() + 5000);
    await clock.advance(5000);
    delivery.close('shutdown_timeout');

    expect(attempts.map(({ at }) => at)).toEqual([0, 0, 3750, 4687.5, 4921.875]);
    expect(attempts.every(({ signal }) => signal.aborted)).toBe(true);
    expect(ledger()).toMatchObject({
      exported: 0,
      inFlight: 0,
      dropped: { shutdown_timeout: 30 },
    });
  });

  test('has twice the time that it takes otherwise, and each answer gives it more', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ concurrency: 2 });
    give('first');
    await clock.advance(2200);
    await answer(DELIVERED);
    give('a');
    give('b');

    delivery.hurry(clock.monotonicMillis() + 5000);
    await clock.advance(4300);
    expect(attempts).toHaveLength(3);
    await answer(DELIVERED, 1);
    await clock.advance(699);

    expect(attempts).toHaveLength(3);
  });

  test('is not asked twice where nothing is to be tried again', async () => {
    const { give, attempts, clock, delivery } = testDelivery({ retry: { maxElapsedMillis: 0 } });
    give('a');

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3999);

    expect(attempts).toHaveLength(1);
  });

  test('a second attempt that splits, or is refused, ends the first', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery();
    give('a', 2);
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3000);

    await answer({ kind: 'too_large', reason: 'http_413' }, 1);
    expect(attempts[0]!.signal.aborted).toBe(true);
    await answer({ kind: 'refused', reason: 'http_400' }, 2);
    await answer(DELIVERED, 3);

    expect(ledger()).toMatchObject({ exported: 1, rejected: { http_400: 1 }, inFlight: 0 });
  });

  test('what is left is in the backlog once', async () => {
    const { give, clock, delivery, attempts, ledger } = testDelivery({ backlog: memoryBacklog() });
    give('a', 5);
    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(4000);
    delivery.close('shutdown_timeout');

    expect(attempts.length).toBeGreaterThan(1);
    expect(ledger()).toMatchObject({ exported: 0, spooled: 5, inFlight: 0, dropped: {} });
  });
});

describe('drained', () => {
  test('waits for what the backlog has, and for as long as it takes: a receiver may come back after any number of failures', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ backlog: memoryBacklog() });
    give('a');
    give('b');
    await answer(UNAVAILABLE);
    delivery.hurry(clock.monotonicMillis() + 60_000);
    const drained = vi.fn();
    void delivery.drained().then(drained);

    for (let i = 0; i < 6; i++) {
      await answer(UNAVAILABLE);
      await clock.advance(1000);
    }
    expect(attempts).toHaveLength(8);
    await answer(DELIVERED);
    expect(drained).not.toHaveBeenCalled();
    await answer(DELIVERED);

    expect(drained).toHaveBeenCalledOnce();
  });

  test('ends as the delivery is closed', async () => {
    const { give, answer, delivery } = testDelivery({ backlog: memoryBacklog() });
    give('a');
    await answer(UNAVAILABLE);
    const drained = vi.fn();
    void delivery.drained().then(drained);

    delivery.close('shutdown_timeout');
    await Promise.resolve();

    expect(drained).toHaveBeenCalledOnce();
  });
});
