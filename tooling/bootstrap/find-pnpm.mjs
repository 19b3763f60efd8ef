import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { explainInstallError } from './explain-install-error.mjs';
import { runCaptured } from './run-captured.mjs';
import { StopMessage } from './stop-message.mjs';

/**
 * The pnpm to use: the one in PATH where its version is the pinned one, else the pinned one through npx.
 * `folder` must then come into PATH: turbo starts pnpm by its name.
 * @typedef {{ command: string, folder: string | undefined }} Pnpm
 */

/**
 * @param {{
 *   root: string,
 *   wanted: string,
 *   env: Record<string, string | undefined>,
 *   progress: import('./progress.mjs').Progress,
 * }} options `wanted` is the `packageManager` field: `pnpm@12.21.0`
 * @returns {Promise<Pnpm>}
 */
export async function findPnpm({ root, wanted, env, progress }) {
  const version = pinnedVersion(wanted);
  const note = join(root, 'node_modules/.cache/bootstrap', `pnpm-${version}`);
  const noted = existsSync(note) ? readFileSync(note, 'utf8') : undefined;
  if (noted !== undefined && existsSync(join(noted, 'pnpm'))) return at(noted);

  const inPath = await runCaptured('pnpm', ['--version'], { cwd: root, env });
  if (inPath.code === 0 && inPath.stdout.trim() === version) {
    return { command: 'pnpm', folder: undefined };
  }

  progress.step(`fetching pnpm ${version}`);
  const fetched = await runCaptured(
    'npx',
    ['--yes', '--loglevel=error', '--package', `pnpm@${version}`, '-c', 'node -p process.env.PATH'],
    { cwd: root, env },
  );
  const folder = (fetched.stdout.trim().split('\n').at(-1) ?? '')
    .split(delimiter)
    .find((entry) => entry.includes('_npx') && existsSync(join(entry, 'pnpm')));
  if (folder === undefined) {
    throw new StopMessage(
      (await explainInstallError(fetched.output, env)) ??
        `pnpm ${version} is not here and npx could not fetch it: ${fetched.output.trim()}`,
    );
  }
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, folder);
  return at(folder);
}

/**
 * `pnpm@12.21.0+sha512.abc` gives `12.21.0`.
 * @param {string} packageManager
 */
export function pinnedVersion(packageManager) {
  const [, version] = /^pnpm@([^+]+)/.exec(packageManager) ?? [];
  if (version === undefined) throw new StopMessage(`packageManager is no pnpm: ${packageManager}`);
  return version;
}

/**
 * @param {string} folder
 * @returns {Pnpm}
 */
function at(folder) {
  return { command: join(folder, 'pnpm'), folder };
}
