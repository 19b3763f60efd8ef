import { add, type Counts } from './test-counts.ts';

/** How a step ended. */
export interface StepResult {
  readonly name: string;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  readonly millis: number;
  /** Why it was skipped, or what it counted. */
  readonly note?: string | undefined;
  /** Tests in it. A step without counts as one. */
  readonly counts?: Counts | undefined;
}

/** The table of steps and, as the last line alone, `N passed, N failed`. */
export function formatSummary(results: readonly StepResult[], totalMillis: number): string {
  const width = Math.max(...results.map(({ name }) => name.length), 4);
  const rows = results.map(({ name, outcome, millis, note }) =>
    [name.padEnd(width), outcome.padEnd(7), formatDuration(millis).padStart(11), note ?? '']
      .join('  ')
      .trimEnd(),
  );
  const { passed, failed } = totals(results);
  return [
    ['step'.padEnd(width), 'result ', 'time'.padStart(11)].join('  '),
    ...rows,
    ['total'.padEnd(width), '       ', formatDuration(totalMillis).padStart(11)].join('  '),
    '',
    `${passed} passed, ${failed} failed`,
  ].join('\n');
}

/** Tests and checks together. A failed step is never without a failure. */
export function totals(results: readonly StepResult[]): Counts {
  return results
    .map(({ outcome, counts }): Counts => {
      if (outcome === 'skipped') return { passed: 0, failed: 0 };
      if (counts === undefined)
        return outcome === 'ok' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
      return outcome === 'ok' ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
    })
    .reduce(add, { passed: 0, failed: 0 });
}

/** `0.4 s`, `59.9 s`, `2 min 03 s`. */
export function formatDuration(millis: number): string {
  if (millis < 59_950) return `${(millis / 1000).toFixed(1)} s`;
  const seconds = Math.round(millis / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
