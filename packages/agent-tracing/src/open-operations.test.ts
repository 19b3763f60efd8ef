import { expect, test } from 'vitest';
import { OpenOperations } from './open-operations.ts';

const opened = (): { ended: boolean } => ({ ended: false });

test('what has not ended is named, the first five', () => {
  const open = new OpenOperations();
  const ended = open.add('step done', opened());
  expect(open.problem()?.message).toBe(
    'still open when the run ended: step done. Call end() or fail(error) of each, or their spans are lost',
  );

  ended.ended = true;
  expect(open.problem()).toBeUndefined();
  for (let index = 0; index < 7; index++) open.add(`step ${index}`, opened());
  expect(open.problem()?.message).toContain(
    'ended: step 0, step 1, step 2, step 3, step 4 and 2 more.',
  );
});

test('a run of many remembers a thousand, and makes room where some have ended', () => {
  const open = new OpenOperations();
  const all = Array.from({ length: 1500 }, (_, index) => open.add(`${index}`, opened()));
  expect(open.problem()?.message).toContain('and 995 more');

  for (const one of all) one.ended = true;
  open.add('last', opened());
  expect(open.problem()?.message).toContain('ended: last.');
});
