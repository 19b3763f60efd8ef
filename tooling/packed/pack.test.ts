import { expect, test } from 'vitest';
import { assertEntriesPacked, describe } from './pack.ts';
import { tarEntries } from './tarball.ts';
import { packedOf, tarballOf } from './test-fixtures.ts';

test('the files of a tarball are read back, the ones of a whole block too', () => {
  const files = {
    'package.json': '{}',
    'dist/a.js': 'a'.repeat(512),
    'dist/b.js': 'ü'.repeat(700),
  };

  const read = tarEntries(tarballOf(files)).map(({ path, content }) => [path, content.toString()]);

  expect(Object.fromEntries(read)).toEqual(files);
});

test('a tarball without a manifest is refused', () => {
  expect(() => describe(tarballOf({ 'index.js': '' }))).toThrow('no package.json');
});

test('an entry point that is not in the tarball is named', () => {
  const exports = {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  };

  expect(() => assertEntriesPacked(packedOf({ exports }, { 'dist/index.js': '' }))).toThrow(
    'not in the tarball: ./dist/index.d.ts',
  );
  expect(() =>
    assertEntriesPacked(packedOf({ exports }, { 'dist/index.js': '', 'dist/index.d.ts': '' })),
  ).not.toThrow();
});
