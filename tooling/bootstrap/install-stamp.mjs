import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const stampFile = 'node_modules/.cache/bootstrap/installed';

/**
 * Why an install is needed, in words; undefined where node_modules fits the lock file and every manifest.
 * @param {string} root
 * @returns {string | undefined}
 */
export function installReason(root) {
  if (!existsSync(join(root, 'node_modules/.modules.yaml'))) return 'nothing is installed yet';
  const stamp = join(root, stampFile);
  if (!existsSync(stamp)) return 'it is not known whether everything is installed';
  if (readFileSync(stamp, 'utf8') !== fingerprint(root)) return 'the dependencies have changed';
  // A folder that was cleaned by hand.
  const bare = workspaceFolders(root).find(
    (folder) => !existsSync(join(root, folder, 'node_modules')) && hasDependencies(root, folder),
  );
  return bare === undefined ? undefined : `${bare} has no node_modules`;
}

/**
 * Notes that node_modules fits the lock file and the manifests as they are now.
 * @param {string} root
 */
export function writeInstallStamp(root) {
  const stamp = join(root, stampFile);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint(root));
}

/**
 * Everything that decides what belongs into node_modules. The place and the platform too: a copied or moved
 * node_modules has links and binaries that do not fit.
 * @param {string} root
 * @returns {string}
 */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${root}\n${process.platform}-${process.arch}\n`);
  const manifests = workspaceFolders(root).map((folder) => join(folder, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(root, file)))
      .update('\n');
  }
  return hash.digest('hex');
}

/**
 * The folders that pnpm-workspace.yaml lists: plain ones, and those under `folder/*`.
 * @param {string} root
 * @returns {string[]}
 */
export function workspaceFolders(root) {
  const yaml = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const [, list = ''] = /^packages:\s*\n((?:[ \t]*(?:-|#).*\n?)*)/m.exec(yaml) ?? [];
  const patterns = [...list.matchAll(/^\s*-\s*['"]?([^'"\s#]+)/gm)].map(([, name]) => name ?? '');
  return patterns
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return existsSync(join(root, parent))
        ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
        : [];
    })
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .toSorted();
}

/**
 * @param {string} root
 * @param {string} folder
 */
function hasDependencies(root, folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return [manifest.dependencies, manifest.devDependencies].some(
    (group) => Object.keys(group ?? {}).length > 0,
  );
}
