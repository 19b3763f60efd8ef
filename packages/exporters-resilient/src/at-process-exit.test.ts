import { afterEach, expect, test, vi } from 'vitest';
import { atProcessExit } from './at-process-exit.ts';

afterEach(() => void vi.restoreAllMocks());

test('where the process is a stub whose functions throw, as in an edge runtime, nothing is listened to', () => {
  const unsupported = vi.fn<() => never>(() => {
    throw new Error('A Node.js API is used which is not supported in the Edge Runtime');
  });
  vi.spyOn(process, 'on').mockImplementation(unsupported);
  vi.spyOn(process, 'off').mockImplementation(unsupported);

  const forget = atProcessExit({ exiting: () => undefined });

  expect(unsupported).toHaveBeenCalled();
  expect(forget).not.toThrow();
});
