import { afterEach, expect, test, vi } from 'vitest';
import { nextTurn } from './next-turn.ts';

afterEach(() => void vi.unstubAllGlobals());

const unsupported = (): never => {
  throw new Error(
    'A Node.js API is used (setImmediate) which is not supported in the Edge Runtime',
  );
};

test.each([
  ['is not there, as in a browser', undefined],
  ['throws, as in an edge runtime', unsupported],
])('the next turn comes also where setImmediate %s', async (_what, setImmediate) => {
  vi.stubGlobal('setImmediate', setImmediate);
  const order: string[] = [];
  const turn = nextTurn().then(() => order.push('turn'));
  await Promise.resolve();
  order.push('this turn');

  await turn;

  expect(order).toEqual(['this turn', 'turn']);
});
