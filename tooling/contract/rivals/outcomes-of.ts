import { spawn } from 'node:child_process';
import type { CaseOutcome } from './run-with-rival.ts';

/** The cases of one release of a client with one observer. */
export interface Runs {
  /** The file that calls `runWithRival`. */
  readonly child: string;
  /** The name of a rival, or `bare`. */
  readonly observer: string;
  readonly line: string;
}

/** A process that prints nothing for this time is ended. */
const SILENCE_MILLIS = 120_000;

/**
 * The outcome of each of `count` cases; undefined where the process ended in it. Without a count as many as a process that
 * does not end has.
 */
export async function outcomesOf(
  runs: Runs,
  count: number = 0,
): Promise<readonly (CaseOutcome | undefined)[]> {
  const outcomes: (CaseOutcome | undefined)[] = await outcomesFrom(runs, 0);
  while (outcomes.length < count) {
    outcomes.push(undefined);
    outcomes.push(...(await outcomesFrom(runs, outcomes.length)));
  }
  return outcomes;
}

/** Runs the cases from a number on, until the end or until the process ends. */
async function outcomesFrom(
  { child, observer, line }: Runs,
  first: number,
): Promise<CaseOutcome[]> {
  const run = spawn(process.execPath, ['--no-warnings', child, observer, line, String(first)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const silence = setTimeout(() => run.kill('SIGKILL'), SILENCE_MILLIS);
  let printed = '';
  run.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    silence.refresh();
  });
  await new Promise((resolve) => void run.on('close', resolve));
  clearTimeout(silence);
  const lines = printed.split('\n').filter((text) => text.startsWith('{"name":'));
  return lines.map((text) => JSON.parse(text) as CaseOutcome);
}
