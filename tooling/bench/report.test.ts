import { expect, test } from 'vitest';
import type { Row } from './measure.ts';
import { exitCodeOf, formatTable } from './report.ts';

const row: Row = {
  id: 'P1',
  title: 'parse',
  ours: { name: 'ours', nanos: 100 },
  baseline: { name: 'stock', nanos: 311 },
  ratio: 100 / 311,
  floor: { timesFaster: 2.4 },
  stretch: { timesFaster: 3.2 },
  verdict: 'floor holds',
};

test('the table shows both sides, the ratio in words, and both targets', () => {
  expect(formatTable([row])).toBe(
    [
      'id  what   ours    baseline        ratio         floor                 stretch               verdict',
      'P1  parse  100 ns  311 ns (stock)  3.11x faster  at least 2.4x faster  at least 3.2x faster  floor holds',
    ].join('\n'),
  );
});

test('where the target is a difference, that stands first', () => {
  const added: Row = { ...row, ratio: 1.31, extraNanos: 28_400, floor: { maxExtraNanos: 30_000 } };

  expect(formatTable([added])).toContain('+ 28.4 us, 1.31x the time');
  expect(formatTable([{ ...added, ratio: 0.9, extraNanos: -500 }])).toContain(
    '- 500 ns, 1.11x faster',
  );
});

test('the exit code tells a missed floor from a bench that broke', () => {
  const report = { package: 'propagation', file: 'bench/a.bench.ts', rows: [row] };

  expect(exitCodeOf([report])).toBe(0);
  expect(exitCodeOf([{ ...report, rows: [{ ...row, verdict: 'floor missed' }] }])).toBe(1);
  expect(exitCodeOf([report, { ...report, rows: [], error: 'ended with 1' }])).toBe(2);
});
