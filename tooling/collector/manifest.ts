import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const manifestFile: string = join(import.meta.dirname, 'manifest.yaml');

const kinds = [
  'receivers',
  'processors',
  'exporters',
  'connectors',
  'extensions',
  'providers',
] as const;

/** What the Collector of the tests is built from. */
export interface Manifest {
  readonly text: string;
  /** Its binary's name. */
  readonly name: string;
  /** Release of the Collector, which is the builder's too. */
  readonly version: string;
  /** Each module as `path version`. */
  readonly modules: readonly string[];
}

/** @throws where a part is missing */
export function readManifest(text: string = readFileSync(manifestFile, 'utf8')): Manifest {
  const file = parse(text) as ManifestFile;
  const { dist } = file;
  if (dist?.name === undefined || dist.version === undefined) {
    throw new Error('the manifest has no dist.name or dist.version');
  }
  const modules = kinds.flatMap((kind) => (file[kind] ?? []).map(({ gomod }) => gomod));
  return { text, name: dist.name, version: dist.version, modules };
}

/** The manifest as the builder gets it: with the folder that it writes the sources to. */
export function builderConfig({ text }: Manifest, sources: string): string {
  const file = parse(text) as ManifestFile;
  return stringify({ ...file, dist: { ...file.dist, output_path: sources } });
}

/** Under which a built Collector is kept: another manifest, Go version or platform makes another one. */
export function cacheKey({ text, version }: Manifest, goVersion: string): string {
  const { platform, arch } = process;
  const hash = createHash('sha256').update([text, goVersion, platform, arch].join('\n'));
  return `${version}-${hash.digest('hex').slice(0, 16)}`;
}

type ManifestFile = {
  readonly dist?: { readonly name?: string; readonly version?: string };
} & Readonly<Partial<Record<(typeof kinds)[number], readonly { readonly gomod: string }[]>>>;
