import type { CheckOutcome, Finding } from './finding.ts';
import type { Setting } from './settings.ts';

const ORDER = { error: 0, warning: 1, note: 2 } as const;

/** The outcome as a person reads it: findings first, the worst at the top, then what was looked at, then what holds. */
export function formatOutcomes(
  outcomes: readonly CheckOutcome[],
  settings: readonly Setting[] = [],
): string {
  const findings = outcomes
    .flatMap((outcome) => outcome.findings)
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const lines = findings.map(formatFinding);
  for (const { check, skipped, findings: own } of outcomes) {
    if (skipped !== undefined) lines.push(`skipped  ${check}: ${skipped}`);
    else if (own.length === 0) lines.push(`ok       ${check}`);
  }
  lines.push(...formatSettings(settings));
  const [errors, warnings, notes] = (['error', 'warning', 'note'] as const).map(
    (severity) => findings.filter((finding) => finding.severity === severity).length,
  );
  return `${lines.join('\n')}\n\n${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(notes, 'note')}\n`;
}

function formatFinding({ severity, id, what, why, fix }: Finding): string {
  return `${severity.padEnd(7)}  ${what} [${id}]\n         why: ${why}\n         fix: ${fix}\n`;
}

function formatSettings(settings: readonly Setting[]): string[] {
  if (settings.length === 0) return [];
  const width = Math.max(...settings.map(({ name, value }) => shown(name, value).length));
  return [
    '',
    'settings',
    ...settings.map(({ name, value, from }) => `  ${shown(name, value).padEnd(width)}  ${from}`),
  ];
}

const shown = (name: string, value: string): string =>
  value === '' ? name : `${name} = ${value.length > 60 ? `${value.slice(0, 60)}…` : value}`;

function count(number: number | undefined, word: string): string {
  return `${number ?? 0} ${word}${number === 1 ? '' : 's'}`;
}
