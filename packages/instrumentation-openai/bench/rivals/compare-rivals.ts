// Ours and the packages of npm by the table of the contract. Run by `npm run bench:rivals` in this package: installs them on
// the first run.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CaseOutcome } from './one-rival.ts';
import { installRivals, OURS, rivals } from './rivals.ts';

const CLIENTS = ['openai-6', 'openai'];
/** A process that prints nothing more is ended after this time. */
const TIMEOUT_MILLIS = 300_000;

/** Runs the cases from a number on, until the end or until the process ends. */
async function outcomesFrom(
  observer: string,
  client: string,
  first: number,
): Promise<readonly CaseOutcome[]> {
  const child = spawn(
    process.execPath,
    ['--no-warnings', join(import.meta.dirname, 'one-rival.ts'), observer, client, String(first)],
    { stdio: ['ignore', 'pipe', 'ignore'], timeout: TIMEOUT_MILLIS },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await new Promise((resolve) => void child.on('close', resolve));
  const lines = printed.split('\n').filter((line) => line.startsWith('{"name":'));
  return lines.map((line) => JSON.parse(line) as CaseOutcome);
}

/** The outcome of each of `count` cases; undefined where the process ended in it. */
async function outcomesOf(
  observer: string,
  client: string,
  count: number,
): Promise<readonly (CaseOutcome | undefined)[]> {
  const outcomes: (CaseOutcome | undefined)[] = [];
  while (outcomes.length < count) {
    outcomes.push(...(await outcomesFrom(observer, client, outcomes.length)));
    if (outcomes.length < count) outcomes.push(undefined);
  }
  return outcomes;
}

/** What the row of an observer tells of one case. */
function verdictOf(bare: CaseOutcome, observed: CaseOutcome | undefined): readonly string[] {
  if (observed === undefined) return ['broken', 'the process ended'];
  return [
    ...(bare.answered && !observed.answered ? ['broken'] : []),
    ...(observed.run === bare.run ? [] : ['different']),
    ...(observed.spans ? [] : ['spans']),
  ];
}

installRivals();
for (const client of CLIENTS) {
  const bare = await outcomesFrom('bare', client, 0);
  const rows = [
    [
      `${client}, ${bare.length} calls`,
      'broken',
      'seen differently',
      'spans wrong',
      'ends the process',
    ],
  ];
  const named: string[] = [];
  for (const { name: observer, ownSpans } of [{ name: OURS, ownSpans: false }, ...rivals]) {
    process.stderr.write(`${client} with ${observer} …\n`);
    const outcomes = await outcomesOf(observer, client, bare.length);
    const verdicts = bare.map((one, index) => verdictOf(one, outcomes[index]));
    const countOf = (word: string): string =>
      String(verdicts.filter((verdict) => verdict.includes(word)).length);
    rows.push([
      observer,
      countOf('broken'),
      countOf('different'),
      ownSpans === true ? '–' : countOf('spans'),
      countOf('the process ended'),
    ]);
    const broken = bare.filter((_, index) => verdicts[index]?.includes('broken'));
    if (broken.length > 0) named.push(`${observer}: ${broken.map(({ name }) => name).join('; ')}`);
  }
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    );
  process.stdout.write(`\nbroken:\n${named.join('\n')}\n\n`);
}
