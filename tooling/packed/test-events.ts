import type { CheckResult } from './check-list.ts';

/** A line of `event-reporter.mjs`. */
export interface TestEvent {
  readonly type: 'test:pass' | 'test:fail';
  readonly name: string;
  readonly nesting: number;
  readonly skipped: boolean;
  readonly millis?: number;
  readonly error?: string;
}

/** What one file of the suite left behind. */
export interface SuiteRun {
  readonly file: string;
  /** What the reporter printed, other lines included. */
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/**
 * The tests of a file as checks, `label` in front of their names. A skipped test counts as failed: the suite must
 * run everywhere. So does a file without tests, or one that ends badly although they passed: a suite that broke
 * while loading must not look green.
 */
export function testResults(
  label: string,
  { file, stdout, stderr, code }: SuiteRun,
): CheckResult[] {
  const results = stdout
    .split('\n')
    .filter((line) => line.startsWith('{"type":"test:'))
    .map((line) => JSON.parse(line) as TestEvent)
    .filter(({ nesting }) => nesting === 0)
    .map((event): CheckResult => {
      const passed = event.type === 'test:pass' && !event.skipped;
      return {
        name: `${label}: ${event.name}`,
        passed,
        millis: event.millis,
        detail: event.skipped ? 'skipped' : event.error,
      };
    });
  const broken = code !== 0 && results.every(({ passed }) => passed);
  if (results.length === 0 || broken) {
    const detail = `ended with code ${code} after ${results.length} tests\n${stderr}`.trimEnd();
    results.push({ name: `${label}: ${file}`, passed: false, detail });
  }
  return results;
}
