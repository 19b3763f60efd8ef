import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS, PATCHES_ON_LOAD } from './known-packages.ts';

const CHECK = 'the order of imports';
const PRELOADS = /(?:--import|--require|-r)(?:=|\s+)\S+/;
const TELEMETRY =
  /(^@llm-otel\/sdk|^@opentelemetry\/(sdk-node|auto-instrumentations)|telemetry|tracing|instrument|otel)/i;
// Starts telemetry in the file itself: imports of that file are loaded before it runs.
const STARTS = /\b(startTelemetry|registerInstrumentations)\s*\(|\bnew\s+NodeSDK\s*\(/;

/** Clients that the entry file loads before something that patches them while they are loaded. */
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
  const source = textOf(path);
  if (source === undefined)
    return { check: CHECK, findings: [], skipped: `${path} cannot be read` };
  if (
    PRELOADS.test(environment['NODE_OPTIONS'] ?? '') ||
    PRELOADS.test(manifest.scripts?.['start'] ?? '')
  ) {
    return { check: CHECK, findings: [] };
  }
  return {
    check: CHECK,
    findings: findingsIn(source, path, patching[0] ?? 'an installed instrumentation'),
  };
}

function findingsIn(source: string, path: string, patching: string): Finding[] {
  const code = withoutComments(source);
  const specifiers = [
    ...code.matchAll(
      /^\s*(?:import\s[^'"]*?from\s*|import\s*|export\s[^'"]*?from\s*)['"]([^'"]+)['"]|\brequire\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ].map(([text, imported, required]) => ({
    specifier: imported ?? required ?? '',
    isStatic: imported !== undefined,
    text,
  }));
  const isClient = (specifier: string): boolean =>
    KNOWN_CLIENTS.some(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  const client = specifiers.findIndex(({ specifier }) => isClient(specifier));
  if (client === -1) return [];
  const telemetry = specifiers.findIndex(
    ({ specifier }) => TELEMETRY.test(specifier) && !isClient(specifier),
  );
  const startsHere = STARTS.test(code) && specifiers[client]?.isStatic === true;
  if (!startsHere && telemetry !== -1 && telemetry < client) return [];
  const name = specifiers[client]?.specifier ?? '';
  return [
    {
      id: 'late-instrumentation',
      severity: 'error',
      what: startsHere
        ? `${path} imports ${name} and starts telemetry in the same file`
        : `${path} loads ${name} before anything that starts telemetry`,
      why: `static imports are loaded before a file runs, and ${patching} can only patch ${name} while it is loaded: its calls make no spans`,
      fix: 'start telemetry first, in a file of its own: node --import ./telemetry.js, or node --import @llm-otel/sdk/register',
    },
  ];
}

/** `node src/main.js` of the start script, or `main` of the package. */
function entryOf({ manifest }: Installation): string | undefined {
  const [, fromScript] =
    /\bnode\s+(?:-\S+\s+)*([^\s-]\S*\.[cm]?[jt]s)\b/.exec(manifest.scripts?.['start'] ?? '') ?? [];
  return fromScript ?? manifest.main;
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
