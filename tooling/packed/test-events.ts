import { basename } from 'node:path';
import type { CheckResult } from './check-list.ts';

/** A line of `event-reporter.mjs`. */
export interface TestEvent {
  readonly type: 'test:pass' | 'test:fail';
  readonly name: string;
  readonly nesting: number;
  readonly file?: string;
  readonly skipped: boolean;
  readonly millis?: number;
  readonly error?: string;
}

/**
 * Test results as checks, `label` in front of their names. A skipped test counts as failed: the suite must run everywhere. So does a file of
 * `expectedFiles` without any test: a suite that broke while loading must not look green.
 */
export function testResults(
  label: string,
  events: readonly TestEvent[],
  expectedFiles: readonly string[],
): CheckResult[] {
  // Node.js reports a file that broke as a test named after its path.
  const tests = events.filter(({ nesting }) => nesting === 0);
  const results = tests.map((event): CheckResult => {
    const passed = event.type === 'test:pass' && !event.skipped;
    const detail = event.skipped ? 'skipped' : event.error;
    return {
      name: `${label}: ${event.name}`,
      passed,
      millis: event.millis,
      ...(passed || detail === undefined ? {} : { detail }),
    };
  });
  const reporting = new Set(tests.map(({ file, name }) => basename(file ?? name)));
  for (const file of expectedFiles)
    if (!reporting.has(file))
      results.push({ name: `${label}: ${file}`, passed: false, detail: 'no test ran' });
  return results;
}
