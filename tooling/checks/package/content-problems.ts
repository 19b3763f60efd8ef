import type { PackedFiles } from './packed-files.ts';

/** What of this machine must not be in a package. */
export interface MachinePaths {
  readonly workspace: string;
  readonly home: string;
}

const forbidden: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\.(test|spec|bench)\.|(^|\/)(test|tests|fixtures|__tests__)\//, 'a test or a fixture'],
  [/(^|\/)bench\//, 'a benchmark'],
  [/(?<!\.d)\.[mc]?tsx?$/, 'a TypeScript source'],
  [/(^|\/)(tsconfig[^/]*\.json|turbo\.json|[^/]+\.config\.[a-z]+)$/, 'a tool setting'],
  [/(^|\/)(\.cache|coverage|node_modules)\//, 'a leftover'],
  [/\.(map|tsbuildinfo|tgz|log)$/, 'a leftover'],
];

/** Files that do not belong into a package, files that are missing, and paths of the machine that built it. */
export function contentProblems(
  { files, manifest }: PackedFiles,
  { workspace, home }: MachinePaths,
): readonly string[] {
  const problems: string[] = [];
  for (const [path, text] of files) {
    for (const [pattern, what] of forbidden) {
      if (pattern.test(path)) problems.push(`${path} is ${what}`);
    }
    for (const place of [workspace, home]) {
      if (text.includes(`${place}/`))
        problems.push(`${path} holds the path ${place} of this machine`);
    }
  }
  for (const path of ['LICENSE', 'README.md']) {
    if ((files.get(path) ?? '').trim() === '') problems.push(`${path} is missing or empty`);
  }
  for (const target of targetsOf([manifest.exports, manifest.bin])) {
    if (!target.includes('*') && !files.has(target.replace(/^\.\//, ''))) {
      problems.push(`package.json names ${target}, which is not in the package`);
    }
  }
  // pnpm replaces both when it packs.
  for (const [protocol] of (files.get('package.json') ?? '').matchAll(
    /"(workspace|catalog):[^"]*"/g,
  )) {
    problems.push(`package.json still has ${protocol}`);
  }
  return problems;
}

function targetsOf(exports: unknown): readonly string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.values(exports).flatMap(targetsOf);
}
