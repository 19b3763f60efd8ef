import { expect, test } from 'vitest';
import { findingsIn, formatLongSummary } from './test-long.ts';

test('a package reports findings in lines of its own', () => {
  expect(findingsIn('noise\nresult: 0 lost of 12000\nno result: here\nresult: p99 4 ms\n')).toEqual(
    ['0 lost of 12000', 'p99 4 ms'],
  );
});

test('the summary is Markdown and ends with the counts', () => {
  const text = formatLongSummary(
    [
      {
        name: 'a',
        ok: true,
        millis: 1000,
        findings: ['0 lost', 'p99 4 ms'],
        counts: { passed: 4, failed: 0 },
      },
      { name: 'b', ok: false, millis: 2000, findings: [] },
    ],
    3000,
    'Node.js 24',
  );

  expect(text.split('\n')).toEqual([
    'Long tests, Node.js 24, 3.0 s in all.',
    '',
    '| package | result | time | findings |',
    '| --- | --- | --- | --- |',
    '| a | ok | 1.0 s | 0 lost<br>p99 4 ms |',
    '| b | failed | 2.0 s |  |',
    '',
    '4 passed, 1 failed',
  ]);
});
