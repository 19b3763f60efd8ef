import { expect, test } from 'vitest';
import type { Row } from './measure.ts';
import { type BenchRun, compareRuns, formatRunComparison } from './run-comparison.ts';

function row(changes: Partial<Row>): Row {
  const ours = { name: 'ours', nanos: 100 };
  return { id: 'P1', title: 'parse', ours, verdict: 'floor holds', ...changes };
}

function runWith(...rows: readonly Partial<Row>[]): BenchRun {
  return { reports: [{ package: 'propagation', file: 'bench/a.bench.ts', rows: rows.map(row) }] };
}

test('a slower machine is no slower change: the ratios to the baseline are compared', () => {
  const base = runWith({ ours: { name: 'ours', nanos: 100 }, ratio: 0.5 });
  const head = runWith({ ours: { name: 'ours', nanos: 220 }, ratio: 0.55 });

  const [change] = compareRuns(base, head);

  expect(change).toMatchObject({ base: 100, head: 220 });
  expect(change?.change).toBeCloseTo(1.1);
});

test('without a baseline the times are compared', () => {
  const [change] = compareRuns(runWith({}), runWith({ ours: { name: 'ours', nanos: 151 } }));

  expect(change?.change).toBeCloseTo(1.51);
});

test('a row that is new or gone is shown without a change', () => {
  const changes = compareRuns(runWith({ id: 'P1' }), runWith({ id: 'P2' }));

  expect(changes.map(({ id, change }) => [id, change])).toEqual([
    ['P1', undefined],
    ['P2', undefined],
  ]);
});

test('the table marks what is above the alert level, slowest first', () => {
  const base = runWith({ id: 'P1' }, { id: 'P2' });
  const head = runWith({ id: 'P1' }, { id: 'P2', ours: { name: 'ours', nanos: 160 } });

  expect(formatRunComparison(compareRuns(base, head), 1.5).split('\n')).toEqual([
    '| package | id | what | before | now | change |',
    '| --- | --- | --- | --- | --- | --- |',
    '| propagation | P2 | parse | 100 ns | 160 ns | 160 % **slower** |',
    '| propagation | P1 | parse | 100 ns | 100 ns | 100 % |',
    '',
    'More than 150 % of the time it took: P2.',
  ]);
});
