import type { Row } from './measure.ts';
import { describeRatio, describeTarget, formatNanos } from './target.ts';

/** The rows of one bench file, or the reason why there are none. */
export interface FileReport {
  readonly package: string;
  readonly file: string;
  readonly rows: readonly Row[];
  readonly error?: string;
}

const columns = ['id', 'what', 'ours', 'baseline', 'ratio', 'floor', 'stretch', 'verdict'] as const;

/** The rows as a table with aligned columns. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [columns as readonly string[], ...rows.map((row) => cells(row))];
  const widths = columns.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(row: Row): readonly string[] {
  return [
    row.id,
    row.title,
    costOf(row.ours),
    row.baseline === undefined ? '-' : `${costOf(row.baseline)} (${row.baseline.name})`,
    difference(row),
    row.floor === undefined ? '-' : describeTarget(row.floor),
    row.stretch === undefined ? '-' : describeTarget(row.stretch),
    row.verdict,
  ];
}

/** Where the target is a difference, that stands first. */
function difference({ ratio, extraNanos, floor, stretch }: Row): string {
  if (ratio === undefined) return '-';
  const target = floor ?? stretch;
  const times = describeRatio(ratio, target);
  if (target?.maxExtraNanos === undefined || extraNanos === undefined) return times;
  return `${extraNanos < 0 ? '-' : '+'} ${formatNanos(Math.abs(extraNanos))}, ${times}`;
}

function costOf({ nanos, bytes }: Row['ours']): string {
  return bytes === undefined ? formatNanos(nanos) : `${formatNanos(nanos)}, ${bytes} bytes`;
}

/** 0 where all floors hold, 1 where one is missed, 2 where a bench did not run to its end. */
export function exitCodeOf(reports: readonly FileReport[]): 0 | 1 | 2 {
  if (reports.some((report) => report.error !== undefined)) return 2;
  return reports.some((report) => report.rows.some((row) => row.verdict === 'floor missed'))
    ? 1
    : 0;
}
