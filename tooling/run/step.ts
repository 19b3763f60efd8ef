import type { Progress } from '../bootstrap/progress.mjs';
import { type CommandResult, runQuietly } from './command.ts';
import type { StepResult } from './summary.ts';
import type { Counts } from './test-counts.ts';

/** One thing that a pull request must pass. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** A reason not to run it now. Asked when its turn comes. */
  readonly skip?: (() => string | undefined) | undefined;
  readonly before?: (() => void) | undefined;
  /** The tests in it, where it has any. */
  readonly counts?: ((result: CommandResult) => Counts | undefined) | undefined;
  readonly timeoutMillis?: number | undefined;
}

export interface StepContext {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly print: (text: string) => void;
}

const timeoutMillis = 15 * 60_000;

/** Runs one step quietly. Its output is printed where it failed. */
export async function runStep(step: Step, context: StepContext): Promise<StepResult> {
  const { root, env, signal, progress, print } = context;
  const { name } = step;
  const reason = step.skip?.();
  if (reason !== undefined) {
    print(`${name}: skipped, ${reason}`);
    return { name, outcome: 'skipped', millis: 0, note: reason };
  }

  step.before?.();
  const started = performance.now();
  progress.step(name);
  const result = await runQuietly(step.command, {
    cwd: root,
    env,
    signal,
    timeoutMillis: step.timeoutMillis ?? timeoutMillis,
    onLine: (line) => {
      const text = plain(line).trim();
      if (text !== '') progress.detail(text);
    },
  });
  const millis = performance.now() - started;
  const counts = step.counts?.(result);
  // A suite without a single test did not run.
  const counted = counts === undefined || (counts.failed === 0 && counts.passed > 0);
  const outcome = result.code === 0 && counted && !signal.aborted ? 'ok' : 'failed';
  progress.done(outcome);
  if (outcome === 'failed' && !signal.aborted) print(failureText(step, result));
  const note =
    counts === undefined ? undefined : `${counts.passed} passed, ${counts.failed} failed`;
  return { name, outcome, millis, note, counts };
}

/** Without escape sequences: some tools colour whatever they are told. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]/g, '');
}

/** What failed, without the lines of checks that are fine. */
function failureText({ name, command }: Step, { output, code }: CommandResult): string {
  const line = '-'.repeat(72);
  const told = plain(output).replaceAll(/^ok {2,}.*\n/gm, '');
  return `${line}\n${name} failed (exit code ${code}): ${command.join(' ')}\n\n${told.trim()}\n${line}`;
}
