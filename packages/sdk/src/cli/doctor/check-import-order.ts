import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS, PATCHES_ON_LOAD } from './known-packages.ts';
import { type ModuleLoad, moduleLoads, type TelemetryStart } from './module-loads.ts';

const CHECK = 'the order of imports';
const PRELOADS = /(?:--import|--require|-r)(?:=|\s+)\S+/;
const TELEMETRY =
  /(^@llm-otel\/sdk|^@opentelemetry\/(sdk-node|auto-instrumentations)|telemetry|tracing|instrument|otel)/i;

/** Clients that the application loads, through whatever file of it, before something that patches them on load. */
export function checkImportOrder(
  installation: Installation,
  environment: Readonly<Record<string, string | undefined>>,
  entry: string | undefined,
): CheckOutcome {
  const { manifest, root, packages } = installation;
  const patching = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    (name) => PATCHES_ON_LOAD.test(name),
  );
  if (patching.length === 0 && !packages.some(({ name }) => PATCHES_ON_LOAD.test(name))) {
    return {
      check: CHECK,
      findings: [],
      skipped: 'nothing is installed that patches clients while they are loaded',
    };
  }
  const file = entry ?? entryOf(installation);
  if (file === undefined) {
    return {
      check: CHECK,
      findings: [],
      skipped: 'the entry file is not known: pass --entry FILE',
    };
  }
  const path = resolve(root, file);
  if (!existsSync(path)) return { check: CHECK, findings: [], skipped: `${path} cannot be read` };
  if (
    PRELOADS.test(environment['NODE_OPTIONS'] ?? '') ||
    PRELOADS.test(manifest.scripts?.['start'] ?? '')
  ) {
    return { check: CHECK, findings: [] };
  }
  return {
    check: CHECK,
    findings: findingsFrom(path, patching[0] ?? 'an installed instrumentation'),
  };
}

function findingsFrom(entry: string, patching: string): Finding[] {
  const loads = moduleLoads(entry);
  const client = loads.findIndex((load) => 'specifier' in load && isClient(load.specifier));
  const late = loads[client];
  if (late === undefined || !('specifier' in late)) return [];
  const before = loads.slice(0, client);
  const startsInFile = loads.some(
    (load) => 'startsIn' in load && load.startsIn === late.file && late.isStatic,
  );
  // What was started, or is named as something that starts it: a package, or a file that does it in a way of its own.
  const isEarly = before.some((load) => 'startsIn' in load || isTelemetry(load, startsInFile));
  if (isEarly) return [];
  const { specifier: name, file } = late;
  const through = file === entry ? '' : ` (through ${entry})`;
  return [
    {
      id: 'late-instrumentation',
      severity: 'error',
      what: startsInFile
        ? `${file}${through} imports ${name} and starts telemetry in the same file`
        : `${file}${through} loads ${name} before anything that starts telemetry`,
      why: `static imports are loaded before a file runs, and ${patching} can only patch ${name} while it is loaded: its calls make no spans`,
      fix: 'start telemetry first, in a file of its own: node --import ./telemetry.js, or node --import @llm-otel/sdk/register',
    },
  ];
}

function isClient(specifier: string): boolean {
  return KNOWN_CLIENTS.some(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
}

/** In a file that starts telemetry itself, importing what it starts it with is not yet the start. */
function isTelemetry(load: ModuleLoad | TelemetryStart, startsInFile: boolean): boolean {
  return (
    !startsInFile &&
    'specifier' in load &&
    TELEMETRY.test(load.specifier) &&
    !isClient(load.specifier)
  );
}

/** `node src/main.js` of the start script, or `main` of the package. */
function entryOf({ manifest }: Installation): string | undefined {
  const [, fromScript] =
    /\bnode\s+(?:-\S+\s+)*([^\s-]\S*\.[cm]?[jt]s)\b/.exec(manifest.scripts?.['start'] ?? '') ?? [];
  return fromScript ?? manifest.main;
}
