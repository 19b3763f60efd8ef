import type { Manifest } from './pack.ts';

/** The peers an application must list for `names` itself where its package manager does not install peers: the required ones of each package and of its siblings. */
export function requiredPeers(
  manifests: readonly Manifest[],
  names: readonly string[],
): Record<string, string> {
  const byName = new Map(manifests.map((manifest) => [manifest.name, manifest]));
  const peers: Record<string, string> = {};
  const waiting = [...names];
  const seen = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const manifest = byName.get(name);
    if (manifest === undefined || seen.has(name)) continue;
    seen.add(name);
    waiting.push(...Object.keys(manifest.dependencies ?? {}));
    for (const [peer, range] of Object.entries(manifest.peerDependencies ?? {}))
      if (manifest.peerDependenciesMeta?.[peer]?.optional !== true) peers[peer] ??= range;
  }
  return peers;
}
