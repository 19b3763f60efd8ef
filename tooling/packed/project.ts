import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceFolder } from './pack.ts';
import { cleanEnvironment, runCommand } from './run-command.ts';

/** Survives the run: downloads of third-party packages and Node.js versions. */
export const cacheFolder: string = join(workspaceFolder, 'node_modules/.cache/packed');

export type PackageManager = 'npm' | 'pnpm' | 'pnpm strict';

/** An empty application in a temporary folder. */
export interface Project {
  readonly folder: string;
  readonly manager: PackageManager;
}

/** A temporary folder for the whole run. Outside the workspace, so that nothing resolves into it by accident. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'llm-otel-packed-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Whether the application itself can import a package. */
export function isInstalled({ folder }: Project, name: string): boolean {
  return existsSync(join(folder, 'node_modules', name));
}

/** Makes an application that depends on `dependencies`, and installs them. */
export async function installProject({
  parent,
  name,
  manager,
  npmrc,
  dependencies,
}: {
  readonly parent: string;
  readonly name: string;
  readonly manager: PackageManager;
  /** Where the packed packages come from. */
  readonly npmrc: string;
  readonly dependencies: Readonly<Record<string, string>>;
}): Promise<Project> {
  const folder = join(parent, name.replace(/\W+/g, '-'));
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  writeFileSync(join(folder, '.npmrc'), npmrc);
  const env = cleanEnvironment(process.env);
  if (manager === 'npm') {
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--prefer-offline',
      '--loglevel=error',
    ];
    await runCommand('npm', args, {
      cwd: folder,
      env: { ...env, npm_config_cache: join(cacheFolder, 'npm') },
    });
  } else {
    writeFileSync(join(folder, 'pnpm-workspace.yaml'), pnpmSettings(manager));
    const args = [
      'install',
      '--store-dir',
      join(cacheFolder, 'pnpm-store'),
      '--reporter=append-only',
      // The default in CI, where it would refuse a folder without a lock file.
      '--no-frozen-lockfile',
    ];
    await runCommand('pnpm', args, { cwd: folder, env });
  }
  return { folder, manager };
}

/** Strict is what a careful team sets: nothing hoisted, peers listed by hand, every mismatch an error. */
function pnpmSettings(manager: PackageManager): string {
  const strict = ['autoInstallPeers: false', 'strictPeerDependencies: true', 'hoist: false'];
  // Comes with grpc-js, and says something about version numbers: pnpm asks everyone to decide about it.
  const builds = ['allowBuilds:', '  protobufjs: false'];
  return ['packages: []', ...builds, ...(manager === 'pnpm strict' ? strict : [])].join('\n');
}
