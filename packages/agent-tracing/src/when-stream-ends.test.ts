import { afterEach, expect, test, vi } from 'vitest';
import { whenStreamEnds } from './when-stream-ends.ts';

afterEach(() => void vi.restoreAllMocks());

test('where the process is a stub whose functions throw, as in an edge runtime, it cannot be told', () => {
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
    throw new Error('A Node.js API is used which is not supported in the Edge Runtime');
  });

  expect(whenStreamEnds(new ReadableStream(), () => undefined)).toBe(false);
});
