import { join } from 'node:path';
import { createProgress } from '../bootstrap/progress.mjs';
import { runQuietly, runVisibly } from './command.ts';
import type { TaskInput } from './main.ts';

/** Builds the demo and what it uses, then runs it in this terminal. Its exit code is the task's. */
export async function runDemo({ root, args, signal }: TaskInput): Promise<number> {
  const progress = createProgress(process.stderr, process.env);
  progress.step('building');
  const build = await runQuietly(
    [
      'turbo',
      'run',
      'build',
      '--filter=@llm-otel/demo',
      '--output-logs=errors-only',
      '--ui=stream',
    ],
    { cwd: root, signal, onLine: (line) => line.trim() !== '' && progress.detail(line.trim()) },
  );
  progress.done();
  if (build.code !== 0) {
    console.error(`${build.output.trim()}\nThe demo could not be built; the reason is above.`);
    return build.code;
  }
  return runVisibly(['node', join(root, 'apps/demo/dist/main.js'), ...args], { cwd: root, signal });
}
