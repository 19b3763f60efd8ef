#!/usr/bin/env node
// Builds the package in the current folder: JavaScript by tsup, declarations by tsc.
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const packageFolder = process.cwd();
const workspaceFolder = join(import.meta.dirname, '../..');

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

run('tsup', []);

// Exports point to sources inside the workspace, so tsc sees the siblings as sources and emits their
// declarations too. They go to a folder of their own, and only this package's are kept. Types are isolated, so that
// declarations need no check; `typecheck` is a task of its own.
const cache = join(packageFolder, '.cache');
const declarations = join(cache, 'declarations');
rmSync(declarations, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
const settings = {
  extends: '../tsconfig.json',
  compilerOptions: {
    noEmit: false,
    noCheck: true,
    emitDeclarationOnly: true,
    rootDir: workspaceFolder,
    outDir: declarations,
  },
  include: ['../src'],
  exclude: ['../src/**/*.test.ts'],
};
writeFileSync(join(cache, 'tsconfig.build.json'), JSON.stringify(settings));
run('tsc', ['-p', join(cache, 'tsconfig.build.json')]);
const own = join(declarations, relative(workspaceFolder, packageFolder), 'src');
for (const file of globSync('**/*.d.{ts,cts}', { cwd: own })) {
  const text = readFileSync(join(own, file), 'utf8');
  // Declarations keep the specifier as written; published ones name the JavaScript beside them.
  writeFileSync(join(own, file), text.replace(/(["'])(\.{1,2}\/[^"']*)\.ts\1/g, '$1$2.js$1'));
  cpSync(join(own, file), join(packageFolder, 'dist', file));
}
rmSync(declarations, { recursive: true, force: true });
