import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { tarEntries } from './tarball.ts';

export const workspaceFolder: string = join(import.meta.dirname, '../..');

/** The members of a package.json that the checks look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly sideEffects?: boolean | readonly string[];
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package as it would be published. */
export interface PackedPackage {
  readonly manifest: Manifest;
  readonly tarball: Buffer;
  readonly integrity: string;
  readonly shasum: string;
}

/** Builds what changed. Turbo's cache answers at once when nothing did. */
export async function buildPackages(): Promise<void> {
  await runCommand(
    'turbo',
    ['run', 'build', '--filter=./packages/*', '--output-logs=errors-only'],
    {
      cwd: workspaceFolder,
      env: {
        ...process.env,
        PATH: `${join(workspaceFolder, 'node_modules/.bin')}:${process.env['PATH']}`,
      },
      timeoutMillis: 600_000,
    },
  );
}

/** Packs every public package of the workspace into `folder`, as `pnpm publish` would. */
export async function packAll(folder: string): Promise<PackedPackage[]> {
  mkdirSync(folder, { recursive: true });
  const args = ['-r', '--filter', './packages/*', 'pack', '--pack-destination', folder];
  await runCommand('pnpm', args, { cwd: workspaceFolder });
  const packed = globSync('*.tgz', { cwd: folder })
    .toSorted()
    .map((file) => describe(readFileSync(join(folder, file))));
  if (packed.length === 0) throw new Error('pnpm pack made no tarball');
  return packed;
}

/** Reads the manifest inside a tarball and computes what a registry says about it. */
export function describe(tarball: Buffer): PackedPackage {
  const manifest = tarEntries(tarball).find(({ path }) => path === 'package.json');
  if (manifest === undefined) throw new Error('the tarball holds no package.json');
  return {
    manifest: JSON.parse(manifest.content.toString('utf8')) as Manifest,
    tarball,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    shasum: createHash('sha1').update(tarball).digest('hex'),
  };
}

/** Throws when a published entry point is missing from the tarball. */
export function assertEntriesPacked({ manifest, tarball }: PackedPackage): void {
  const files = new Set(tarEntries(tarball).map(({ path }) => `./${path}`));
  const missing = targetsOf(manifest.exports).filter((target) => !files.has(target));
  if (missing.length > 0) throw new Error(`not in the tarball: ${missing.join(', ')}`);
}

function targetsOf(exports: unknown): string[] {
  if (typeof exports === 'string') return [exports];
  if (typeof exports !== 'object' || exports === null) return [];
  return Object.values(exports).flatMap(targetsOf);
}

/** A tool of the workspace, by its path. */
export function toolOf(name: string): string {
  const path = join(workspaceFolder, 'node_modules/.bin', name);
  if (!existsSync(path)) throw new Error(`${name} is not installed: run pnpm install`);
  return path;
}
