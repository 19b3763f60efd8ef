import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createProgress } from '../bootstrap/progress.mjs';
import { nodeBinary } from '../packed/node-binary.ts';
import type { TaskInput } from './main.ts';
import { runStep } from './step.ts';
import { formatSummary, type StepResult, totals } from './summary.ts';
import { countTests, forgetTestResults } from './test-counts.ts';
import { testEnvironment } from './test-environment.ts';
import { packagesWithScript } from './workspace-packages.ts';

/**
 * `test:node <version> [package …]`: the unit tests of the packages in another Node.js, which is taken from the registry. From 22.18
 * on: tests start processes from sources. The packed packages are tested on 22.15, too.
 */
export async function runUnitTestsOn({ root, args, signal }: TaskInput): Promise<number> {
  const [version, ...only] = args;
  if (version === undefined) {
    console.error('which Node.js? For example: npm run test:node -- 22');
    return 1;
  }
  const started = performance.now();
  const progress = createProgress(process.stdout, process.env);
  progress.step(`fetching Node.js ${version}`);
  const binary = await nodeBinary(version);
  progress.done();

  const bin = mkdtempSync(join(tmpdir(), 'llm-otel-node-'));
  symlinkSync(binary, join(bin, 'node'));
  const env = {
    ...testEnvironment(process.env),
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    // Before 24 it runs TypeScript with a warning.
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
  try {
    const results: StepResult[] = [];
    for (const { name, folder } of packagesWithScript(root, 'test')) {
      if (signal.aborted) break;
      if (!folder.startsWith('packages/')) continue;
      if (only.length > 0 && !only.includes(folder.slice('packages/'.length))) continue;
      const vitest = join(root, folder, 'node_modules/vitest/vitest.mjs');
      const step = {
        name,
        command: [binary, vitest, 'run', '--root', folder],
        before: () => forgetTestResults(root, [folder]),
        counts: () => countTests(root, [folder]),
      };
      results.push(await runStep(step, { root, env, signal, progress, print: console.log }));
    }
    if (results.length === 0) {
      console.error(`no such package: ${only.join(', ')}`);
      return 1;
    }
    console.log(`\nNode.js ${version}\n${formatSummary(results, performance.now() - started)}`);
    return signal.aborted || totals(results).failed > 0 ? 1 : 0;
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}
