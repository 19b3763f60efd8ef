import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { CLIENT_RANGES, KNOWN_CLIENTS } from './known-packages.ts';
import type { ProcessFacts } from './probe-process.ts';
import { compareVersions, parseVersion, satisfies } from './version-range.ts';

const OLDEST_NODE = '22.15.0';

/**
 * Versions of Node.js, of what our packages need, and of clients that others observe.
 * @param patches - what a process of the application has found on clients
 */
export function checkVersions(
  installation: Installation,
  nodeVersion: string,
  patches: ProcessFacts['patches'] = {},
): CheckOutcome {
  return {
    check: 'versions of Node.js, OpenTelemetry and clients',
    findings: [
      ...nodeFindings(nodeVersion),
      ...peerFindings(installation),
      ...clientFindings(installation, patches),
    ],
  };
}

function nodeFindings(version: string): Finding[] {
  const [is, oldest] = [parseVersion(version), parseVersion(OLDEST_NODE)];
  if (is === undefined || oldest === undefined || compareVersions(is, oldest) >= 0) return [];
  return [
    {
      id: 'node-version',
      severity: 'error',
      what: `this is Node.js ${version}`,
      why: `these packages and OpenTelemetry 3.x are made and tested for Node.js ${OLDEST_NODE} and newer`,
      fix: 'use a newer Node.js',
    },
  ];
}

function peerFindings({ packages, resolve }: Installation): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { name, folder, peerDependencies } of packages) {
    if (!name.startsWith('@llm-otel/')) continue;
    for (const [peer, range] of Object.entries(peerDependencies)) {
      const installed = resolve(peer, folder);
      if (installed === undefined || satisfies(installed.version, range) !== false) continue;
      findings.set(`${name} ${peer}`, {
        id: 'version-out-of-range',
        severity: 'error',
        what: `${name} is made for ${peer} ${range}, and ${installed.version} is installed`,
        why: 'what a version outside of the range does differently is not noticed: spans may be missing or wrong',
        fix: `install ${peer} within ${range}, or a version of ${name} that knows ${installed.version}`,
      });
    }
  }
  return [...findings.values()];
}

/** Whether an observer says nothing of a client, since that is newer or older than it knows. */
export function isSilent(observer: string, client: string, { resolve }: Installation): boolean {
  const installed = resolve(client);
  return CLIENT_RANGES.some(
    (known) =>
      known.observer === observer &&
      known.client === client &&
      installed !== undefined &&
      satisfies(installed.version, known.range) === false,
  );
}

function clientFindings(installation: Installation, patches: ProcessFacts['patches']): Finding[] {
  return CLIENT_RANGES.flatMap(({ observer, client, range }) => {
    if (installation.resolve(observer) === undefined) return [];
    if (!isSilent(observer, client, installation)) return [];
    // The other one makes the spans.
    const isObserved = patches[client] ?? (hasOther(observer, client, installation) ? 1 : 0);
    if (isObserved > 0) return [];
    return [
      {
        id: 'client-out-of-range',
        severity: 'error' as const,
        what: `${observer} observes ${client} ${range}, and ${installation.resolve(client)?.version} is installed`,
        why: 'outside of its range it does nothing and says nothing: there are no spans of model calls',
        fix: `update ${observer}, install ${client} within ${range}, or record the calls with @llm-otel/llm-conventions`,
      },
    ];
  });
}

/** Whether the application itself has another package that observes this release of the client. */
function hasOther(observer: string, client: string, installation: Installation): boolean {
  const { dependencies, devDependencies } = installation.manifest;
  const observers = KNOWN_CLIENTS.find(({ name }) => name === client)?.observers ?? [];
  return Object.keys({ ...dependencies, ...devDependencies }).some(
    (name) =>
      name !== observer && observers.includes(name) && !isSilent(name, client, installation),
  );
}
