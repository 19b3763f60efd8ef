import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { createProgress } from '../bootstrap/progress.mjs';
import { runQuietly } from './command.ts';
import type { TaskInput } from './main.ts';
import { formatDuration, totals } from './summary.ts';
import { testEnvironment } from './test-environment.ts';
import { type Counts, countsInOutput } from './test-counts.ts';
import { packagesWithScript } from './workspace-packages.ts';

/** What one package's long tests gave. */
export interface LongResult {
  readonly name: string;
  readonly ok: boolean;
  readonly millis: number;
  /** The lines it printed as `result: …`. */
  readonly findings: readonly string[];
  readonly counts?: Counts | undefined;
}

/**
 * Runs the script `test:long` of the packages that have one, one after the other (they measure time and memory).
 * A script reports what belongs into the summary in lines `result: …`.
 */
export async function runTestLong({ root, args, signal }: TaskInput): Promise<number> {
  const wanted = packagesWithScript(root, 'test:long').filter(
    ({ folder }) => args.length === 0 || args.includes(folder.replace(/^packages\//, '')),
  );
  const env = testEnvironment(process.env);
  const progress = createProgress(process.stderr, process.env);
  const started = performance.now();
  const results: LongResult[] = [];
  for (const { name, folder } of wanted) {
    if (signal.aborted) break;
    const start = performance.now();
    progress.step(name);
    const { code, output } = await runQuietly(['pnpm', 'run', 'test:long'], {
      cwd: join(root, folder),
      env,
      signal,
      onLine: (line) => progress.detail(line),
    });
    progress.done();
    if (code !== 0) console.log(`${name} failed:\n\n${output.trim()}\n`);
    results.push({
      name,
      ok: code === 0,
      millis: performance.now() - start,
      findings: findingsIn(output),
      counts: countsInOutput(output),
    });
  }
  console.log(formatLongSummary(results, performance.now() - started, machine()));
  return signal.aborted || results.some(({ ok }) => !ok) ? 1 : 0;
}

/** The `result: …` lines of an output. */
export function findingsIn(output: string): string[] {
  return [...output.matchAll(/^result: (.+)$/gm)].map(([, finding = '']) => finding.trim());
}

/** Markdown that can be pasted into a document as it is, and the counts as the last line. */
export function formatLongSummary(
  results: readonly LongResult[],
  totalMillis: number,
  where: string,
): string {
  const rows = results.map(({ name, ok, millis, findings }) =>
    tableRow([name, ok ? 'ok' : 'failed', formatDuration(millis), findings.join('<br>')]),
  );
  const table = [
    tableRow(['package', 'result', 'time', 'findings']),
    tableRow(Array(4).fill('---')),
  ];
  const { passed, failed } = totals(
    results.map(({ ok, ...result }) => ({ ...result, outcome: ok ? 'ok' : 'failed' })),
  );
  return [
    `Long tests, ${where}, ${formatDuration(totalMillis)} in all.`,
    '',
    ...(rows.length === 0 ? ['No package has long tests.'] : [...table, ...rows]),
    '',
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Node.js ${process.versions.node}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB`;
}
