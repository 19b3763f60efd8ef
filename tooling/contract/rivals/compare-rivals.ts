import { outcomesOf, type Runs } from './outcomes-of.ts';
import type { RivalPackage } from './rival.ts';
import { type ComparedRival, rivalTable, type RivalVerdict } from './rival-table.ts';
import type { CaseOutcome } from './run-with-rival.ts';
import { writeRivalTable } from './table-in-readme.ts';

export interface RivalComparison {
  /** The file that calls `runWithRival`. */
  readonly child: string;
  /** Names of the releases of the client. */
  readonly lines: readonly string[];
  /** Ours first. */
  readonly rivals: readonly RivalPackage[];
  /** The file whose table is written anew. */
  readonly readme: string;
  /** What is told of spans, with the head of its column. @defaultValue those that are wrong, and tokens told twice */
  readonly faults?: Readonly<Record<string, string>>;
}

const FAULTS = { spans: 'spans wrong', twice: 'tokens counted twice' };

/**
 * Runs the calls of the contract with each release of the client and each rival, against the bare client. Prints which
 * calls went wrong, and puts the table into the README.
 */
export async function compareRivals({
  child,
  lines,
  rivals,
  readme,
  faults = FAULTS,
}: RivalComparison): Promise<void> {
  const compared: ComparedRival[] = rivals.map((rival) => ({ rival, verdicts: new Map() }));
  const calls: number[] = [];
  for (const line of lines) {
    const bare = await outcomesOf({ child, observer: 'bare', line });
    calls.push(bare.length);
    for (const { rival, verdicts } of compared) {
      if (rival.lines?.includes(line) === false) continue;
      process.stderr.write(`${line} with ${rival.name} …\n`);
      const runs: Runs = { child, observer: rival.name, line };
      const outcomes = await outcomesOf(runs, bare.length);
      const verdict = bare.map((one, index) => verdictOf(one!, outcomes[index], rival.noSpans));
      verdicts.set(line, verdict);
      printCases(`${line}, ${rival.name}`, bare, verdict);
    }
  }
  const table = rivalTable({ compared, lines, calls, faults });
  writeRivalTable(readme, table);
  process.stdout.write(`\n${table.join('\n')}\n`);
}

function printCases(
  head: string,
  bare: readonly (CaseOutcome | undefined)[],
  verdicts: readonly RivalVerdict[],
): void {
  for (const word of new Set(verdicts.flat())) {
    const cases = bare.filter((_, index) => verdicts[index]?.includes(word));
    process.stdout.write(`${head}, ${word}: ${cases.map((one) => one?.name).join('; ')}\n`);
  }
}

/** What the row of an observer tells of one case. */
function verdictOf(
  bare: CaseOutcome,
  observed: CaseOutcome | undefined,
  noSpans: boolean | undefined,
): RivalVerdict {
  if (observed === undefined) return ['broken', 'ended'];
  return [
    ...(bare.answered && !observed.answered ? ['broken'] : []),
    ...(observed.run === bare.run ? [] : ['different']),
    ...(noSpans === true ? [] : observed.faults),
  ];
}
