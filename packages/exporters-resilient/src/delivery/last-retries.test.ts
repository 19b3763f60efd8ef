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
