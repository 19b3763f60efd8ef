import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const MOST_TURNS = 200;

/** Collects garbage until it holds, a turn of the loop each time, so that finalizers run: by turns and not by time, which a busy machine has none of. */
export async function collectGarbageUntil(isSo: () => boolean): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < MOST_TURNS && !isSo(); turn++) {
    collect();
    await nextTurn();
  }
}
