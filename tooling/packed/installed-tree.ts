import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A package found on disk. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Relative to the folder that was walked. */
  readonly path: string;
}

/**
 * Every package under `folder`/node_modules, as npm and as pnpm lay them out. Links are not followed, so
 * each copy on disk counts once.
 */
export function installedPackages(folder: string): InstalledPackage[] {
  return [...walk(join(folder, 'node_modules'))].map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
    };
    return { name, version, path: relative(folder, path) };
  });
}

function* walk(modules: string): Generator<string> {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === '.bin') continue;
    const path = join(modules, entry.name);
    if (entry.name === '.pnpm') {
      for (const instance of readdirSync(path)) yield* walk(join(path, instance, 'node_modules'));
    } else if (entry.name.startsWith('@')) {
      yield* walk(path);
    } else if (!entry.name.startsWith('.') && existsSync(join(path, 'package.json'))) {
      yield path;
      yield* walk(join(path, 'node_modules'));
    }
  }
}

/** Throws unless every one of `names` that is installed is there once. */
export function assertOneCopy(
  packages: readonly InstalledPackage[],
  names: readonly string[],
): void {
  for (const name of names) {
    const copies = packages.filter((installed) => installed.name === name);
    if (copies.length > 1) {
      const found = copies.map(({ version, path }) => `${version} in ${path}`).join('\n  ');
      throw new Error(`${copies.length} copies of ${name}:\n  ${found}`);
    }
  }
}

/** Bytes of all files under `folder`, links not followed. */
export function bytesOnDisk(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += lstatSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
