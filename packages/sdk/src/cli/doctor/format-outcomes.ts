import type { CheckOutcome, Finding } from './finding.ts';

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** The outcome as a person reads it: findings first, the worst at the top, then what was looked at. */
export function formatOutcomes(outcomes: readonly CheckOutcome[]): string {
  const findings = outcomes
    .flatMap((outcome) => outcome.findings)
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const lines = findings.map(formatFinding);
  for (const { check, skipped, findings: own } of outcomes) {
    if (skipped !== undefined) lines.push(`skipped  ${check}: ${skipped}`);
    else if (own.length === 0) lines.push(`ok       ${check}`);
  }
  const [errors, warnings, notes] = (['error', 'warning', 'note'] as const).map(
    (severity) => findings.filter((finding) => finding.severity === severity).length,
  );
  return `${lines.join('\n')}\n\n${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(notes, 'note')}\n`;
}

function formatFinding({ severity, id, what, why, fix }: Finding): string {
  return `${severity.padEnd(7)}  ${what} [${id}]\n         why: ${why}\n         fix: ${fix}\n`;
}

function count(number: number | undefined, word: string): string {
  return `${number ?? 0} ${word}${number === 1 ? '' : 's'}`;
}
