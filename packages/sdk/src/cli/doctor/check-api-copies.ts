import type { CheckOutcome, Finding } from './finding.ts';
import type { InstalledPackage, Installation, Manifest } from './installed-packages.ts';
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

/** Whose spans the checks are about, besides those of packages that are known: of any library. */
export function dependsOnApi({
  dependencies,
  peerDependencies,
  optionalDependencies,
}: Manifest): boolean {
  return [dependencies, peerDependencies, optionalDependencies].some(
    (some) => some?.[API] !== undefined,
  );
}

/** Copies of the OpenTelemetry API, and whether each is heard by the one that registers. */
export function checkApiCopies(
  installation: Installation,
  registeredVersion?: string,
): CheckOutcome {
  const check = 'copies of the OpenTelemetry API';
  const users = usersOfApi(installation);
  if (users.size === 0) {
    return { check, findings: [], skipped: `${API} is not installed around ${installation.root}` };
  }
  const copies = [...users.keys()].toSorted((a, b) => a.folder.localeCompare(b.folder));
  // A process that was started knows better than what lies on disk.
  const registering =
    copies.find(({ version }) => version === registeredVersion) ??
    registeringCopy(installation) ??
    // Nobody known registers: the application does, then.
    copyAt(copies, installation.resolve(API)) ??
    copies[0];
  const findings: Finding[] = [];
  for (const copy of copies) {
    if (registering === undefined || copy.folder === registering.folder) continue;
    const who = namesOf(users.get(copy) ?? []);
    findings.push(
      !isHeard(copy, registering) ? trap(copy, registering, who) : spare(copy, registering, who),
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
  // A copy inside of a package that does not say that it depends on it is used there all the same. What lies in the store
  // of pnpm and is linked from nowhere is a leftover.
  for (const copy of packages) {
    if (copy.name !== API || byFolder.has(copy.folder)) continue;
    const owner = ownerOf(copy.folder);
    if (owner !== undefined) add(owner.name, owner.folder);
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

function copyAt(
  copies: readonly InstalledPackage[],
  resolved: InstalledPackage | undefined,
): InstalledPackage | undefined {
  return copies.find(({ folder }) => folder === resolved?.folder);
}

/** The package in whose own `node_modules` a copy lies. */
function ownerOf(folder: string): { readonly name: string; readonly folder: string } | undefined {
  const [, owner, name] =
    /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/@.][^\\/]*))[\\/]node_modules[\\/]@opentelemetry[\\/]api$/.exec(
      folder,
    ) ?? [];
  return owner === undefined || name === undefined
    ? undefined
    : { name: name.replace('\\', '/'), folder: owner };
}

/**
 * Whether `copy` takes what `registering` has registered, by the rule of the API itself: the same major version and a
 * minor one that is not older, and of a version before its release exactly that one.
 */
function isHeard(copy: InstalledPackage, registering: InstalledPackage): boolean {
  const [a, b] = [parseVersion(copy.version), parseVersion(registering.version)];
  if (copy.version === registering.version || a === undefined || b === undefined) return true;
  if (copy.version.includes('-') || registering.version.includes('-')) return false;
  return a[0] === b[0] && a[1] <= b[1];
}

function namesOf(users: readonly string[]): string {
  const names = [...new Set(users)];
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}

function isOrAre(who: string): string {
  return who.includes(',') ? 'are' : 'is';
}
