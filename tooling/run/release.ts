import { runVisibly } from './command.ts';
import type { TaskInput } from './main.ts';

/** Raises the versions by the changesets, writes the changelogs, and brings the lock file along. */
export function versionPackages(input: TaskInput): Promise<number> {
  return runInOrder(input, [
    ['changeset', 'version'],
    ['pnpm', 'install', '--lockfile-only'],
  ]);
}

/** Publishes what is not on the registry yet, after a look at each package as it will be. */
export function release(input: TaskInput): Promise<number> {
  return runInOrder(input, [
    ['turbo', 'run', 'build', 'check:package', '--ui=stream'],
    ['changeset', 'publish'],
  ]);
}

async function runInOrder(
  { root, signal }: TaskInput,
  commands: readonly (readonly string[])[],
): Promise<number> {
  for (const command of commands) {
    const code = await runVisibly(command, { cwd: root, signal });
    if (code !== 0) return code;
  }
  return 0;
}
