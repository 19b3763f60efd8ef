import { runVisibly } from './command.ts';
import type { TaskInput } from './main.ts';

/** `bench [package …] [--json] [--quick]`: exit code 1 where a floor is missed, 2 where a bench broke. */
export function runBench({ root, args, signal }: TaskInput): Promise<number> {
  return runVisibly(['node', 'tooling/bench/run.ts', ...args], { cwd: root, signal });
}
