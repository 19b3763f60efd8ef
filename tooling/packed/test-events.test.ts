import { expect, test } from 'vitest';
import { type TestEvent, testResults } from './test-events.ts';

const passed: TestEvent = { type: 'test:pass', name: 'it holds', nesting: 0, skipped: false };

function resultsOf(events: readonly TestEvent[], code = 0) {
  const stdout = ['a line of the test itself', ...events.map((event) => JSON.stringify(event))];
  return testResults('on 3.1', { file: '1.js', stdout: stdout.join('\n'), stderr: 'why', code });
}

test('a passed test passes and a failed one fails with its error', () => {
  const failed: TestEvent = { ...passed, type: 'test:fail', name: 'it broke', error: 'because' };

  expect(resultsOf([passed, failed], 1)).toMatchObject([
    { name: 'on 3.1: it holds', passed: true },
    { name: 'on 3.1: it broke', passed: false, detail: 'because' },
  ]);
});

test('a skipped test counts as failed', () => {
  expect(resultsOf([{ ...passed, skipped: true }])).toMatchObject([
    { passed: false, detail: 'skipped' },
  ]);
});

test('a file without tests counts as failed, with what it wrote to stderr', () => {
  expect(resultsOf([], 0)).toEqual([
    { name: 'on 3.1: 1.js', passed: false, detail: 'ended with code 0 after 0 tests\nwhy' },
  ]);
});

test('a file that ends badly after its tests counts as failed', () => {
  expect(resultsOf([passed], 7)).toMatchObject([
    { passed: true },
    { name: 'on 3.1: 1.js', passed: false },
  ]);
});
