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

describe('what is on its way to a receiver that hangs', () => {
  test('takes half of the time that is left, and is tried again in the other half', async () => {
    const { give, answer, attempts, clock, delivery, ledger } = testDelivery({ concurrency: 2 });
    give('a');
    give('b');
    await clock.advance(1000);

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(1999);
    expect(attempts.map(({ signal }) => signal.aborted)).toEqual([false, false]);
    await clock.advance(101);

    expect(attempts.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
    // The receiver is back: the other one leaves at once.
    await answer(DELIVERED);
    await answer(DELIVERED);
    expect(attempts).toHaveLength(4);
    expect(ledger()).toMatchObject({ exported: 2, inFlight: 0, dropped: {} });
  });

  test('is asked again and again, for half of what is left each time, and never without a pause', async () => {
    const { give, attempts, clock, delivery } = testDelivery();
    give('a');

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(4000);

    const starts = attempts.map(({ at }) => at);
    expect(starts.slice(0, 3)).toEqual([0, 2100, 3150]);
    expect(starts.length).toBeLessThan(12);
  });

  test('keeps its own time where that is shorter', async () => {
    const { give, attempts, clock, delivery } = testDelivery();
    give('a');
    await clock.advance(9000);

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(1100);

    expect(attempts).toHaveLength(2);
  });

  test('has twice the time that the receiver takes otherwise, and one that answers has all of it', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery();
    give('first');
    await clock.advance(2000);
    await answer(DELIVERED);
    give('a');
    give('b');

    delivery.hurry(clock.monotonicMillis() + 5000);
    await clock.advance(2600);
    expect(attempts[1]!.signal.aborted).toBe(false);
    await answer(DELIVERED);
    await clock.advance(2399);

    expect(attempts.map(({ payload }) => payload.id)).toEqual(['first', 'a', 'b']);
    expect(attempts[2]!.signal.aborted).toBe(false);
  });

  test('has all of it where a failure would be the end', async () => {
    const { give, attempts, clock, delivery } = testDelivery({ retry: { maxElapsedMillis: 0 } });
    give('a');

    delivery.hurry(clock.monotonicMillis() + 4000);
    await clock.advance(3999);

    expect(attempts[0]!.signal.aborted).toBe(false);
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
