import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { KNOWN_CLIENTS, type KnownClient } from './known-packages.ts';
import { compareVersions, parseVersion } from './version-range.ts';

/** Clients for whose calls several packages make spans. Only what the application itself depends on counts. */
export function checkDoubleInstrumentation(installation: Installation): CheckOutcome {
  const { dependencies, devDependencies } = installation.manifest;
  const wanted = new Set(Object.keys({ ...dependencies, ...devDependencies }));
  const findings = KNOWN_CLIENTS.flatMap((client): Finding[] => {
    if (installation.resolve(client.name) === undefined) return [];
    const observers = client.observers.filter((name) => wanted.has(name));
    const native = nativeSpansOf(client, installation, wanted);
    const sources =
      native === undefined
        ? observers
        : [native, ...observers.filter((name) => name !== client.completedBy)];
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
