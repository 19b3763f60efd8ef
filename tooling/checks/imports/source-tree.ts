import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { workspaceFolders } from '../../bootstrap/install-stamp.mjs';
import { readSource, type SourceFacts } from './read-source.ts';

/** A package of the workspace, as far as the import rules know it. Paths are relative to the workspace. */
export interface SourcePackage {
  readonly name: string;
  readonly folder: string;
  /** The tags of its turbo.json: its place in the table of layers. */
  readonly tags: readonly string[];
  /** Sources behind its entry points: `./policy` to `packages/x/src/policy/index.ts`. */
  readonly entries: ReadonlyMap<string, string>;
  /** Packages that a user may have beside it, or not. */
  readonly optionalPeers: ReadonlySet<string>;
}

export interface SourceFile extends SourceFacts {
  readonly path: string;
  readonly package: SourcePackage;
  /** Tests and benches may use what a user's application may use. */
  readonly isTest: boolean;
}

export interface SourceTree {
  readonly packages: readonly SourcePackage[];
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** Reads every source file of the workspace. */
export function readSourceTree(root: string): SourceTree {
  const packages = workspaceFolders(root).map((folder) => readPackage(root, folder));
  const files = new Map<string, SourceFile>();
  for (const owner of packages) {
    const found = globSync('**/*.{ts,mts,js,mjs}', {
      cwd: join(root, owner.folder),
      exclude: ({ name }) =>
        ['node_modules', 'dist', 'coverage', '.cache', 'fixtures'].includes(name),
      withFileTypes: true,
    });
    for (const entry of found) {
      if (!entry.isFile() || entry.name.endsWith('.d.ts')) continue;
      const absolute = join(entry.parentPath, entry.name);
      const path = absolute.slice(join(root, '/').length);
      const facts = readSource(path, readFileSync(absolute, 'utf8'));
      files.set(path, { ...facts, path, package: owner, isTest: isTest(path, owner) });
    }
  }
  return { packages, files };
}

function readPackage(root: string, folder: string): SourcePackage {
  const read = (file: string): string => readFileSync(join(root, folder, file), 'utf8');
  const manifest = JSON.parse(read('package.json')) as {
    readonly name: string;
    readonly exports?: Readonly<Record<string, string | { readonly default: string }>>;
    readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  };
  // turbo.json may have comments, which JSON.parse does not take.
  const [, tags = '[]'] = /"tags":\s*(\[[^\]]*\])/.exec(read('turbo.json')) ?? [];
  // The way of `import` where `require` has another one.
  const entries = Object.entries(manifest.exports ?? {})
    .map(([name, target]) => [name, typeof target === 'string' ? target : target.default] as const)
    .filter(([, target]) => target.endsWith('.ts'));
  return {
    name: manifest.name,
    folder,
    tags: JSON.parse(tags) as string[],
    entries: new Map(entries.map(([name, target]) => [name, join(folder, target)])),
    optionalPeers: new Set(
      Object.entries(manifest.peerDependenciesMeta ?? {})
        .filter(([, { optional }]) => optional === true)
        .map(([name]) => name),
    ),
  };
}

function isTest(path: string, { folder }: SourcePackage): boolean {
  const inside = path.slice(folder.length + 1);
  // Tool settings (tsup.config.ts) lie beside `src`.
  return (
    !inside.startsWith('src/') ||
    dirname(inside).includes('test') ||
    basename(inside).includes('.test.')
  );
}

/** The file an import leads to, where it is one of the workspace. */
function resolveImport(tree: SourceTree, from: SourceFile, specifier: string): string | undefined {
  if (specifier.startsWith('.')) {
    const path = join(dirname(from.path), specifier);
    return [path, `${path}.ts`, path.replace(/\.js$/, '.ts'), join(path, 'index.ts')].find(
      (candidate) => tree.files.has(candidate),
    );
  }
  const owner = tree.packages.find(
    ({ name }) => specifier === name || specifier.startsWith(`${name}/`),
  );
  return owner?.entries.get(`.${specifier.slice(owner.name.length)}`);
}

/**
 * Every file that the entry brings in, with the way there. Types count too: they are in the declarations a user
 * compiles against.
 */
export function filesBehind(
  tree: SourceTree,
  entry: string,
): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  const visit = (path: string, way: readonly string[]): void => {
    const file = tree.files.get(path);
    if (file === undefined || ways.has(path)) return;
    const here = [...way, path];
    ways.set(path, here);
    for (const { specifier } of file.imports) {
      const next = resolveImport(tree, file, specifier);
      if (next !== undefined) visit(next, here);
    }
  };
  visit(entry, []);
  return ways;
}
