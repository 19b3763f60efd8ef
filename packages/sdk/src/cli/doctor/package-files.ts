import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileFor, firstTarget } from './file-targets.ts';
import { foldersOf, type Manifest, manifestIn } from './installed-packages.ts';
import { clientOf, isObserver } from './known-packages.ts';

/** What a name of a package leads to. */
export type PackageFile =
  /** To this file, which may load a client. */
  | { readonly path: string }
  /** To no client: it is one, or observes one, or depends on none. */
  | 'no client'
  /** It is not there, or has no such file: an alias of a compiler, or what a build has yet to make. */
  | 'unknown';

/**
 * Finds the file that `specifier` means in `file`, where its package depends on a client, by itself or through others: a
 * package of the workspace, or one that is built on a client. All others are passed over: there are thousands.
 * @param clientless - folders of packages that are known to depend on none; more are added
 */
export function packageFile(specifier: string, file: string, clientless: Set<string>): PackageFile {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';
  if (isBuiltin(specifier) || clientOf(name) !== undefined || isObserver(name)) return 'no client';
  const [folder] = foldersOf(name, dirname(file));
  const manifest = folder === undefined ? undefined : manifestIn(folder);
  if (folder === undefined || manifest === undefined) return 'unknown';
  if (!dependsOnClient(folder, manifest, clientless)) return 'no client';
  const path = fileFor(join(folder, targetOf(manifest, `.${specifier.slice(name.length)}`)));
  return path === undefined ? 'unknown' : { path };
}

function dependsOnClient(folder: string, manifest: Manifest, clientless: Set<string>): boolean {
  // Most files of an application load the same packages.
  if (clientless.has(folder)) return false;
  const seen = new Set<string>();
  if (leadsToClient(folder, manifest, seen, clientless)) return true;
  for (const passed of seen) clientless.add(passed);
  return false;
}

function leadsToClient(
  folder: string,
  manifest: Manifest,
  seen: Set<string>,
  clientless: ReadonlySet<string>,
): boolean {
  seen.add(folder);
  const { dependencies, peerDependencies, optionalDependencies } = manifest;
  return Object.keys({ ...optionalDependencies, ...peerDependencies, ...dependencies }).some(
    (name) => {
      if (clientOf(name) !== undefined) return true;
      if (isObserver(name)) return false;
      const [other] = foldersOf(name, folder);
      if (other === undefined || seen.has(other) || clientless.has(other)) return false;
      const itsManifest = manifestIn(other);
      return itsManifest !== undefined && leadsToClient(other, itsManifest, seen, clientless);
    },
  );
}

/** The file of a package that `subpath` (`.` or `./name`) means, without extension where the manifest has none. */
function targetOf({ exports, module, main }: Manifest, subpath: string): string {
  const isMap = typeof exports === 'object' && exports !== null;
  const paths: Readonly<Record<string, unknown>> =
    isMap && Object.keys(exports).some((key) => key.startsWith('.'))
      ? { ...exports }
      : { '.': exports };
  const exact = firstTarget(paths[subpath]);
  if (exact !== undefined) return exact;
  for (const [pattern, target] of Object.entries(paths)) {
    const [start = '', end] = pattern.split('*');
    if (end === undefined || !subpath.startsWith(start) || !subpath.endsWith(end)) continue;
    const between = subpath.slice(start.length, subpath.length - end.length);
    const found = firstTarget(target)?.replaceAll('*', () => between);
    if (found !== undefined) return found;
  }
  return subpath === '.' ? (module ?? main ?? 'index') : subpath;
}
