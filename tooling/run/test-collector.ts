import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runVisibly } from './command.ts';
import type { TaskInput } from './main.ts';

const suite = 'tooling/collector/run.ts';

/** The integration tests against a real Collector. Ends with a line `N passed, N failed`, as `test` does. */
export function runCollectorTests({ root, args, signal }: TaskInput): Promise<number> {
  if (!existsSync(join(root, suite))) {
    console.log(`skipped, there is no ${suite}\n0 passed, 0 failed`);
    return Promise.resolve(0);
  }
  return runVisibly(['node', suite, ...args], { cwd: root, signal });
}
