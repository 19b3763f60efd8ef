import { expect, test } from 'vitest';
import { CheckList, inParallel } from './check-list.ts';

test('what throws is counted as failed, with its message under the name', async () => {
  const lines: string[] = [];
  const list = new CheckList((line) => lines.push(line.replace(/\(.*\)/, '(time)')));

  const value = await list.check('one', () => 42);
  const nothing = await list.check('two', () => Promise.reject(new Error('first\nsecond')));

  expect([value, nothing]).toEqual([42, undefined]);
  expect(lines).toEqual(['ok   one (time)', 'FAIL two (time)', '     first\n     second']);
  expect([list.failed, list.summary]).toEqual([1, '1 passed, 1 failed']);
});

test('results keep their order and no more than the limit run at once', async () => {
  let running = 0;
  let most = 0;

  const results = await inParallel(2, [3, 1, 2, 0], async (turns) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    running--;
    return turns * 10;
  });

  expect(results).toEqual([30, 10, 20, 0]);
  expect(most).toBe(2);
});
