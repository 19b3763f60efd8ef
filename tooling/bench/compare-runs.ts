#!/usr/bin/env node
// Compares two outputs of `pnpm bench --json`: `compare-runs.ts base.json head.json --alert 1.5`. Prints a Markdown
// table; exits with 1 where something takes more than the alert level times the time it took.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchRun, compareRuns, formatRunComparison } from './run-comparison.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { alert: { type: 'string', default: '1.5' } },
});
const [base, head] = positionals.map((file) => JSON.parse(readFileSync(file, 'utf8')) as BenchRun);
const alert = Number(values.alert);
if (base === undefined || head === undefined || !(alert > 1)) {
  console.error('usage: compare-runs.ts base.json head.json [--alert 1.5]');
  process.exitCode = 2;
} else {
  const changes = compareRuns(base, head);
  console.log(formatRunComparison(changes, alert));
  process.exitCode = changes.some(({ change }) => change !== undefined && change > alert) ? 1 : 0;
}
