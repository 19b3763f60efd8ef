import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { packument, startRegistry } from './registry.ts';
import { packedOf } from './test-fixtures.ts';

test('a packument points to the tarball and says its checksums', () => {
  const one = packedOf({});

  const { versions, 'dist-tags': tags } = packument(one, 'http://127.0.0.1:1/x/') as {
    versions: Record<string, { dist: Record<string, string> }>;
    'dist-tags': Record<string, string>;
  };

  expect(tags).toEqual({ latest: '1.2.3' });
  expect(versions['1.2.3']?.dist).toEqual({
    tarball: 'http://127.0.0.1:1/x/@llm-otel/core/-/core-1.2.3.tgz',
    integrity: `sha512-${createHash('sha512').update(one.tarball).digest('base64')}`,
    shasum: createHash('sha1').update(one.tarball).digest('hex'),
  });
});

test('the registry answers with the packument and with the bytes it announced', async () => {
  const one = packedOf({});
  await using registry = await startRegistry([one]);

  // npm asks for a scoped name with the slash encoded, pnpm likewise.
  const answer = await fetch(`${registry.url}@llm-otel%2fcore`);
  const { versions } = (await answer.json()) as {
    versions: Record<string, { dist: { tarball: string } }>;
  };
  const tarball = await fetch(versions['1.2.3']?.dist.tarball ?? '');

  expect(Buffer.from(await tarball.arrayBuffer()).equals(one.tarball)).toBe(true);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a package that was not packed is not found', async () => {
  await using registry = await startRegistry([packedOf({})]);

  const answers = await Promise.all(
    ['lodash', '@llm-otel%2fnothing', ''].map((name) => fetch(registry.url + name)),
  );

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('only the scope of the packed packages is sent to the registry', async () => {
  await using registry = await startRegistry([packedOf({}), packedOf({ name: '@llm-otel/sdk' })]);

  expect(registry.npmrc).toBe(`@llm-otel:registry=${registry.url}\n`);
});

test('a closed registry refuses connections', async () => {
  const registry = await startRegistry([packedOf({})]);
  await registry.close();

  await expect(fetch(registry.url)).rejects.toThrow('fetch failed');
});
