import { expect, test } from 'vitest';
import { type TestEvent, testResults } from './test-events.ts';

const passed: TestEvent = {
  type: 'test:pass',
  name: 'it holds',
  nesting: 0,
  file: '/tmp/x/behaviour/1.js',
  skipped: false,
};

test('a passed test passes and a failed one fails with its error', () => {
  const failed: TestEvent = { ...passed, type: 'test:fail', name: 'it broke', error: 'why' };

  expect(testResults('on 3.1', [passed, failed], ['1.js'])).toMatchObject([
    { name: 'on 3.1: it holds', passed: true },
    { name: 'on 3.1: it broke', passed: false, detail: 'why' },
  ]);
});

test('a skipped test counts as failed', () => {
  expect(testResults('on 3.1', [{ ...passed, skipped: true }], ['1.js'])).toMatchObject([
    { passed: false, detail: 'skipped' },
  ]);
});

test('a file in which no test ran counts as failed', () => {
  expect(testResults('on 3.1', [passed], ['1.js', '2.js'])).toMatchObject([
    { passed: true },
    { name: 'on 3.1: 2.js', passed: false, detail: 'no test ran' },
  ]);
});
