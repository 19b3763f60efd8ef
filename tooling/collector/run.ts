// The integration tests against a real Collector: `npm run test:collector [-- words of test files]`.
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgress } from '../bootstrap/progress.mjs';
import { runQuietly, runVisibly } from '../run/command.ts';
import { stopOnSignals } from '../run/stop-on-signals.ts';
import { type Counts, countsOf } from '../run/test-counts.ts';
import { testEnvironment } from '../run/test-environment.ts';
import { provideCollector, type ProvidedCollector } from './provide-collector.ts';

const tooling = join(import.meta.dirname, '..');
const root = join(tooling, '..');
const results = join(import.meta.dirname, '.cache/test-results.json');
const stop = stopOnSignals();

const { passed, failed } = await run(process.argv.slice(2));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = stop.exitCode() ?? (failed === 0 ? 0 : 1);

async function run(words: readonly string[]): Promise<Counts> {
  const { signal } = stop;
  let collector: ProvidedCollector;
  try {
    const progress = createProgress(process.stdout, process.env);
    collector = await provideCollector({ env: process.env, progress, signal });
  } catch (error) {
    console.error(`no Collector: ${(error as Error).message}`);
    return { passed: 0, failed: 1 };
  }
  if ('missing' in collector) {
    console.log(`skipped: ${collector.missing}`);
    return { passed: 0, failed: 0 };
  }
  const { binary } = collector;
  const version = await runQuietly([binary, '--version'], { cwd: root, signal });
  console.log(`Collector: ${version.stdout.trim()}, ${binary}`);

  rmSync(results, { force: true });
  const code = await runVisibly(
    [
      'node',
      join(tooling, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      join(import.meta.dirname, 'vitest.config.ts'),
      ...words,
    ],
    { cwd: root, signal, env: { ...testEnvironment(process.env), OTELCOL_BIN: binary } },
  );
  const counts = await readFile(results, 'utf8').then(countsOf, () => ({ passed: 0, failed: 1 }));
  return code === 0 ? counts : { ...counts, failed: Math.max(counts.failed, 1) };
}
