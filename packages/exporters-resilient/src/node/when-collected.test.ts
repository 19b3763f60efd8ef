import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { heapWatch } from './heap-watch.ts';
import { whenCollected } from './when-collected.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const MOST_TURNS = 100;

/** Collects garbage until it holds. */
async function collectUntil(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS && !isSo(); turn++) {
    collectGarbage();
    await nextTurn();
  }
}

test('every collection is told of, not only the first one', async () => {
  let told = 0;
  const held = whenCollected(() => told++);
  await collectUntil(() => told >= 5);

  expect(held).toBeDefined();
  expect(told).toBeGreaterThanOrEqual(5);
});

test('a heap that is watched hears of its collections for as long as somebody looks', async () => {
  let measured = 0;
  const look = heapWatch({
    limit: 100,
    inUse() {
      measured++;
      return { old: 20, young: 0 };
    },
    onCollection: whenCollected,
  });
  const before = measured;
  await collectUntil(() => measured >= before + 5);

  expect(measured).toBeGreaterThanOrEqual(before + 5);
  expect(look().isFull).toBe(false);
});
