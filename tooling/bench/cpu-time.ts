import type { Subject } from './bench.ts';

/** Calls behind which the clock is looked at, so that reading it does not count. */
const CALLS = 20;

/**
 * The processor time of `run`, user and system, of all threads of this process: what a call costs a server that is
 * busy. Time spent waiting for others does not count, so a server it talks to belongs in another process.
 */
export function cpuTimeOf(name: string, run: () => unknown, operations = 1): Subject {
  return {
    name,
    async measure({ millis }) {
      const end = performance.now() + millis;
      const start = process.cpuUsage();
      let calls = 0;
      do {
        for (let call = 0; call < CALLS; call++) await run();
        calls += CALLS;
      } while (performance.now() < end);
      const { user, system } = process.cpuUsage(start);
      return ((user + system) * 1000) / calls / operations;
    },
  };
}
