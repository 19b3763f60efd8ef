#!/usr/bin/env node
// Checks docs/requirements.md against the files and scripts it names. With --create it writes a first table where
// there is none.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyTable, requirementProblems } from './requirements/requirement-problems.ts';

const root = join(import.meta.dirname, '../..');
const document = join(root, 'docs/requirements.md');
if (process.argv.includes('--create') && !existsSync(document))
  writeFileSync(document, emptyTable());

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const problems = existsSync(document)
  ? requirementProblems(readFileSync(document, 'utf8'), {
      fileExists: (path) => globSync(path, { cwd: root }).length > 0,
      scripts: Object.keys(manifest.scripts),
    })
  : ['docs/requirements.md is missing: node tooling/checks/check-requirements.ts --create'];
for (const problem of problems) console.log(problem);
console.log(`requirements: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
