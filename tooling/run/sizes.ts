import { runVisibly } from './command.ts';
import type { TaskInput } from './main.ts';

/** How many packages, bytes and milliseconds the packages cost a user, from packed tarballs. */
export function runSizes({ root, args, signal }: TaskInput): Promise<number> {
  return runVisibly(['node', 'tooling/packed/sizes.ts', ...args], { cwd: root, signal });
}
