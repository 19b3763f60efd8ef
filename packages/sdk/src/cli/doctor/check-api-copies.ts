import type { CheckOutcome, Finding } from './finding.ts';
import type { InstalledPackage, Installation } from './installed-packages.ts';
import { parseVersion } from './version-range.ts';

const API = '@opentelemetry/api';
// Who registers the providers, the likeliest first. Its copy of the API decides who else is heard.
const REGISTRARS = [
  '@llm-otel/core',
  '@opentelemetry/sdk-node',
  '@opentelemetry/sdk-trace-node',
  '@opentelemetry/sdk-trace-base',
  '@opentelemetry/sdk-trace',
] as const;

/** Copies of the OpenTelemetry API, and whether each is heard by the one that registers. */
export function checkApiCopies(installation: Installation): CheckOutcome {
  const check = 'copies of the OpenTelemetry API';
  const users = usersOfApi(installation);
  if (users.size === 0) {
    return { check, findings: [], skipped: `${API} is not installed around ${installation.root}` };
  }
  const copies = [...users.keys()].toSorted((a, b) => a.folder.localeCompare(b.folder));
  const registering = registeringCopy(installation) ?? copies[0];
  const findings: Finding[] = [];
  for (const copy of copies) {
    if (registering === undefined || copy.folder === registering.folder) continue;
    const who = namesOf(users.get(copy) ?? []);
    findings.push(
      isNewer(copy, registering) ? trap(copy, registering, who) : spare(copy, registering, who),
    );
  }
  return { check, findings };
}

function trap(copy: InstalledPackage, registering: InstalledPackage, who: string): Finding {
  return {
    id: 'api-noop-trap',
    severity: 'error',
    what: `${who} ${isOrAre(who)} on ${API} ${copy.version}, and the providers are registered through ${registering.version} (${copy.folder} and ${registering.folder})`,
    why: 'a newer copy of the API does not take a provider that an older one registered: its spans go nowhere, without a word',
    fix: `have one copy: ask for ${API} ${registering.version} or ${copy.version} everywhere ("overrides" in package.json, pnpm.overrides or resolutions), then npm ls ${API}`,
  };
}

function spare(copy: InstalledPackage, registering: InstalledPackage, who: string): Finding {
  return {
    id: 'api-copies',
    severity: 'warning',
    what: `there are two copies of ${API}: ${registering.version} in ${registering.folder}, and ${copy.version} in ${copy.folder}, used by ${who}`,
    why: 'they find each other only while the versions fit, and what the second one registers is refused',
    fix: `npm dedupe, or one version for all in "overrides" (pnpm.overrides, resolutions); a library should have ${API} in peerDependencies`,
  };
}

/** Which packages get which copy. */
function usersOfApi({
  root,
  manifest,
  packages,
  resolve,
}: Installation): Map<InstalledPackage, string[]> {
  const byFolder = new Map<string, InstalledPackage>();
  const users = new Map<InstalledPackage, string[]>();
  const add = (user: string, folder: string): void => {
    const resolved = resolve(API, folder);
    if (resolved === undefined) return;
    const copy = byFolder.get(resolved.folder) ?? resolved;
    byFolder.set(copy.folder, copy);
    users.set(copy, [...(users.get(copy) ?? []), user]);
  };
  add(manifest.name ?? 'the application', root);
  for (const { name, folder } of packages) {
    if (name !== API) add(name, folder);
  }
  return users;
}

function registeringCopy({ packages, resolve }: Installation): InstalledPackage | undefined {
  for (const registrar of REGISTRARS) {
    const installed = packages.find(({ name }) => name === registrar);
    const copy = installed === undefined ? undefined : resolve(API, installed.folder);
    if (copy !== undefined) return copy;
  }
  return undefined;
}

/** Newer by its minor number, which is what the API compares. */
function isNewer(copy: InstalledPackage, than: InstalledPackage): boolean {
  const [a, b] = [parseVersion(copy.version), parseVersion(than.version)];
  return a !== undefined && b !== undefined && (a[0] !== b[0] || a[1] > b[1]);
}

function namesOf(users: readonly string[]): string {
  const names = [...new Set(users)];
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}

function isOrAre(who: string): string {
  return who.includes(',') ? 'are' : 'is';
}
