import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FlushablePart, onAllParts, shutdownInOrder } from './flush-and-shutdown.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function part(
  name: string,
  calls: string[],
  flush: () => Promise<void> = async () => undefined,
): FlushablePart {
  return {
    name,
    forceFlush(options) {
      calls.push(`${name} flush ${options?.timeoutMillis}`);
      return flush();
    },
    async shutdown(options) {
      calls.push(`${name} shutdown ${options?.timeoutMillis}`);
    },
  };
}

const never = (): Promise<void> => new Promise(() => undefined);

test('parts that finish are reported complete', async () => {
  await expect(onAllParts([part('a', []), part('b', [])], 'forceFlush', 100)).resolves.toEqual({
    complete: true,
    problems: [],
  });
});

test('a part that is slow, fails or throws keeps no other from finishing', async () => {
  const calls: string[] = [];
  const throwing = (): never => {
    throw new Error('at once');
  };
  const parts = [
    part('slow', calls, never),
    part('failing', calls, () => Promise.reject(new Error('later'))),
    part('throwing', calls, throwing),
    part('fine', calls),
  ];

  const report = onAllParts(parts, 'forceFlush', 100);
  await vi.advanceTimersByTimeAsync(100);

  await expect(report).resolves.toEqual({
    complete: false,
    problems: [
      'slow: forceFlush did not finish within 100 ms',
      'failing: forceFlush failed: Error: later',
      'throwing: forceFlush failed: Error: at once',
    ],
  });
  expect(calls).toHaveLength(4);
});

test('a part is flushed before it is shut down, also when the flush fails', async () => {
  const calls: string[] = [];
  const failing = part('spans', calls, () => Promise.reject(new Error('no')));

  await shutdownInOrder([[failing], [], [part('metrics', calls)]], 100);

  expect(calls).toEqual([
    'spans flush 50',
    'spans shutdown 50',
    'metrics flush 50',
    'metrics shutdown 100',
  ]);
});

test('a part that hangs uses up half of what is left, and every part is still shut down', async () => {
  const calls: string[] = [];
  const report = shutdownInOrder([[part('spans', calls, never)], [part('metrics', calls)]], 100);
  await vi.advanceTimersByTimeAsync(100);

  await expect(report).resolves.toMatchObject({ complete: false });
  expect(calls).toEqual([
    'spans flush 50',
    'spans shutdown 25',
    'metrics flush 25',
    'metrics shutdown 50',
  ]);
});
