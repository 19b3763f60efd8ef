import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgress } from '../bootstrap/progress.mjs';
import type { BuildInput } from './build-collector.ts';
import { collectorCache, provideCollector, type ProvideInput } from './provide-collector.ts';

let folder = '';

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'provide-collector-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Builds an empty file. */
const build = vi.fn(async ({ target }: BuildInput): Promise<void> => {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '');
});

function provide(input: Partial<ProvideInput> = {}): ReturnType<typeof provideCollector> {
  build.mockClear();
  return provideCollector({
    env: { XDG_CACHE_HOME: folder },
    progress: createProgress({ write: () => undefined }, {}),
    signal: new AbortController().signal,
    goVersion: async () => 'go1.26.1',
    build,
    ...input,
  });
}

test('OTELCOL_BIN wins, and nothing is built', async () => {
  const binary = join(folder, 'otelcol');
  writeFileSync(binary, '');

  expect(await provide({ env: { OTELCOL_BIN: binary } })).toEqual({ binary });
  expect(build).not.toHaveBeenCalled();
});

test('an OTELCOL_BIN that is no file is a mistake, not a reason to skip', async () => {
  await expect(provide({ env: { OTELCOL_BIN: '/no/such/otelcol' } })).rejects.toThrow(
    'OTELCOL_BIN is "/no/such/otelcol", which is no file: use the path of a Collector',
  );
});

test('with Go it is built once and found the next time', async () => {
  const first = await provide();
  expect(build).toHaveBeenCalledTimes(1);
  const second = await provide();

  expect(build).not.toHaveBeenCalled();
  expect(second).toEqual(first);
  expect('binary' in first && first.binary.startsWith(join(folder, 'llm-otel/collector/'))).toBe(
    true,
  );
  expect('binary' in first && existsSync(first.binary)).toBe(true);
});

test('another version of Go builds another one', async () => {
  const first = await provide();
  const second = await provide({ goVersion: async () => 'go1.27.0' });

  expect(build).toHaveBeenCalledTimes(1);
  expect(second).not.toEqual(first);
});

test('without Go and without OTELCOL_BIN the reason is told', async () => {
  expect(await provide({ goVersion: async () => undefined })).toEqual({
    missing: 'Go is not installed, and OTELCOL_BIN names no Collector',
  });
});

test('a build that fails is an error', async () => {
  await expect(provide({ build: () => Promise.reject(new Error('no network')) })).rejects.toThrow(
    'no network',
  );
});

test('without XDG_CACHE_HOME the cache is in the home folder', () => {
  expect(collectorCache({})).toMatch(/\.cache\/llm-otel\/collector$/);
  expect(collectorCache({ XDG_CACHE_HOME: '' })).toBe(collectorCache({}));
});
