import { readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { entriesOf, foldersUp } from '../look-upwards.ts';

/** A package as it lies on disk. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Links resolved: two packages with one folder are one copy. */
  readonly folder: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What is installed around a folder. */
export interface Installation {
  /** Where the application's package.json is, or the folder that was asked about. */
  readonly root: string;
  readonly manifest: Manifest;
  /** Every copy of every package that was looked for. */
  readonly packages: readonly InstalledPackage[];
  /** The copy that a module in `folder` gets when it imports `name`. */
  readonly resolve: (name: string, folder?: string) => InstalledPackage | undefined;
}

export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly main?: string;
  /** For bundlers: the ES module where `main` is none. */
  readonly module?: string;
  readonly exports?: unknown;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  /** Names with `#` for files of its own. */
  readonly imports?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

// More folders than an application has; a bound all the same.
const MAX_FOLDERS = 200_000;

/** Reads which packages that `wanted` accepts are installed around `folder`, nested ones too. */
export function readInstallation(
  folder: string,
  wanted: (name: string, manifest: Manifest) => boolean,
): Installation {
  const root = foldersUp(folder).find((above) => manifestIn(above) !== undefined) ?? folder;
  const found = new Map<string, InstalledPackage>();
  const seen = new Set<string>();
  const visit = (modules: string): void => {
    for (const { name, path } of packageFolders(modules)) {
      const real = realpathOf(path);
      if (real === undefined || seen.has(real) || seen.size > MAX_FOLDERS) continue;
      seen.add(real);
      const manifest = manifestIn(real);
      if (manifest !== undefined && wanted(name, manifest)) {
        const installed = packageOf(manifest, real);
        if (installed !== undefined) found.set(real, installed);
      }
      visit(join(real, 'node_modules'));
    }
  };
  for (const above of foldersUp(root)) {
    const modules = join(above, 'node_modules');
    visit(modules);
    // pnpm keeps the packages here and links them to where they are used.
    for (const store of entriesOf(join(modules, '.pnpm'))) {
      visit(join(modules, '.pnpm', store, 'node_modules'));
    }
  }
  return {
    root,
    manifest: manifestIn(root) ?? {},
    packages: [...found.values()],
    resolve(name, from = root) {
      for (const real of foldersOf(name, from)) {
        const installed = packageOf(manifestIn(real) ?? {}, real);
        if (installed !== undefined) return installed;
      }
      return undefined;
    },
  };
}

function packageFolders(modules: string): { name: string; path: string }[] {
  return entriesOf(modules).flatMap((entry) => {
    if (entry.startsWith('.')) return [];
    const path = join(modules, entry);
    if (!entry.startsWith('@')) return [{ name: entry, path }];
    return entriesOf(path).map((name) => ({ name: `${entry}/${name}`, path: join(path, name) }));
  });
}

function packageOf(manifest: Manifest, folder: string): InstalledPackage | undefined {
  const { name, version, peerDependencies = {} } = manifest;
  return name === undefined || version === undefined
    ? undefined
    : { name, version, folder, peerDependencies };
}

/**
 * Where a module in `from` finds the package `name`, the nearest first. Links resolved: a package of the workspace has its
 * dependencies where it lies.
 */
export function* foldersOf(name: string, from: string): Generator<string> {
  for (const above of foldersUp(from)) {
    if (basename(above) === 'node_modules') continue;
    const real = realpathOf(join(above, 'node_modules', name));
    if (real !== undefined) yield real;
  }
}

/** The `package.json` in a folder, where there is one that can be read. */
export function manifestIn(folder: string): Manifest | undefined {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    return (JSON.parse(text) as Manifest | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
