import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installReason, workspaceFolders, writeInstallStamp } from './install-stamp.mjs';

let root = '';

beforeEach(() => {
  // A space in the path, as in many home folders.
  root = mkdtempSync(join(tmpdir(), 'install stamp '));
  write('package.json', '{}');
  write('pnpm-lock.yaml', 'lockfileVersion: 9');
  write(
    'pnpm-workspace.yaml',
    'packages:\n  # comment\n  - packages/*\n  - "tooling"\ncatalog:\n  - no\n',
  );
  write('packages/a/package.json', '{"dependencies":{"x":"1"}}');
  write('packages/without-manifest/readme.md', '');
  write('tooling/package.json', '{}');
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

function install(): void {
  write('node_modules/.modules.yaml', '');
  mkdirSync(join(root, 'packages/a/node_modules'), { recursive: true });
  writeInstallStamp(root);
}

test('the workspace has the listed folders that are packages', () => {
  expect(workspaceFolders(root)).toEqual(['packages/a', 'tooling']);
});

test('a fresh clone needs an install', () => {
  expect(installReason(root)).toBe('nothing is installed yet');
});

test('an install made by hand is not taken for granted', () => {
  write('node_modules/.modules.yaml', '');

  expect(installReason(root)).toBe('it is not known whether everything is installed');
});

test('nothing is to do after an install', () => {
  install();

  expect(installReason(root)).toBeUndefined();
});

test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'packages/a/package.json'])(
  'a change of %s needs an install',
  (file) => {
    install();

    write(
      file,
      file.endsWith('.json') ? '{"dependencies":{"y":"2"}}' : 'packages:\n  - packages/*\n',
    );

    expect(installReason(root)).toBe('the dependencies have changed');
  },
);

test('a new package needs an install', () => {
  install();

  write('packages/b/package.json', '{}');

  expect(installReason(root)).toBe('the dependencies have changed');
});

test('a package whose node_modules was removed needs an install, one without dependencies has none', () => {
  install();

  rmSync(join(root, 'packages/a/node_modules'), { recursive: true });

  expect(installReason(root)).toBe('packages/a has no node_modules');
});
