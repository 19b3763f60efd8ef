import type { Finding } from '../finding.ts';

/** Findings for people: what, how often, where. */
export function table(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings.map(({ kind, count, file, line, where }) => [
    kind,
    String(count),
    line === undefined ? file : `${file}:${line}`,
    where,
  ]);
  const all = [['kind', 'count', 'file', 'where'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
