import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock, withTimeout } from './clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the monotonic clock does not go back', () => {
  const before = systemClock.monotonicMillis();

  expect(systemClock.monotonicMillis()).toBeGreaterThanOrEqual(before);
});

test('the epoch clock counts in milliseconds since 1970', () => {
  vi.setSystemTime(new Date('2026-11-20T00:00:00Z'));

  expect(systemClock.epochMillis()).toBe(Date.UTC(2026, 10, 20));
});

test('a timer does not keep the process alive', () => {
  vi.useRealTimers();

  const timer = systemClock.setTimer(() => undefined, 60_000) as NodeJS.Timeout;

  expect(timer.hasRef()).toBe(false);
  systemClock.clearTimer(timer);
});

test('a timer longer than 32 bits of milliseconds waits instead of firing at once', () => {
  const fired = vi.fn<() => void>();

  systemClock.setTimer(fired, 2 ** 40);
  vi.advanceTimersByTime(2 ** 31 - 2);

  expect(fired).not.toHaveBeenCalled();
});

test.each([NaN, -1, -Infinity])(
  'a timer of %d fires at once, without a warning of Node.js',
  (delay) => {
    const seen = vi.spyOn(globalThis, 'setTimeout');

    systemClock.clearTimer(systemClock.setTimer(() => undefined, delay));

    expect(seen).toHaveBeenCalledWith(expect.anything(), 0);
    seen.mockRestore();
  },
);

test('a timer of a runtime that numbers its timers works', () => {
  vi.stubGlobal('setTimeout', (callback: () => void) => {
    callback();
    return 7;
  });
  const fired = vi.fn<() => void>();

  expect(systemClock.setTimer(fired, 1)).toBe(7);
  expect(fired).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

test('a promise in time gives its value and leaves no timer behind', async () => {
  await expect(withTimeout(Promise.resolve('value'), 100)).resolves.toBe('value');

  expect(vi.getTimerCount()).toBe(0);
});

test('a promise that never settles gives "timeout"', async () => {
  const outcome = withTimeout(new Promise(() => undefined), 100);
  await vi.advanceTimersByTimeAsync(100);

  await expect(outcome).resolves.toBe('timeout');
});

test('a rejection passes through and leaves no timer behind', async () => {
  await expect(withTimeout(Promise.reject(new Error('no')), 100)).rejects.toThrow('no');

  expect(vi.getTimerCount()).toBe(0);
});

test('an infinite timeout sets no timer', async () => {
  const outcome = withTimeout(Promise.resolve(1), Infinity);

  expect(vi.getTimerCount()).toBe(0);
  await expect(outcome).resolves.toBe(1);
});
