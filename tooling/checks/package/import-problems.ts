import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { type Import, readSource } from '../imports/read-source.ts';
import type { PackedFiles, PublishedManifest } from './packed-files.ts';

/** Imports of packed JavaScript and declarations that a user's install could not resolve. */
export function importProblems(packed: PackedFiles): readonly string[] {
  const problems: string[] = [];
  const main = filesOfMain(packed);
  for (const [path, text] of packed.files) {
    const isTypes = path.endsWith('.d.ts');
    if (!isTypes && !/\.[mc]?js$/.test(path)) continue;
    if (!isTypes && /^\/\/ (\.\.\/|.*node_modules\/)/m.test(text)) {
      problems.push(`${path} has code of another package in it`);
    }
    for (const found of readSource(path, text).imports) {
      const problem = problemOf(packed, path, found, isTypes, main.has(path));
      if (problem !== undefined) problems.push(`${path}:${found.line} ${problem}`);
    }
  }
  return problems;
}

function problemOf(
  { files, manifest }: PackedFiles,
  path: string,
  { specifier, kind }: Import,
  isTypes: boolean,
  isOfMain: boolean,
): string | undefined {
  if (isBuiltin(specifier)) {
    return specifier.startsWith('node:') ? undefined : `imports ${specifier} without node:`;
  }
  if (specifier.startsWith('.')) {
    const target = join(path, '..', specifier);
    const resolved = isTypes ? target.replace(/\.([mc]?)js$/, '.d.$1ts') : target;
    return files.has(resolved) ? undefined : `imports ${specifier}, which is not in the package`;
  }
  if (!/^[@a-z]/.test(specifier)) return `imports ${specifier}, which is no package`;

  const name = packageNameOf(specifier);
  if (name === manifest.name) return undefined;
  if (!isDeclared(manifest, name)) {
    return `imports ${specifier}, and ${name} is neither a dependency nor a peer`;
  }
  // Loaded at once, or needed to compile, although the user may leave it out. An entry point of its own may be about
  // an optional peer, and then needs it.
  if (isOfMain && isOptional(manifest, name) && (isTypes || kind === 'static')) {
    return `imports ${specifier}, and ${name} is optional: use import() and a type of your own`;
  }
  return undefined;
}

/** The files that the entry point `.` leads to. */
function filesOfMain({ files }: PackedFiles): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = ['dist/index.js', 'dist/index.d.ts'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const text = files.get(path);
    if (text === undefined || seen.has(path)) continue;
    seen.add(path);
    for (const { specifier } of readSource(path, text).imports) {
      if (!specifier.startsWith('.')) continue;
      const target = join(path, '..', specifier);
      waiting.push(path.endsWith('.d.ts') ? target.replace(/\.([mc]?)js$/, '.d.$1ts') : target);
    }
  }
  return seen;
}

/** `@scope/name/sub` gives `@scope/name`, `name/sub` gives `name`. */
function packageNameOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function isDeclared(manifest: PublishedManifest, name: string): boolean {
  return [manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies].some(
    (group) => group?.[name] !== undefined,
  );
}

function isOptional(
  { dependencies, peerDependenciesMeta }: PublishedManifest,
  name: string,
): boolean {
  return dependencies?.[name] === undefined && peerDependenciesMeta?.[name]?.optional === true;
}
