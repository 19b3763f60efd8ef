import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { PackedPackage } from './pack.ts';

/** A registry that exists for one run and holds nothing but the packed packages. */
export interface PackedRegistry {
  readonly url: string;
  /** The line of an `.npmrc` that sends the packages' scope here and leaves every other package where the user gets it. */
  readonly npmrc: string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Serves the packages on 127.0.0.1. Only their scope is asked for here: third-party packages come from the
 * user's registry by the package manager itself, with the user's credentials, proxy and certificates.
 */
export async function startRegistry(packed: readonly PackedPackage[]): Promise<PackedRegistry> {
  const byName = new Map(packed.map((one) => [one.manifest.name, one]));
  // Unique, so that no package manager takes an earlier run's answer from its cache.
  const prefix = `/${randomUUID()}/`;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const [name = '', file] = path.slice(prefix.length).split('/-/');
    const found = path.startsWith(prefix) ? byName.get(name) : undefined;
    response.setHeader('cache-control', 'no-store');
    if (found === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"error":"not found"}');
    } else if (file === undefined) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(packument(found, url)));
    } else {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(found.tarball);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // The caller closes it; a caller that fails must not be kept alive by it.
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const scopes = new Set(packed.map(({ manifest }) => manifest.name.split('/')[0]));
  const npmrc = [...scopes].map((scope) => `${scope}:registry=${url}\n`).join('');
  return { url, npmrc, close, [Symbol.asyncDispose]: close };
}

/** What a registry answers about a package with one version. */
export function packument(
  { manifest, integrity, shasum }: PackedPackage,
  registryUrl: string,
): Record<string, unknown> {
  const { name, version } = manifest;
  const published = '2026-01-01T00:00:00.000Z';
  const tarball = `${registryUrl}${name}/-/${name.split('/').at(-1)}-${version}.tgz`;
  return {
    _id: name,
    name,
    'dist-tags': { latest: version },
    // pnpm refuses versions that are too young; without a time it cannot tell.
    time: { created: published, modified: published, [version]: published },
    versions: {
      [version]: { ...manifest, _id: `${name}@${version}`, dist: { integrity, shasum, tarball } },
    },
  };
}
