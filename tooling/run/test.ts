import { createProgress } from '../bootstrap/progress.mjs';
import type { TaskInput } from './main.ts';
import { runStep } from './step.ts';
import { formatSummary, type StepResult, totals } from './summary.ts';
import { testEnvironment } from './test-environment.ts';
import { testSteps } from './test-steps.ts';

/** Everything that a pull request must pass. A failed step does not keep the later ones from running. */
export async function runTest({ root, args, signal }: TaskInput): Promise<number> {
  const all = testSteps(root);
  const unknown = args.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `unknown step ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`,
    );
    return 1;
  }

  const started = performance.now();
  const env = testEnvironment(process.env);
  const progress = createProgress(process.stdout, process.env);
  const results: StepResult[] = [];
  for (const step of all) {
    if (args.length > 0 && !args.includes(step.name)) continue;
    if (signal.aborted) break;
    results.push(await runStep(step, { root, env, signal, progress, print: console.log }));
  }
  console.log(`\n${formatSummary(results, performance.now() - started)}`);
  return signal.aborted || totals(results).failed > 0 ? 1 : 0;
}
