import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertOneCopy, bytesOnDisk, installedPackages } from './installed-tree.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'installed-tree-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function install(path: string, name: string, version: string): void {
  const manifest = join(folder, 'node_modules', path, 'package.json');
  mkdirSync(dirname(manifest), { recursive: true });
  writeFileSync(manifest, JSON.stringify({ name, version }));
}

function found(): string[] {
  return installedPackages(folder)
    .map(({ name, version }) => `${name}@${version}`)
    .toSorted();
}

test('an empty folder holds no package', () => {
  expect(installedPackages(folder)).toEqual([]);
});

test('npm: scoped, plain and nested packages each count once', () => {
  install('@scope/a', '@scope/a', '1.0.0');
  install('@scope/a/node_modules/b', 'b', '2.0.0');
  install('b', 'b', '1.0.0');
  mkdirSync(join(folder, 'node_modules/.bin'));

  expect(found()).toEqual(['@scope/a@1.0.0', 'b@1.0.0', 'b@2.0.0']);
});

test('pnpm: a package counts where it is stored, not where it is linked', () => {
  install('.pnpm/a@1.0.0/node_modules/a', 'a', '1.0.0');
  install('.pnpm/b@1.0.0/node_modules/b', 'b', '1.0.0');
  symlinkSync('.pnpm/a@1.0.0/node_modules/a', join(folder, 'node_modules/a'));
  symlinkSync(
    '../../b@1.0.0/node_modules/b',
    join(folder, 'node_modules/.pnpm/a@1.0.0/node_modules/b'),
  );

  expect(found()).toEqual(['a@1.0.0', 'b@1.0.0']);
});

test('two copies of one version are still two copies, and are named with their places', () => {
  install('core', 'core', '1.0.0');
  install('a', 'a', '1.0.0');
  install('a/node_modules/core', 'core', '1.0.0');

  expect(() => assertOneCopy(installedPackages(folder), ['core'])).toThrow(
    '2 copies of core:\n  1.0.0 in node_modules/a/node_modules/core\n  1.0.0 in node_modules/core',
  );
});

test('a package that is not there has no second copy', () => {
  expect(() => assertOneCopy([], ['core'])).not.toThrow();
});

test('bytes are those of the files, not of what links point to', () => {
  writeFileSync(join(folder, 'a'), 'x'.repeat(1000));
  symlinkSync('a', join(folder, 'b'));

  expect(bytesOnDisk(folder)).toBe(1000);
});
