// The entry of the root scripts: `node tooling/bootstrap/start.mjs <task> [arguments]`. Runs on Node.js 20 and newer
// without any dependency, installs what is missing, and goes on in the Node.js that the workspace pins.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './child-environment.mjs';
import { findPnpm } from './find-pnpm.mjs';
import { installWorkspace } from './install-workspace.mjs';
import { installReason, writeInstallStamp } from './install-stamp.mjs';
import { createProgress } from './progress.mjs';
import { runInForeground } from './run-in-foreground.mjs';
import { StopMessage } from './stop-message.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const [task, ...args] = process.argv.slice(2);

async function main() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new StopMessage(`Node.js 20 or newer is needed; this is ${process.version}.`);
  }

  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const env = childEnvironment(process.env);
  const progress = createProgress(process.stderr, env);
  const pnpm = await findPnpm({ root, wanted: manifest.packageManager, env, progress });

  const reason = installReason(root);
  if (reason !== undefined) {
    await installWorkspace({ root, pnpm, env, reason, progress });
    writeInstallStamp(root);
  }

  const node = join(root, 'node_modules/node/bin/node');
  if (!existsSync(node)) {
    throw new StopMessage(
      'The Node.js of the workspace is missing: delete node_modules and run this again.',
    );
  }
  const folders = [join(root, 'node_modules/.bin'), pnpm.folder].filter(Boolean);
  env['PATH'] = [...folders, env['PATH'] ?? ''].join(delimiter);
  return runInForeground(node, [join(root, 'tooling/run/main.ts'), task ?? '', ...args], {
    cwd: root,
    env,
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof StopMessage)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
