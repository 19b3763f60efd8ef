import type { FileReport } from './report.ts';
import { formatNanos } from './target.ts';

/** What `pnpm bench --json` prints. */
export interface BenchRun {
  readonly reports: readonly FileReport[];
}

/** One row of two runs. */
export interface RowChange {
  readonly package: string;
  readonly id: string;
  readonly title: string;
  /** Times of ours in nanoseconds; undefined where the run has no such row. */
  readonly base: number | undefined;
  readonly head: number | undefined;
  /**
   * How much more of the baseline's time the head takes than the base. The baseline of each run ran beside it on the
   * same machine, so a slower machine does not look like a slower change. Without a baseline: the ratio of the times.
   */
  readonly change: number | undefined;
}

/** Puts the rows of two runs side by side. */
export function compareRuns(base: BenchRun, head: BenchRun): readonly RowChange[] {
  const before = rowsByKey(base);
  const after = rowsByKey(head);
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const { package: name, row } = now ?? old ?? failUnreachable();
    const change =
      old === undefined || now === undefined
        ? undefined
        : (now.row.ratio ?? now.row.ours.nanos) / (old.row.ratio ?? old.row.ours.nanos);
    return {
      package: name,
      id: row.id,
      title: row.title,
      base: old?.row.ours.nanos,
      head: now?.row.ours.nanos,
      change,
    };
  });
}

/** A Markdown table, the rows above the alert level first and marked. */
export function formatRunComparison(changes: readonly RowChange[], alert: number): string {
  const slowestFirst = changes.toSorted((a, b) => (b.change ?? 0) - (a.change ?? 0));
  const rows = slowestFirst.map(({ package: name, id, title, base, head, change }) => {
    const percent = change === undefined ? '-' : `${Math.round(change * 100)} %`;
    const mark = change !== undefined && change > alert ? ' **slower**' : '';
    return `| ${name} | ${id} | ${title} | ${time(base)} | ${time(head)} | ${percent}${mark} |`;
  });
  const slower = slowestFirst.filter(({ change }) => change !== undefined && change > alert);
  const verdict =
    slower.length === 0
      ? `Nothing takes more than ${Math.round(alert * 100)} % of the time it took.`
      : `More than ${Math.round(alert * 100)} % of the time it took: ${slower.map(({ id }) => id).join(', ')}.`;
  return [
    '| package | id | what | before | now | change |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    verdict,
  ].join('\n');
}

function time(nanos: number | undefined): string {
  return nanos === undefined ? '-' : formatNanos(nanos);
}

type KeyedRow = { readonly package: string; readonly row: FileReport['rows'][number] };

function rowsByKey({ reports }: BenchRun): ReadonlyMap<string, KeyedRow> {
  return new Map(
    reports.flatMap((report) =>
      report.rows.map((row) => [
        `${report.package} ${row.id} ${row.title}`,
        { package: report.package, row },
      ]),
    ),
  );
}

function failUnreachable(): never {
  throw new Error('a key without a row');
}
