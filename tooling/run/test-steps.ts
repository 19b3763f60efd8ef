import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from '../bootstrap/install-stamp.mjs';
import type { Step } from './step.ts';
import { countsInOutput, countTests, forgetTestResults } from './test-counts.ts';

/** What `npm test` runs, cheapest first. */
export function testSteps(root: string): readonly Step[] {
  const folders = workspaceFolders(root);
  const demo = join(root, 'apps/demo/dist/main.js');
  return [
    { name: 'format', command: ['oxfmt', '--check'] },
    { name: 'lint', command: ['oxlint', '--type-aware'] },
    { name: 'boundaries', command: ['turbo', 'boundaries'] },
    { name: 'imports', command: script('checks/check-imports.ts') },
    { name: 'unused', command: ['knip', '--no-progress', '--no-config-hints'] },
    { name: 'requirements', command: script('checks/check-requirements.ts') },
    { name: 'generated', command: turbo('check:generated') },
    { name: 'types', command: turbo('typecheck') },
    {
      name: 'unit',
      command: turbo('test'),
      before: () => forgetTestResults(root, folders),
      // Ten minutes on two free cores.
      timeoutMillis: 40 * 60_000,
      counts: () => countTests(root, folders),
    },
    { name: 'build', command: turbo('build') },
    { name: 'packages', command: turbo('check:package') },
    {
      name: 'packed',
      // Built just now.
      command: [...script('packed/run.ts'), '--no-build'],
      counts: ({ stdout }) => countsInOutput(stdout),
    },
    {
      name: 'demo',
      command: ['node', demo, '--json'],
      skip: () => (existsSync(demo) ? undefined : 'apps/demo has no build'),
      timeoutMillis: 3 * 60_000,
    },
  ];
}

function script(path: string): readonly string[] {
  return ['node', `tooling/${path}`];
}

/** One failing package does not hide the others. */
function turbo(task: string): readonly string[] {
  return ['turbo', 'run', task, '--continue', '--output-logs=errors-only', '--ui=stream'];
}
