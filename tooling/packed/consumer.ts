import type { Manifest } from './pack.ts';

/** An entry point of a package as an application imports it. */
export interface EntryPoint {
  /** `@llm-otel/core/setup` */
  readonly specifier: string;
  /** Importing it is meant to do something, and it may export nothing. */
  readonly hasEffects: boolean;
  /** An optional peer that this entry point is about: without it there is nothing to import. */
  readonly needs?: string | undefined;
}

// Entry points of their own, so that nobody else has to install what they are about.
const peerOfEntry: Readonly<Record<string, string>> = {
  './grpc': '@grpc/grpc-js',
  './instrumentation': '@opentelemetry/instrumentation',
};

/** The entry points that hold code, from the `exports` of a published manifest. */
export function entryPoints({ name, exports, sideEffects }: Manifest): EntryPoint[] {
  return Object.entries(exports)
    .filter(([subpath]) => subpath !== './package.json')
    .map(([subpath, target]) => {
      const file = typeof target === 'string' ? target : (target as { default: string }).default;
      const hasEffects = Array.isArray(sideEffects) && sideEffects.includes(file);
      const needs = peerOfEntry[subpath];
      return { specifier: name + subpath.slice(1), hasEffects, needs };
    });
}

/** Those that can be imported where `isInstalled` answers for optional peers. */
export function importable(
  entries: readonly EntryPoint[],
  isInstalled: (peer: string) => boolean,
): EntryPoint[] {
  return entries.filter(({ needs }) => needs === undefined || isInstalled(needs));
}

/**
 * A module that imports every entry point and ends by itself. It fails when one exports nothing, answers
 * `require` differently from `import`, or leaves something global behind.
 */
export function importingModule(entries: readonly EntryPoint[]): string {
  return `
import { createRequire } from 'node:module';
// Leaves globals behind itself when it is imported.
import 'node:http';
const require = createRequire(import.meta.url);
const globals = () => Reflect.ownKeys(globalThis).map(String);
const before = new Set(globals());
for (const { specifier, hasEffects } of ${JSON.stringify(entries)}) {
  const imported = await import(specifier);
  const names = Object.keys(imported);
  if (!hasEffects && names.length === 0) throw new Error(specifier + ' exports nothing');
  const undefinedNames = names.filter((name) => imported[name] === undefined);
  if (undefinedNames.length > 0) throw new Error(specifier + ' exports undefined: ' + undefinedNames);
  // An entry with effects awaits them, so it is for --import and import(): require() cannot wait.
  if (hasEffects) continue;
  const required = Object.keys(require(specifier)).filter((name) => name !== 'module.exports');
  if (required.join() !== names.join()) throw new Error(specifier + ' required is ' + required + ', imported ' + names);
  if (require(specifier)[names[0]] !== imported[names[0]]) throw new Error(specifier + ' has two instances');
}
const added = globals().filter((name) => !before.has(name));
if (added.length > 0) throw new Error('importing added globals: ' + added);
if (!(${JSON.stringify(entries)}).some(({ hasEffects }) => hasEffects)) {
  const timers = process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate|TCP|Server/.test(name));
  if (timers.length > 0) throw new Error('importing left running: ' + timers);
}
`;
}

/** A CommonJS application that requires every entry point without effects, before anything was imported. */
export function requiringModule(entries: readonly EntryPoint[]): string {
  return entries
    .filter(({ hasEffects }) => !hasEffects)
    .map(({ specifier }) => `require(${JSON.stringify(specifier)});\n`)
    .join('');
}

/** A TypeScript module that only compiles when the types of every entry point resolve. */
export function typedModule(entries: readonly EntryPoint[]): string {
  const imports = entries.map(
    ({ specifier }, index) => `import * as entry${index} from ${JSON.stringify(specifier)};\n`,
  );
  const names = entries.map((_, index) => `entry${index}`);
  return `${imports.join('')}export const entries: object[] = [${names.join(', ')}];\n`;
}

/** The strictest compiler options an application may have. */
export function compilerOptions(
  moduleResolution: 'nodenext' | 'bundler',
  typeRoots: readonly string[],
): Record<string, unknown> {
  return {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable', 'esnext.error'],
    module: moduleResolution === 'nodenext' ? 'nodenext' : 'esnext',
    moduleResolution,
    types: ['node'],
    typeRoots,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
  };
}
