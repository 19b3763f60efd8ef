import { isSilent } from './check-versions.ts';
import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS, type KnownClient } from './known-packages.ts';
import { COLLECTION, mayPatch } from './patching-of.ts';
import type { ProcessFacts } from './probe-process.ts';
import { compareVersions, parseVersion } from './version-range.ts';

/**
 * Clients for whose calls several packages make spans. Only what the application itself depends on counts, and of what
 * patches clients only what has, where that is known.
 * @param patches - what a process of the application has found on clients
 */
export function checkDoubleInstrumentation(
  installation: Installation,
  patches: ProcessFacts['patches'] = {},
): CheckOutcome {
  const { dependencies, devDependencies } = installation.manifest;
  const wanted = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const findings = KNOWN_CLIENTS.flatMap((client): Finding[] => {
    if (installation.resolve(client.name) === undefined) return [];
    const observers = observersOf(client, installation, wanted);
    const native = nativeSpansOf(client, installation, wanted);
    const sources =
      native === undefined
        ? observers
        : [native, ...observers.filter((name) => name !== client.completedBy)];
    if (patches[client.name] === 1 && observers.every(mayPatch) && native === undefined) return [];
    if (sources.length < 2) return [];
    return [
      {
        id: 'double-instrumentation',
        severity: 'warning',
        what: `spans for ${client.name} are made by ${sources.join(' and by ')}`,
        why: 'one call becomes two spans: tokens and cost are counted twice, and traces are hard to read',
        fix: `keep one of them${native === undefined ? '' : `, or switch the own spans of ${client.name} off`}`,
      },
    ];
  });
  return { check: 'clients observed twice', findings };
}

/** Those that the application names, and those that the collection of OpenTelemetry brings. */
function observersOf(
  { name: client, observers }: KnownClient,
  installation: Installation,
  wanted: ReadonlySet<string>,
): string[] {
  const collection = wanted.has(COLLECTION) ? installation.resolve(COLLECTION) : undefined;
  return observers
    .filter(
      (name) =>
        wanted.has(name) ||
        (collection !== undefined &&
          name.startsWith('@opentelemetry/') &&
          installation.resolve(name, collection.folder) !== undefined),
    )
    .filter((name) => !isSilent(name, client, installation));
}

function nativeSpansOf(
  { name, nativeFrom, nativePackage }: KnownClient,
  { resolve }: Installation,
  wanted: ReadonlySet<string>,
): string | undefined {
  if (nativePackage !== undefined && wanted.has(nativePackage)) return nativePackage;
  const installed = parseVersion(resolve(name)?.version ?? '');
  const from = parseVersion(nativeFrom ?? '');
  if (installed === undefined || from === undefined || compareVersions(installed, from) < 0) {
    return undefined;
  }
  return `${name} itself (since ${nativeFrom})`;
}
