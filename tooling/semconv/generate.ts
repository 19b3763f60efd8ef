#!/usr/bin/env node
// Writes packages/llm-conventions/src/generated from the model, and the demo's own metrics to apps/demo/src/generated. With
// --check it only compares, and exits with 1 where the files are out of date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelErrors } from './model-errors.ts';
import { readModel } from './read-model.ts';
import { renderDemo } from './render-demo.ts';
import { renderModel } from './render.ts';
import { staleFiles } from './stale-files.ts';

const workspaceFolder = join(import.meta.dirname, '../..');

const model = readModel();
const errors = modelErrors(model);
if (errors.length > 0) {
  console.error(
    `The model does not fit together:\n${errors.map((error) => `  ${error}`).join('\n')}`,
  );
  process.exit(1);
}

const isCheck = process.argv.includes('--check');
generate('packages/llm-conventions/src/generated', renderModel(model));
generate('apps/demo/src/generated', renderDemo());

function generate(where: string, wanted: Readonly<Record<string, string>>): void {
  const target = join(workspaceFolder, where);
  mkdirSync(target, { recursive: true });
  const found = Object.fromEntries(
    readdirSync(target).map((file) => [file, readFileSync(join(target, file), 'utf8')]),
  );
  const stale = staleFiles(wanted, found);
  const count = Object.keys(wanted).length;
  if (isCheck && stale.length > 0) {
    console.error(`${where} is out of date:`);
    for (const { file, summary } of stale) console.error(`  ${file}: ${summary}`);
    console.error('Run node tooling/semconv/generate.ts and commit the result.');
    process.exitCode = 1;
    return;
  }
  for (const { file } of stale) {
    const text = wanted[file];
    if (text === undefined) rmSync(join(target, file));
    else writeFileSync(join(target, file), text);
  }
  console.log(
    isCheck
      ? `${where} is up to date (${count} files)`
      : `${where}: ${stale.length} of ${count} files written`,
  );
}
