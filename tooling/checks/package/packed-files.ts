import type { TarEntry } from '../../packed/tarball.ts';

/** A package as it comes out of `pnpm pack`. */
export interface PackedFiles {
  readonly manifest: PublishedManifest;
  /** By path: `dist/index.js`. */
  readonly files: ReadonlyMap<string, string>;
}

/** The members of a published package.json that are looked at. */
export interface PublishedManifest {
  readonly name: string;
  readonly exports?: unknown;
  readonly bin?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Reads the entries of a tarball. */
export function packedFiles(entries: readonly TarEntry[]): PackedFiles {
  const files = new Map(entries.map(({ path, content }) => [path, content.toString('utf8')]));
  const manifest = files.get('package.json');
  if (manifest === undefined) throw new Error('the tarball holds no package.json');
  return { manifest: JSON.parse(manifest) as PublishedManifest, files };
}
