import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { foldersUp } from '../look-upwards.ts';
import { fileFor, firstTarget } from './file-targets.ts';
import { manifestIn } from './installed-packages.ts';
import { isEsModule } from './is-es-module.ts';
import { type PackageFile, packageFile } from './package-files.ts';

/** One thing that a module does while it is loaded, in the order it happens. */
export interface ModuleLoad {
  /** A package, or a file of the application: told after what that file loads in its turn. */
  readonly specifier: string;
  /** The file that loads it. */
  readonly file: string;
  /** Whether before anything of that file runs. */
  readonly isStatic: boolean;
  /** How much of the list has run by then. ES modules that import each other statically are loaded before the first one runs. */
  readonly ranBefore: number;
  /** Whether it is not known what it loads in its turn, which may be a client. */
  readonly isUnknown: boolean;
}

/** A file that starts telemetry itself, once what it imports statically is loaded. */
export interface TelemetryStart {
  readonly startsIn: string;
  /** Whether it hands over the clients that are to be patched, whenever they were loaded. */
  readonly isByHand: boolean;
}

// More files than lie between an entry and its first client; a bound all the same.
const MAX_FILES = 2000;
const MAX_BYTES = 2_000_000;
const STARTS =
  /\b(?:startTelemetry|registerInstrumentations)\s*\(|\bnew\s+NodeSDK\s*\(|\b(?:manuallyInstrument|instrumentModules)\b/g;
// `import type` is gone before anything runs. More than one may stand on a line, as in a bundle.
const STATIC =
  /(?<=^|[;}])\s*(?:(?:import|export)(?:\s+(?!type\s)|\s*(?=[{*]))[^'"();]*?from\s*|import\s*)['"]([^'"]+)['"]/gm;
// An `await import(…)` that is indented happens later, perhaps never.
const STEP =
  /\brequire\(\s*['"]([^'"]+)['"]\s*\)|^(?:(?:const|let|var)\b[^\n=]*=\s*\(?\s*)?await\s+import\(\s*['"]([^'"]+)['"]\s*\)/gm;

// Of what does not stand in a function.
const SEVERAL_STEPS = /^(?![^\n]*(?:=>|\bfunction\b))\S[^\n]*;[^\n]+$/gm;

/**
 * What is loaded from `entry` on, through its own files and those of packages that are built on a client, in the order in
 * which Node.js does it: of each file first its static imports, depth first, then what it requires and does.
 * @param earlier - how much was loaded and has run before
 */
export function moduleLoads(entry: string, earlier = 0): (ModuleLoad | TelemetryStart)[] {
  const seen = new Set<string>();
  const clientless = new Set<string>();
  const loads: (ModuleLoad | TelemetryStart)[] = [];
  /** Whether it could be read. */
  const visit = (file: string, ranBeforeFile: number): boolean => {
    if (seen.has(file)) return true;
    if (seen.size >= MAX_FILES) return false;
    seen.add(file);
    const text = textOf(file);
    if (text === undefined) return false;
    const code = withoutComments(text).replaceAll(SEVERAL_STEPS, (line) =>
      line.replaceAll(';', ';\n').replaceAll('\n ', '\n'),
    );
    const load = (specifier: string, isStatic: boolean): void => {
      const ranBefore = isStatic && isEsModule(file, code) ? ranBeforeFile : earlier + loads.length;
      const target = targetOf(specifier, file, clientless);
      const isUnknown =
        target === 'unknown' || (target !== 'no client' && !visit(target.path, ranBefore));
      loads.push({ specifier, file, isStatic, ranBefore, isUnknown });
    };
    for (const [, specifier = ''] of code.matchAll(STATIC)) load(specifier, true);
    const steps = [...code.matchAll(STEP), ...code.matchAll(STARTS)];
    for (const [what, required, imported] of steps.toSorted((a, b) => a.index - b.index)) {
      const specifier = required ?? imported;
      if (specifier === undefined)
        loads.push({ startsIn: file, isByHand: /^(?:manually|instrumentM)/.test(what) });
      else load(specifier, false);
    }
    return true;
  };
  visit(entry, earlier);
  return loads;
}

/** What is loaded, by the names that the files have for it. */
export function specifiersOf(loads: readonly (ModuleLoad | TelemetryStart)[]): string[] {
  return loads.flatMap((load) => ('specifier' in load ? [load.specifier] : []));
}

/** Whether what `node --import` takes is a file of the application, and not a package. */
export const isFile = (module: string): boolean => /^(?:\.|\/|file:)/.test(module);

export function pathOf(root: string, module: string): string {
  return module.startsWith('file:') ? fileURLToPath(module) : resolve(root, module);
}

function targetOf(specifier: string, file: string, clientless: Set<string>): PackageFile {
  if (!/^[.#/]/.test(specifier)) return packageFile(specifier, file, clientless);
  const path = specifier.startsWith('#')
    ? aliasOf(specifier, file)
    : resolve(dirname(file), specifier);
  const own = path === undefined ? undefined : fileFor(path);
  return own === undefined ? 'unknown' : { path: own };
}

/** What `imports` of the package that `file` belongs to has for a name with `#`, without patterns. */
function aliasOf(specifier: string, file: string): string | undefined {
  for (const folder of foldersUp(dirname(file))) {
    const manifest = manifestIn(folder);
    if (manifest === undefined) continue;
    const target = firstTarget(manifest.imports?.[specifier]);
    return target === undefined ? undefined : resolve(folder, target);
  }
  return undefined;
}

function textOf(path: string): string | undefined {
  try {
    return statSync(path).size > MAX_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
}
