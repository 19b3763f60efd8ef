import { explainInstallError } from './explain-install-error.mjs';
import { runCaptured } from './run-captured.mjs';
import { StopMessage } from './stop-message.mjs';

/**
 * Installs the workspace as the lock file says.
 * @param {{
 *   root: string,
 *   pnpm: import('./find-pnpm.mjs').Pnpm,
 *   env: Record<string, string | undefined>,
 *   reason: string,
 *   progress: import('./progress.mjs').Progress,
 * }} options
 */
export async function installWorkspace({ root, pnpm, env, reason, progress }) {
  progress.step(`installing (${reason})`);
  const { code, output } = await runCaptured(
    pnpm.command,
    [
      'install',
      '--frozen-lockfile',
      '--reporter=append-only',
      // Nobody would answer whether a node_modules that does not fit may go.
      '--config.confirmModulesPurge=false',
    ],
    {
      cwd: root,
      env,
      onLine: (line) => {
        const [, counts] = /^(?:.*\| )?Progress: (.*)$/.exec(line) ?? [];
        if (counts !== undefined) progress.detail(counts);
      },
    },
  );
  if (code === 0) {
    progress.done();
    return;
  }
  throw new StopMessage(
    (await explainInstallError(output, env)) ??
      `${output.trimEnd()}\npnpm install failed; the reason is above.`,
  );
}
