import { type CheckList, inParallel } from './check-list.ts';
import { assertImports, assertTypes } from './consumer-checks.ts';
import { entryPoints, importable } from './consumer.ts';
import { assertOneCopy, installedPackages } from './installed-tree.ts';
import { type OpenTelemetryLine, openTelemetryLines } from './opentelemetry-lines.ts';
import { assertEntriesPacked, type PackedPackage } from './pack.ts';
import { requiredPeers } from './peer-closure.ts';
import { installProject, isInstalled, type PackageManager, type Project } from './project.ts';

/** What every install check needs. */
export interface PackedRun {
  readonly packed: readonly PackedPackage[];
  readonly npmrc: string;
  /** The temporary folder that holds the applications. */
  readonly parent: string;
  readonly list: CheckList;
}

const SINGLE = [
  '@opentelemetry/api',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/context-async-hooks',
  '@llm-otel/core',
];

/** Installs each package alone, with nothing else in the folder. Returns the npm folders by package name. */
export async function checkAlone(run: PackedRun): Promise<Map<string, Project>> {
  const projects = new Map<string, Project>();
  await inParallel(2, run.packed, async (one) => {
    const { name } = one.manifest;
    await run.list.check(`${name}: the tarball holds every entry point`, () =>
      assertEntriesPacked(one),
    );
    for (const manager of ['npm', 'pnpm', 'pnpm strict'] as const) {
      const label = `${name} alone by ${manager}`;
      const project = await installAndCount(run, label, manager, [one], {});
      if (project === undefined) continue;
      if (manager === 'npm') projects.set(name, project);
      // The layout of pnpm differs only in what a package can reach: the strict one reaches least.
      if (manager !== 'pnpm') await consumerChecks(run, label, project, [one]);
    }
  });
  return projects;
}

/** Installs all packages beside each OpenTelemetry line. Returns the npm folders by line name. */
export async function checkLines(run: PackedRun): Promise<Map<string, Project>> {
  const projects = new Map<string, Project>();
  const cases = openTelemetryLines.flatMap((line) =>
    (['npm', 'pnpm', 'pnpm strict'] as const).map((manager) => ({ line, manager })),
  );
  await inParallel(2, cases, async ({ line, manager }) => {
    const label = `all packages beside OpenTelemetry ${line.name} by ${manager}`;
    const project = await installAndCount(run, label, manager, run.packed, line.dependencies);
    if (project === undefined) return;
    if (manager === 'npm') projects.set(line.name, project);
    if (manager !== 'pnpm') await consumerChecks(run, label, project, run.packed);
  });
  return projects;
}

/**
 * Applications on 2.12 as most are: they list `sdk-trace-base` or `sdk-trace-node`, never `sdk-trace` itself.
 * Every package but the umbrella must fit in without adding an SDK.
 */
export async function checkOrdinarySetups(run: PackedRun): Promise<void> {
  const parts = run.packed.filter(({ manifest }) => manifest.name !== '@llm-otel/sdk');
  const cases = (['sdk-trace-base', 'sdk-trace-node'] as const).flatMap((sdk) =>
    (['npm', 'pnpm strict'] as const).map((manager) => ({ sdk, manager })),
  );
  await inParallel(2, cases, async ({ sdk, manager }) => {
    const label = `all packages but the umbrella beside ${sdk} 2.12 by ${manager}`;
    const version = sdk === 'sdk-trace-base' ? '2.12.1' : '2.12.0';
    const dependencies = { '@opentelemetry/api': '1.9.1', [`@opentelemetry/${sdk}`]: version };
    await installAndCount(run, label, manager, parts, dependencies);
  });
}

async function installAndCount(
  run: PackedRun,
  label: string,
  manager: PackageManager,
  packages: readonly PackedPackage[],
  beside: OpenTelemetryLine['dependencies'],
): Promise<Project | undefined> {
  const names = packages.map(({ manifest }) => manifest.name);
  const manifests = run.packed.map(({ manifest }) => manifest);
  return run.list.check(`${label}: installs with one copy of each`, async () => {
    const project = await installProject({
      parent: run.parent,
      name: label,
      manager,
      npmrc: run.npmrc,
      dependencies: {
        ...(manager === 'pnpm strict' ? requiredPeers(manifests, names) : {}),
        ...beside,
        ...Object.fromEntries(packages.map(({ manifest }) => [manifest.name, manifest.version])),
      },
    });
    assertOneCopy(installedPackages(project.folder), SINGLE);
    return project;
  });
}

async function consumerChecks(
  run: PackedRun,
  label: string,
  project: Project,
  packages: readonly PackedPackage[],
): Promise<void> {
  const all = packages.flatMap(({ manifest }) => entryPoints(manifest));
  const entries = importable(all, (peer) => isInstalled(project, peer));
  await run.list.check(`${label}: every entry point is imported and required`, () =>
    assertImports(project, entries),
  );
  await run.list.check(`${label}: the types resolve`, () => assertTypes(project, entries));
}
