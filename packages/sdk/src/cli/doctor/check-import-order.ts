import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { clientOf } from './known-packages.ts';
import {
  isFile,
  type ModuleLoad,
  moduleLoads,
  pathOf,
  specifiersOf,
  type TelemetryStart,
} from './module-loads.ts';
import { mayPatch, patchingOf } from './patching-of.ts';
import type { Preloads } from './preloads.ts';
import { isTelemetryName } from './telemetry-name.ts';

const CHECK = 'the order of imports';
/**
 * Clients that the application loads, through whatever file of it, before something that patches them on load.
 * @param preloads what is loaded before the entry
 */
export function checkImportOrder(
  installation: Installation,
  { telemetry: preloads }: Preloads,
  file: string | undefined,
): CheckOutcome {
  const { manifest, root, packages } = installation;
  // What the application names itself is told before what others bring.
  const installed = new Set([
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    ...packages.map(({ name }) => name),
  ]);
  if (![...installed].some(mayPatch))
    return skip('nothing is installed that patches clients while they are loaded');
  if (preloads.length > 0) {
    const loads: Load[] = [];
    for (const module of preloads) {
      if (isFile(module)) loads.push(...moduleLoads(pathOf(root, module), loads.length));
      loads.push({ startsIn: module, isByHand: false });
    }
    return judge(loads, installed, pathOf(root, preloads[0] ?? ''));
  }
  if (file === undefined) return skip('the entry file is not known: pass --entry FILE');
  const path = resolve(root, file);
  if (!existsSync(path)) return skip(`${path} cannot be read`);
  return judge(moduleLoads(path), installed, path);
}

type Load = ModuleLoad | TelemetryStart;

const skip = (skipped: string): CheckOutcome => ({ check: CHECK, findings: [], skipped });

function judge(
  loads: readonly Load[],
  installed: ReadonlySet<string>,
  first: string,
): CheckOutcome {
  if (loads.some((load) => 'startsIn' in load && load.isByHand))
    return skip('clients are handed to what patches them, and may be loaded before');
  const findings = findingsFrom(loads, installed, first);
  const unknown = findings.length > 0 ? undefined : firstUnknown(loads);
  if (unknown === undefined) return { check: CHECK, findings };
  const { file, specifier } = unknown;
  return skip(
    `${file} loads ${specifier}, and what that loads in its turn cannot be read: look where it is installed and built, or start telemetry with node --import`,
  );
}

/** What is loaded before telemetry starts, and may load a client. */
function firstUnknown(loads: readonly Load[]): ModuleLoad | undefined {
  for (const load of loads) {
    if (!('specifier' in load) || !load.isUnknown || isTelemetryName(load.specifier)) continue;
    if (!isEarly(loads.slice(0, load.ranBefore), startsInFileOf(load, loads))) return load;
  }
  return undefined;
}

/** What was started before, or is named as something that starts it: a package, or a file that does it in a way of its own. */
function isEarly(before: readonly Load[], startsInFile: boolean): boolean {
  return before.some((load) => 'startsIn' in load || isTelemetry(load, startsInFile));
}

function startsInFileOf({ isStatic, file }: ModuleLoad, loads: readonly Load[]): boolean {
  return isStatic && loads.some((load) => 'startsIn' in load && load.startsIn === file);
}

/** @param first the file that all of this begins with */
function findingsFrom(
  loads: readonly Load[],
  installed: ReadonlySet<string>,
  first: string,
): Finding[] {
  const loaded = new Set(specifiersOf(loads));
  const clients = new Set<string>();
  const findings: Finding[] = [];
  for (const [at, late] of loads.entries()) {
    const by = 'specifier' in late ? patchingOf(late.specifier, installed, loaded) : undefined;
    if (by === undefined || !('specifier' in late)) continue;
    const { specifier: name, file } = late;
    const client = clientOf(name)?.name ?? name;
    if (clients.has(client)) continue;
    clients.add(client);
    const startsInFile = startsInFileOf(late, loads);
    if (isEarly(loads.slice(0, late.ranBefore), startsInFile)) continue;
    const through = file === first ? '' : ` (through ${first})`;
    const what = startsInFile
      ? `${file}${through} imports ${name} and starts telemetry in the same file`
      : isEarly(loads.slice(0, at), startsInFile)
        ? `${file}${through} imports ${name}, which is loaded together with what starts telemetry: ES modules all are, before the first of them runs`
        : `${file}${through} loads ${name} before anything that starts telemetry`;
    findings.push(lateFinding(what, name, by));
  }
  return findings;
}

function lateFinding(what: string, name: string, by: string): Finding {
  return {
    id: 'late-instrumentation',
    severity: 'error',
    what,
    why: `static imports are loaded before a file runs, and ${by} can only patch ${name} while it is loaded: its calls make no spans`,
    fix: 'start telemetry first, in a file of its own: node --import ./telemetry.js, or node --import @llm-otel/sdk/register',
  };
}

/** In a file that starts telemetry itself, importing what it starts it with is not yet the start. */
function isTelemetry({ specifier }: ModuleLoad, startsInFile: boolean): boolean {
  return !startsInFile && isTelemetryName(specifier) && clientOf(specifier) === undefined;
}
