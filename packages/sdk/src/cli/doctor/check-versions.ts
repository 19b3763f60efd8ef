import type { CheckOutcome, Finding } from './finding.ts';
import type { Installation } from './installed-packages.ts';
import { CLIENT_RANGES } from './known-packages.ts';
import { compareVersions, parseVersion, satisfies } from './version-range.ts';

const OLDEST_NODE = '22.15.0';

/** Versions of Node.js, of what our packages need, and of clients that others observe. */
export function checkVersions(installation: Installation, nodeVersion: string): CheckOutcome {
  return {
    check: 'versions of Node.js, OpenTelemetry and clients',
    findings: [
      ...nodeFindings(nodeVersion),
      ...peerFindings(installation),
      ...clientFindings(installation),
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

function clientFindings({ resolve }: Installation): Finding[] {
  return CLIENT_RANGES.flatMap(({ observer, client, range }) => {
    const installed = resolve(client);
    if (resolve(observer) === undefined || installed === undefined) return [];
    if (satisfies(installed.version, range) !== false) return [];
    return [
      {
        id: 'client-out-of-range',
        severity: 'error' as const,
        what: `${observer} observes ${client} ${range}, and ${installed.version} is installed`,
        why: 'outside of its range it does nothing and says nothing: there are no spans of model calls',
        fix: `update ${observer}, install ${client} within ${range}, or record the calls with @llm-otel/llm-conventions`,
      },
    ];
  });
}
