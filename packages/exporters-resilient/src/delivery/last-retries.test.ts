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

describe('drainedOrTroubled in a hurry', () => {
  test('what failed before does not count: a receiver that is back takes all of it', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ backlog: memoryBacklog() });
    give('a');
    give('b');
    await answer(UNAVAILABLE);
    delivery.hurry(clock.monotonicMillis() + 5000);
    const drained = vi.fn();
    void delivery.drainedOrTroubled().then(drained);

    await answer(DELIVERED);
    expect(drained).not.toHaveBeenCalled();
    await answer(DELIVERED);

    expect(attempts).toHaveLength(3);
    expect(drained).toHaveBeenCalledOnce();
  });

  test('it waits for three failures in a row of attempts of its own, no longer', async () => {
    const { give, answer, attempts, clock, delivery } = testDelivery({ backlog: memoryBacklog() });
    give('a');
    delivery.hurry(clock.monotonicMillis() + 5000);
    const drained = vi.fn();
    void delivery.drainedOrTroubled().then(drained);

    await answer(UNAVAILABLE);
    for (const wait of [100, 100, 200]) {
      expect(drained).not.toHaveBeenCalled();
      await clock.advance(wait);
      await answer(UNAVAILABLE);
    }

    expect(attempts).toHaveLength(4);
    expect(drained).toHaveBeenCalledOnce();
  });
});
