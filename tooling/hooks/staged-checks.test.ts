import { expect, test } from 'vitest';
import { stagedChecks } from './staged-checks.ts';

const folders = ['packages/core', 'packages/core-extra', 'tooling'];

function namesFor(...files: readonly string[]): string[] {
  return stagedChecks(files, folders).map(({ name }) => name);
}

test('nothing is run where nothing is staged that has checks', () => {
  expect(namesFor()).toEqual([]);
  expect(namesFor('LICENSE', 'docs/picture.png')).toEqual([]);
});

test('prose and data are only formatted', () => {
  expect(namesFor('README.md', 'packages/core/package.json')).toEqual(['format']);
});

test('sources are formatted, linted and compiled with their package alone', () => {
  expect(namesFor('packages/core/src/clock.ts')).toEqual([
    'format',
    'lint',
    'types of packages/core',
  ]);
});

test('a source outside every package is not compiled', () => {
  expect(namesFor('vitest.shared.ts')).toEqual(['format', 'lint']);
});

test('a commit across the workspace is not compiled', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((name) => `packages/${name}`);
  const files = many.map((folder) => `${folder}/src/index.ts`);

  expect(stagedChecks(files, many).map(({ name }) => name)).toEqual(['format', 'lint']);
  expect(stagedChecks(files.slice(1), many)).toHaveLength(6);
});

test('only the staged files are named', () => {
  const [format, lint] = stagedChecks(['README.md', 'tooling/run/main.ts'], folders);

  expect(format?.command.slice(3)).toEqual(['README.md', 'tooling/run/main.ts']);
  expect(lint?.command.slice(3)).toEqual(['tooling/run/main.ts']);
});
