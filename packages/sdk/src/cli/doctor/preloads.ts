import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Environment } from '@llm-otel/core';
import { resolveFrom } from '../../resolve-from.ts';
import type { Installation } from './installed-packages.ts';
import { isFile } from './module-loads.ts';

// In a script the options may themselves be in quotes: NODE_OPTIONS='--import ./telemetry.mjs'.
const PRELOADS =
  /(?<=^|[\s'"=])(?:(--import)|--require|-r)(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s'"]+))/g;
const LOADERS =
  /(?<=^|[\s'"=])--(?:experimental-)?loader(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s'"]+))/g;
// Options that take a word, which is not the entry.
const WORDY =
  '(?:--import|--require|-r|--(?:experimental-)?loader|--env-file(?:-if-exists)?|--tsconfig|--project)';
/** `node`, or what runs TypeScript as it does, with its options, and the first word behind them. */
const ENTRY = new RegExp(
  String.raw`\b(?:node|tsx|ts-node-esm|bun)\s+(?:(?:run|watch)\s+)?(?:${WORDY}(?:=|\s+)\S+\s+|(?!${WORDY}[=\s])-\S+\s+)*([^\s'"&;|-][^\s'"&;|]*)`,
);
// What runs the application. Others have set-ups of their own: of tests, of a database.
const RUNS = /^(?:start|serve|dev|prod|production|preview)(?:$|[:.])/;
// They are loaded first, and start nothing.
const NO_TELEMETRY =
  /^(?:dotenv|tsx|ts-node|source-map-support|@swc|@swc-node|@oxc-node|@babel|esbuild-register|tsconfig-paths|module-alias)\b/;

/** What Node.js loads before the application, in this order, each as `--import` takes it. */
export interface Preloads {
  readonly modules: readonly string[];
  /** Those of them that may start telemetry. */
  readonly telemetry: readonly string[];
  /** What the same script names to look at ES modules while they are loaded; those of `NODE_OPTIONS` stay there. */
  readonly loaders: readonly string[];
}

/**
 * What is preloaded by `NODE_OPTIONS`, and then by the option of this command or, without one, by a script of
 * `package.json` that runs the application: the one named `start`, or the first that preloads anything.
 */
export function preloadsOf(
  { manifest, root }: Installation,
  environment: Environment,
  given: string | undefined,
): Preloads {
  const { start, ...others } = manifest.scripts ?? {};
  const running = Object.keys(others).filter((name) => RUNS.test(name));
  const scripts = [start, ...running.map((name) => others[name])];
  const script = scripts.find((text) => namedIn(text, root).length > 0) ?? start;
  const named = given === undefined ? namedIn(script, root) : [given];
  const modules = [...new Set([...namedIn(environment['NODE_OPTIONS'], root), ...named])];
  return {
    modules,
    telemetry: modules.filter((module) => !NO_TELEMETRY.test(module)),
    loaders: [...(script ?? '').matchAll(LOADERS)].map(([, ...names]) => firstOf(names)),
  };
}

/** `NODE_OPTIONS` without what it preloads. */
export function withoutPreloads(nodeOptions: string | undefined): string | undefined {
  return nodeOptions?.replaceAll(PRELOADS, '').trim();
}

/** The first file of the application: that of the start script, named in full or as Node.js finds it, or `main` of the package. */
export function entryOf({ manifest, root }: Installation): string | undefined {
  const [, named] = ENTRY.exec(manifest.scripts?.['start'] ?? '') ?? [];
  if (named === undefined) return manifest.main;
  if (/\.[cm]?[jt]s$/.test(named)) return named;
  return resolveFrom(join(root, 'package.json'), resolve(root, named)) ?? manifest.main;
}

function namedIn(text: string | undefined, root: string): string[] {
  return [...(text ?? '').matchAll(PRELOADS)].map(([, isImported, ...names]) => {
    const module = firstOf(names);
    // A file that is required may be named without its extension.
    const required =
      isImported === undefined && isFile(module)
        ? resolveFrom(join(root, 'package.json'), module)
        : undefined;
    return required === undefined ? module : pathToFileURL(required).href;
  });
}

/** The name in one of the ways in which it may be in quotes. */
function firstOf(names: readonly (string | undefined)[]): string {
  return names.find((name) => name !== undefined) ?? '';
}
