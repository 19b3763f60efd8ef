import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './project.ts';
import { cleanEnvironment, runCommand, tryCommand } from './run-command.ts';

/** The npm package that holds the Node.js binary of a platform, as the package `node` names it. */
export function platformPackage(platform: NodeJS.Platform, arch: string): string {
  const os = platform === 'win32' ? 'win' : platform;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${os}-${os === 'win' && arch === 'ia32' ? 'x86' : arch}`;
}

/**
 * The path of a Node.js binary of `version` (`24` or `22.15.0`), installed once from the registry and kept.
 * @throws when the version cannot be had, with both reasons
 */
export async function nodeBinary(version: string): Promise<string> {
  if (process.versions.node === version || process.versions.node.startsWith(`${version}.`))
    return process.execPath;
  const folder = join(cacheFolder, 'node-versions', version);
  const direct = platformPackage(process.platform, process.arch);
  const binary = join(folder, 'node_modules', direct, 'bin/node');
  const fallback = join(folder, 'node_modules/node/bin/node');
  for (const kept of [binary, fallback]) if (await runs(kept, version)) return kept;

  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const env = { ...cleanEnvironment(process.env), npm_config_cache: join(cacheFolder, 'npm') };
  const install = ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  const reasons: string[] = [];
  // Some platforms have no package of their own for every version; `node` then finds one by its install script.
  for (const [name, path] of [
    [direct, binary],
    ['node', fallback],
  ] as const) {
    try {
      await runCommand('npm', [...install, `${name}@${version}`], { cwd: folder, env });
      if (await runs(path, version)) return path;
      reasons.push(`${name}@${version} was installed and does not run`);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(`Node.js ${version} cannot be had:\n${reasons.join('\n')}`);
}

/** The exact version behind a binary, for the lines that are printed. */
export async function versionOf(binary: string): Promise<string> {
  const { stdout } = await runCommand(binary, ['--version'], { cwd: process.cwd() });
  return stdout.trim().replace(/^v/, '');
}

async function runs(binary: string, version: string): Promise<boolean> {
  if (!existsSync(binary) || readFileSync(binary).length === 0) return false;
  const { code, stdout } = await tryCommand(binary, ['--version'], { cwd: process.cwd() });
  return code === 0 && `${stdout.trim()}.`.startsWith(`v${version}.`);
}
