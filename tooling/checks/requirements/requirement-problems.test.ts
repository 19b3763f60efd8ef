import { expect, test } from 'vitest';
import { emptyTable, requirementProblems } from './requirement-problems.ts';

const evidence = {
  fileExists: (path: string) => path === 'packages/core/src/clock.test.ts',
  scripts: ['test', 'demo', 'bench'],
};

/** A complete table, with one row replaced. */
function tableWith(id: string, ...rows: readonly string[]): string {
  return emptyTable()
    .split('\n')
    .flatMap((line) => (line.startsWith(`| ${id} `) ? rows : [line]))
    .join('\n');
}

test('a new table has every row, open, and passes', () => {
  expect(emptyTable().match(/^\| R\d{3} \| open \| \|$/gm)).toHaveLength(204);
  expect(requirementProblems(emptyTable(), evidence)).toEqual([]);
});

test.each([
  '| R007 | done | `packages/core/src/clock.test.ts` |',
  '| R007 | partial | `npm test`, and by hand |',
  '| R007 | done | `npm run demo` |',
  '| R007 | done | `pnpm bench core` row `C1` |',
  '| R007 | open | later |',
])('a good row: %s', (row) => {
  expect(requirementProblems(tableWith('R007', row), evidence)).toEqual([]);
});

test.each([
  ['| R007 | finished | `npm test` |', 'R007: "finished" is none of done, partial, open'],
  ['| R007 | done | seen |', 'R007: is done and names no test and no command in backticks'],
  ['| R007 | done | `packages/x/y.test.ts` |', 'R007: packages/x/y.test.ts does not exist'],
  ['| R007 | done | `npm run show` |', 'R007: "npm run show" is no script of package.json'],
  ['| R007 | done | a | b |', 'line 13: not of the form | R001 | state | test or command |'],
])('a bad row: %s', (row, problem) => {
  expect(requirementProblems(tableWith('R007', row), evidence)).toContain(problem);
});

test('rows are complete, in order and there once', () => {
  expect(requirementProblems(tableWith('R007'), evidence)).toEqual(['R007: has no row']);
  expect(
    requirementProblems(tableWith('R007', '| R007 | open | |', '| R007 | open | |'), evidence),
  ).toEqual(['R007: there twice, in lines 13 and 14']);
  expect(
    requirementProblems(tableWith('R007', '| R205 | open | |', '| R007 | open | |'), evidence),
  ).toEqual(['R007: stands after R205', 'R205: no such requirement']);
});
