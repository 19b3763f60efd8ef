import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface NodeRun {
  readonly child: ChildProcess;
  /** Resolves with the first output. */
  readonly started: Promise<unknown>;
  readonly ended: Promise<{
    code: number | null;
    signal: string | null;
    stdout: string;
    stderr: string;
  }>;
}

/** Runs a fixture as a process of its own, with only these variables in its environment. */
export function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): NodeRun {
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, 'fixtures'),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started = once(child.stdout, 'data');
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], stdout, stderr]) => ({
      code: code as number | null,
      signal: signal as string | null,
      stdout,
      stderr,
    }),
  );
  return { child, started, ended };
}
