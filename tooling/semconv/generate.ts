#!/usr/bin/env node
// Writes packages/llm-conventions/src/generated from the model. With --check it only compares, and exits with 1
// where the files are out of date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { modelErrors } from './model-errors.ts';
import { readModel } from './read-model.ts';
import { renderModel } from './render.ts';
import { staleFiles } from './stale-files.ts';

const workspaceFolder = join(import.meta.dirname, '../..');
const target = join(workspaceFolder, 'packages/llm-conventions/src/generated');

const model = readModel();
const errors = modelErrors(model);
if (errors.length > 0) {
  console.error(
    `The model does not fit together:\n${errors.map((error) => `  ${error}`).join('\n')}`,
  );
  process.exit(1);
}

const wanted = renderModel(model);
mkdirSync(target, { recursive: true });
const found = Object.fromEntries(
  readdirSync(target).map((file) => [file, readFileSync(join(target, file), 'utf8')]),
);
const stale = staleFiles(wanted, found);
const where = relative(workspaceFolder, target);

if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`${where} is out of date:`);
    for (const { file, summary } of stale) console.error(`  ${file}: ${summary}`);
    console.error('Run node tooling/semconv/generate.ts and commit the result.');
    process.exit(1);
  }
  console.log(`${where} is up to date (${Object.keys(wanted).length} files)`);
} else {
  for (const { file } of stale) {
    const text = wanted[file];
    if (text === undefined) rmSync(join(target, file));
    else writeFileSync(join(target, file), text);
  }
  console.log(`${where}: ${stale.length} of ${Object.keys(wanted).length} files written`);
}
