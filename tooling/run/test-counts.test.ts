import { expect, test } from 'vitest';
import { countsInOutput, countsOf } from './test-counts.ts';

test('passed and failed tests are counted', () => {
  expect(
    countsOf(
      JSON.stringify({ success: false, numPassedTests: 3, numFailedTests: 2, numPendingTests: 1 }),
    ),
  ).toEqual({ passed: 3, failed: 2 });
});

test('a file that could not be loaded counts as a failed test', () => {
  const results = {
    success: false,
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  };

  expect(countsOf(JSON.stringify(results))).toEqual({ passed: 3, failed: 2 });
});

test('an error outside of every test is a failure', () => {
  expect(countsOf('{"success":false,"numPassedTests":3,"numFailedTests":0}')).toEqual({
    passed: 3,
    failed: 1,
  });
});

test('the last line of counts in an output is the one that counts', () => {
  expect(countsInOutput('1 passed, 0 failed\nmore\n12 passed, 3 failed\n')).toEqual({
    passed: 12,
    failed: 3,
  });
  expect(countsInOutput('all 12 passed, 3 failed, maybe')).toBeUndefined();
});
