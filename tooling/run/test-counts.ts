import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Where the vitest preset leaves its results, in each package; turbo brings it back from the cache. */
const resultsFile = '.cache/test-results.json';

/** Removes the results of earlier runs, so that only this run is counted. */
export function forgetTestResults(root: string, folders: readonly string[]): void {
  for (const folder of folders) rmSync(join(root, folder, resultsFile), { force: true });
}

/** The tests of all packages together. A file of tests that could not be loaded counts as one failed test. */
export function countTests(root: string, folders: readonly string[]): Counts {
  return folders
    .map((folder) => join(root, folder, resultsFile))
    .filter((file) => existsSync(file))
    .map((file) => countsOf(readFileSync(file, 'utf8')))
    .reduce(add, { passed: 0, failed: 0 });
}

/** Reads one results file of vitest's JSON reporter. */
export function countsOf(json: string): Counts {
  const results = JSON.parse(json) as {
    readonly success?: boolean;
    readonly numPassedTests?: number;
    readonly numFailedTests?: number;
    readonly testResults?: readonly {
      readonly status?: string;
      readonly assertionResults?: readonly { readonly status?: string }[];
    }[];
  };
  const unloaded = (results.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults?.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = (results.numFailedTests ?? 0) + unloaded;
  return {
    passed: results.numPassedTests ?? 0,
    // Errors outside of any test, an unhandled rejection for example.
    failed: failed === 0 && results.success === false ? 1 : failed,
  };
}

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** What a suite of its own reports in a line `12 passed, 1 failed`; the last such line counts. */
export function countsInOutput(output: string): Counts | undefined {
  const [, passed, failed] = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1) ?? [];
  return passed === undefined || failed === undefined
    ? undefined
    : { passed: Number(passed), failed: Number(failed) };
}
