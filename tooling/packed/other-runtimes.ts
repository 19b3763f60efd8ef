import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './project.ts';
import { cleanEnvironment, runCommand } from './run-command.ts';

/** A JavaScript runtime that is not Node.js, as an npm package that holds its binary. */
export interface OtherRuntime {
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Inside of the package. */
  readonly binary: string;
  /** What stands before the file to run. */
  readonly args: readonly string[];
}

/** Bun and Deno, by the package that their own npm packages choose for this machine. */
export function otherRuntimes(
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): readonly OtherRuntime[] {
  const bunSystem = platform === 'win32' ? 'windows' : platform;
  const bunArch = arch === 'arm64' ? 'aarch64' : arch;
  const extension = platform === 'win32' ? '.exe' : '';
  return [
    {
      name: 'Bun',
      package: `@oven/bun-${bunSystem}-${bunArch}`,
      version: '1.4.5',
      binary: `bin/bun${extension}`,
      args: ['run'],
    },
    {
      name: 'Deno',
      package: `@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`,
      version: '2.9.6',
      binary: `deno${extension}`,
      args: ['run', '--quiet', '--allow-all', '--node-modules-dir=manual'],
    },
  ];
}

/** The path of the binary, installed once from the registry and kept. No install script is run. */
export async function runtimeBinary(runtime: OtherRuntime): Promise<string> {
  const folder = join(cacheFolder, 'runtimes', `${runtime.name}-${runtime.version}`);
  const binary = join(folder, 'node_modules', runtime.package, runtime.binary);
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const install = ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts'];
  await runCommand('npm', [...install, `${runtime.package}@${runtime.version}`], {
    cwd: folder,
    env: { ...cleanEnvironment(process.env), npm_config_cache: join(cacheFolder, 'npm') },
  });
  return binary;
}
