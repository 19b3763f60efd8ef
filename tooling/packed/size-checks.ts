import { join } from 'node:path';
import { inParallel } from './check-list.ts';
import { bytesOnDisk, installedPackages } from './installed-tree.ts';
import type { PackedRun } from './installs.ts';
import { installProject } from './project.ts';
import { packageTargets, type SizeTarget } from './size-targets.ts';

/** What an install in an empty folder brought. */
export interface InstallSize {
  readonly target: SizeTarget;
  readonly folder: string;
  readonly packages: number;
  readonly megabytes: number;
  /** Packages that are neither ours nor OpenTelemetry's. */
  readonly foreign: readonly string[];
}

/** Installs `target` by npm in an empty folder and measures it. */
export async function measureInstall(
  { parent, npmrc }: Pick<PackedRun, 'parent' | 'npmrc'>,
  target: SizeTarget,
): Promise<InstallSize> {
  const { folder } = await installProject({
    parent,
    name: `size of ${target.name}`,
    manager: 'npm',
    npmrc,
    dependencies: Object.fromEntries(target.install.map((name) => [name, '*'])),
  });
  const names = installedPackages(folder).map(({ name }) => name);
  return {
    target,
    folder,
    packages: names.length,
    megabytes: bytesOnDisk(join(folder, 'node_modules')) / 1e6,
    foreign: names.filter((name) => !/^@(llm-otel|opentelemetry)\//.test(name)),
  };
}

/** Target Z1 as checks. */
export async function checkPackageCounts(run: PackedRun): Promise<void> {
  await inParallel(2, packageTargets, async (target) => {
    await run.list.check(
      `Z1: ${target.name} brings at most ${target.floor} packages, all of OpenTelemetry or ours`,
      async () => assertSmall(await measureInstall(run, target)),
    );
  });
}

/** Throws when the floor of Z1 is missed. */
function assertSmall({ target, packages, foreign }: InstallSize): void {
  if (packages > target.floor) throw new Error(`${packages} packages, at most ${target.floor}`);
  if (foreign.length > 0) throw new Error(`not of OpenTelemetry: ${foreign.join(', ')}`);
}
