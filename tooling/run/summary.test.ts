import { expect, test } from 'vitest';
import { formatDuration, formatSummary, totals } from './summary.ts';

test('the summary ends with the counts alone on a line', () => {
  const text = formatSummary(
    [
      { name: 'format', outcome: 'ok', millis: 420 },
      {
        name: 'unit',
        outcome: 'failed',
        millis: 61_000,
        note: '9 passed, 1 failed',
        counts: { passed: 9, failed: 1 },
      },
      { name: 'demo', outcome: 'skipped', millis: 0, note: 'apps/demo has no build' },
    ],
    62_000,
  );

  expect(text).toBe(
    [
      'step    result          time',
      'format  ok             0.4 s',
      'unit    failed    1 min 01 s  9 passed, 1 failed',
      'demo    skipped        0.0 s  apps/demo has no build',
      'total             1 min 02 s',
      '',
      '10 passed, 1 failed',
    ].join('\n'),
  );
});

test('a step that failed without a failed test still counts as a failure', () => {
  const counts = { passed: 12, failed: 0 };

  expect(totals([{ name: 'unit', outcome: 'failed', millis: 1, counts }])).toEqual({
    passed: 12,
    failed: 1,
  });
});

test('a skipped step counts as nothing', () => {
  expect(totals([{ name: 'demo', outcome: 'skipped', millis: 0 }])).toEqual({
    passed: 0,
    failed: 0,
  });
});

test('a minute is never written as 60 seconds', () => {
  expect([59_949, 59_951, 119_700, 125_000].map((millis) => formatDuration(millis))).toEqual([
    '59.9 s',
    '1 min 00 s',
    '2 min 00 s',
    '2 min 05 s',
  ]);
});
