import { expect, test } from 'vitest';
import { callsCompared, rivalTable } from './rival-table.ts';

const table = rivalTable({
  compared: [
    {
      rival: { name: 'ours' },
      verdicts: new Map([
        ['1', [[], []]],
        ['2', [[]]],
      ]),
    },
    {
      rival: { name: 'theirs', version: '1.2.3', lines: ['2'] },
      verdicts: new Map([['2', [['broken', 'spans']]]]),
    },
    {
      rival: { name: 'the client itself', noSpans: true },
      verdicts: new Map([
        ['1', [['ended', 'broken'], []]],
        ['2', [[]]],
      ]),
    },
  ],
  lines: ['1', '2'],
  calls: [2, 1],
  faults: { spans: 'spans wrong' },
});

test('a row for each rival counts the cases by release; what it is not for or not judged by has no figure', () => {
  expect(table.map((row) => row.split('|').map((cell) => cell.trim()))).toEqual([
    [
      '',
      'observed by, with 1 / 2 (2 / 1 calls)',
      'user code broken',
      'sees a difference',
      'spans wrong',
      'ends the process',
      '',
    ],
    expect.any(Array),
    ['', '`ours`', '0 / 0', '0 / 0', '0 / 0', '0 / 0', ''],
    ['', '`theirs` 1.2.3', '– / 1', '– / 0', '– / 1', '– / 0', ''],
    ['', 'the client itself', '1 / 0', '0 / 0', '– / –', '1 / 0', ''],
  ]);
});

test('how many calls it was made with can be read off a page', () => {
  expect(callsCompared(`# Page\n\n${table.join('\n')}\n\nMore.\n`)).toEqual({ 1: 2, 2: 1 });
  expect(() => callsCompared('# Page')).toThrow(/no table/);
});
