import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../bootstrap/progress.mjs';
import { runQuietly } from '../run/command.ts';
import { buildCollector } from './build-collector.ts';
import { cacheKey, type Manifest, readManifest } from './manifest.ts';

/** A Collector that can be run, or why there is none. */
export type ProvidedCollector = { readonly binary: string } | { readonly missing: string };

export interface ProvideInput {
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly manifest?: Manifest;
  /** @defaultValue what `go env GOVERSION` prints; undefined where there is no Go */
  readonly goVersion?: () => Promise<string | undefined>;
  readonly build?: typeof buildCollector;
}

/**
 * The Collector of `OTELCOL_BIN`, the one built before, or one that is built now where Go is installed.
 * @throws where `OTELCOL_BIN` names no file, or the build fails
 */
export async function provideCollector({
  env,
  progress,
  signal,
  manifest = readManifest(),
  goVersion = () => installedGo(signal),
  build = buildCollector,
}: ProvideInput): Promise<ProvidedCollector> {
  const given = env['OTELCOL_BIN'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return { binary: given };
    throw new Error(`OTELCOL_BIN is "${given}", which is no file: use the path of a Collector`);
  }
  const version = await goVersion();
  if (version === undefined) {
    return { missing: 'Go is not installed, and OTELCOL_BIN names no Collector' };
  }
  const binary = join(collectorCache(env), cacheKey(manifest, version), manifest.name);
  if (!existsSync(binary)) await build({ manifest, target: binary, progress, signal });
  return { binary };
}

/** Outside of the clone: a Collector takes minutes to build, and the next clone needs the same. */
export function collectorCache(env: NodeJS.ProcessEnv): string {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'llm-otel/collector');
}

async function installedGo(signal: AbortSignal): Promise<string | undefined> {
  const { code, stdout } = await runQuietly(['go', 'env', 'GOVERSION'], {
    cwd: homedir(),
    signal,
    timeoutMillis: 30_000,
  });
  return code === 0 ? stdout.trim() : undefined;
}
