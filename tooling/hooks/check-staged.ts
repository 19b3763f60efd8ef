// The pre-commit hook: checks the files that are staged, as they are in the working tree.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { workspaceFolders } from '../bootstrap/install-stamp.mjs';
import { inParallel } from '../packed/check-list.ts';
import { runQuietly } from '../run/command.ts';
import { stagedChecks } from './staged-checks.ts';

const root = join(import.meta.dirname, '../..');
const staged = execFileSync(
  'git',
  ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'],
  { cwd: root, encoding: 'utf8' },
);
const files = staged.split('\0').filter((file) => file !== '');

const { signal } = new AbortController();
await inParallel(
  availableParallelism(),
  stagedChecks(files, workspaceFolders(root)),
  async (check) => {
    const { code, output } = await runQuietly(check.command, { cwd: root, signal });
    if (code === 0) return;
    process.exitCode = 1;
    console.error(`${output.trim()}\n${check.name} failed: ${check.fix}\n`);
  },
);
