import { markdownTable } from '../markdown-table.ts';
import type { RivalPackage } from './rival.ts';

/** What went wrong in one case: `broken`, `different`, `ended`, and what is told of spans. */
export type RivalVerdict = readonly string[];

export interface ComparedRival {
  readonly rival: RivalPackage;
  /** Of each case, by the name of the release; a release that it is not for is missing. */
  readonly verdicts: Map<string, readonly RivalVerdict[]>;
}

export interface ComparisonTable {
  readonly compared: readonly ComparedRival[];
  /** The releases, and how many cases each has. */
  readonly lines: readonly string[];
  readonly calls: readonly number[];
  readonly faults: Readonly<Record<string, string>>;
}

/** The table of a comparison in Markdown: a row for each rival, `0 / 2` where the first release has none and the second two. */
export function rivalTable({ compared, lines, calls, faults }: ComparisonTable): readonly string[] {
  const columns = {
    broken: 'user code broken',
    different: 'sees a difference',
    ...faults,
    ended: 'ends the process',
  };
  const head = `observed by, with ${lines.join(' / ')} (${calls.join(' / ')} calls)`;
  const rows = compared.map(({ rival, verdicts }) => [
    rowName(rival),
    ...Object.keys(columns).map((word) =>
      lines
        .map((line) => {
          const told = verdicts.get(line);
          if (told === undefined || (rival.noSpans === true && word in faults)) return '–';
          return String(told.filter((verdict) => verdict.includes(word)).length);
        })
        .join(' / '),
    ),
  ]);
  return markdownTable([[head, ...Object.values(columns)], ...rows]);
}

/** A package, or in words what the library brings itself. */
function rowName({ name, version }: RivalPackage): string {
  if (name.includes(' ')) return name;
  return version === undefined ? `\`${name}\`` : `\`${name}\` ${version}`;
}

/** How many calls the table in `page` was made with, by the name of the release. */
export function callsCompared(page: string): Readonly<Record<string, number>> {
  const told = /^\| observed by, with (.+) \(([\d /]+) calls\) /m.exec(page);
  if (told === null)
    throw new Error('the page has no table that begins with "| observed by, with"');
  const [, names = '', counts = ''] = told;
  const numbers = counts.split(' / ').map(Number);
  return Object.fromEntries(names.split(' / ').map((name, index) => [name, numbers[index]!]));
}
