#!/usr/bin/env node
// Checks what turbo boundaries cannot see: subpaths, Node.js modules, the SDK and the environment. Prints what it finds.
import { join } from 'node:path';
import { checkTree } from './imports/rules.ts';
import { readSourceTree } from './imports/source-tree.ts';

const tree = readSourceTree(process.argv[2] ?? join(import.meta.dirname, '../..'));
const findings = checkTree(tree);
for (const { path, line, what, rule, fix } of findings) {
  console.log(`${path}:${line} ${what}\n  rule: ${rule}\n  do:   ${fix}`);
}
console.log(`${tree.files.size} files, ${findings.length} imports against the rules`);
process.exitCode = findings.length === 0 ? 0 : 1;
