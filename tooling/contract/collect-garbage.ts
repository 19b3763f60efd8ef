import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

/** Collects garbage, a turn of the loop each time, so that finalizers run, until `done` or `most` times. */
export async function collectGarbageUntil(done: () => boolean, most: number = 200): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let turn = 0; turn < most && !done(); turn++) {
    collect();
    await setImmediate();
  }
}
