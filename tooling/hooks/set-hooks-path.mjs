// Run by `pnpm install`: lets git use the hooks in tooling/hooks. Does nothing in CI, outside a git clone, without git,
// or where the clone already has hooks of its own.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const hooksPath = 'tooling/hooks';

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

if (!process.env['CI'] && existsSync('.git')) {
  try {
    const present = git('config', '--default', '', '--get', 'core.hooksPath');
    if (present === '') git('config', 'core.hooksPath', hooksPath);
  } catch {
    // A clone without hooks works as well.
  }
}
