import { spawn } from 'node:child_process';
import type { RivalPackage } from './rival.ts';
import type { CaseOutcome } from './run-with-rival.ts';

export interface RivalComparison {
  /** The file that calls `runWithRival`. */
  readonly child: string;
  /** Names of the releases of the client. */
  readonly lines: readonly string[];
  /** Ours first. */
  readonly rivals: readonly RivalPackage[];
}

/** A process that prints nothing for this time is ended. */
const SILENCE_MILLIS = 120_000;

const HEAD = ['broken', 'seen differently', 'spans wrong', 'tokens twice', 'ends the process'];

/**
 * Prints a table for each release of the client: the calls of the contract with each rival, against the bare client.
 */
export async function compareRivals({ child, lines, rivals }: RivalComparison): Promise<void> {
  for (const line of lines) {
    const bare = await outcomesFrom(child, 'bare', line, 0);
    const rows = [[`${line}, ${bare.length} calls`, ...HEAD]];
    const named: string[] = [];
    for (const { name, version, noSpans, lines: only } of rivals) {
      if (only?.includes(line) === false) continue;
      process.stderr.write(`${line} with ${name} …\n`);
      const outcomes = await outcomesOf(child, name, line, bare.length);
      const verdicts = bare.map((one, index) => verdictOf(one, outcomes[index]));
      const countOf = (word: string): string =>
        String(verdicts.filter((verdict) => verdict.includes(word)).length);
      rows.push([
        version === undefined ? name : `${name} ${version}`,
        countOf('broken'),
        countOf('different'),
        noSpans === true ? '–' : countOf('spans'),
        noSpans === true ? '–' : countOf('twice'),
        countOf('the process ended'),
      ]);
      for (const word of ['broken', 'different', 'spans']) {
        const cases = bare.filter((_, index) => verdicts[index]?.includes(word));
        if (cases.length > 0 && !(word === 'spans' && noSpans === true))
          named.push(`${name}, ${word}: ${cases.map((one) => one.name).join('; ')}`);
      }
    }
    process.stdout.write(`${aligned(rows)}\n${named.join('\n')}\n\n`);
  }
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}

/** Runs the cases from a number on, until the end or until the process ends. */
async function outcomesFrom(
  child: string,
  observer: string,
  line: string,
  first: number,
): Promise<readonly CaseOutcome[]> {
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

/** The outcome of each of `count` cases; undefined where the process ended in it. */
async function outcomesOf(
  child: string,
  observer: string,
  line: string,
  count: number,
): Promise<readonly (CaseOutcome | undefined)[]> {
  const outcomes: (CaseOutcome | undefined)[] = [];
  while (outcomes.length < count) {
    outcomes.push(...(await outcomesFrom(child, observer, line, outcomes.length)));
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
    ...(observed.twice ? ['twice'] : []),
  ];
}
