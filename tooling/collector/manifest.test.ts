import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { builderConfig, cacheKey, readManifest } from './manifest.ts';

const manifest = readManifest();

test('all modules are pinned, and of one release', () => {
  const versions = manifest.modules.map((module) => module.split(' ')[1] ?? '');

  expect(versions.filter((version) => !/^v\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  expect(new Set(versions.filter((version) => version.startsWith('v0.')))).toEqual(
    new Set([`v${manifest.version}`]),
  );
  // The stable modules count on their own: 1.67 came with 0.161.
  expect(new Set(versions.filter((version) => !version.startsWith('v0.')))).toEqual(
    new Set(['v1.67.0']),
  );
});

test('there is what the tests and the compiled configurations name', () => {
  const names = manifest.modules.map((module) => /([^/]+) v/.exec(module)?.[1]);

  expect(names).toEqual(
    expect.arrayContaining([
      'otlpreceiver',
      'batchprocessor',
      'memorylimiterprocessor',
      'filterprocessor',
      'redactionprocessor',
      'resourcedetectionprocessor',
      'tailsamplingprocessor',
      'transformprocessor',
      'debugexporter',
      'otlpexporter',
      'otlphttpexporter',
      'fileexporter',
      'loadbalancingexporter',
      'prometheusexporter',
      'zipkinexporter',
      'forwardconnector',
      'healthcheckextension',
      'filestorage',
    ]),
  );
});

test('the builder is told where to write, and gets everything else as it stands in the file', () => {
  const { dist, ...rest } = parse(builderConfig(manifest, '/tmp/sources')) as Record<
    string,
    unknown
  >;
  const { dist: ownDist, ...ownRest } = parse(manifest.text) as Record<string, unknown>;

  expect(dist).toEqual({ ...(ownDist as object), output_path: '/tmp/sources' });
  expect(rest).toEqual(ownRest);
});

test('a change of the manifest or of Go makes another Collector', () => {
  const key = cacheKey(manifest, 'go1.26.1');

  expect(key).toMatch(/^0\.161\.0-[0-9a-f]{16}$/);
  expect(cacheKey({ ...manifest }, 'go1.26.1')).toBe(key);
  expect(cacheKey(manifest, 'go1.26.2')).not.toBe(key);
  expect(cacheKey({ ...manifest, text: `${manifest.text}# more` }, 'go1.26.1')).not.toBe(key);
});

test.each(['receivers: []', 'dist: { name: x }', 'dist: { version: 1.0.0 }'])(
  'a manifest without its name or version is told: %s',
  (text) => {
    expect(() => readManifest(text)).toThrow('the manifest has no dist.name or dist.version');
  },
);
