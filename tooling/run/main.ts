// Runs one of the root tasks. `tooling/bootstrap/start.mjs` has installed everything and started this in Node.js 24.
import { join } from 'node:path';
import { runBench } from './bench.ts';
import { runDemo } from './demo.ts';
import { release, versionPackages } from './release.ts';
import { runSizes } from './sizes.ts';
import { runTest } from './test.ts';
import { runCollectorTests } from './test-collector.ts';
import { runTestLong } from './test-long.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { runUnitTestsOn } from './test-on-node.ts';

/** What a task gets: the workspace folder, the arguments of the user, and a signal that ends it early. */
export interface TaskInput {
  readonly root: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
}

/** Runs to its end and returns the exit code. */
export type Task = (input: TaskInput) => Promise<number>;

const tasks: Readonly<Record<string, Task>> = {
  test: runTest,
  'test:long': runTestLong,
  'test:node': runUnitTestsOn,
  'test:collector': runCollectorTests,
  demo: runDemo,
  bench: runBench,
  sizes: runSizes,
  'version:packages': versionPackages,
  release,
};

// pnpm hands on the `--` that npm takes away.
const [name = '', ...args] = process.argv.slice(2).filter((arg) => arg !== '--');
const task = tasks[name];
if (task === undefined) {
  console.error(`unknown task "${name}"; there are ${Object.keys(tasks).join(', ')}`);
  process.exitCode = 1;
} else {
  const stop = stopOnSignals();
  const exitCode = await task({
    root: join(import.meta.dirname, '../..'),
    args,
    signal: stop.signal,
  });
  process.exitCode = stop.exitCode() ?? exitCode;
}
