#!/usr/bin/env node
// Checks the package in the current folder as it would be published. Needs a build.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../packed/run-command.ts';
import { tarEntries } from '../packed/tarball.ts';
import { contentProblems } from './package/content-problems.ts';
import { importProblems } from './package/import-problems.ts';
import { packedFiles } from './package/packed-files.ts';
import { readmeProblems } from './package/readme-problems.ts';
import { sizeOf, sizeProblems } from './package/size-problems.ts';
import { publintProblems, typeProblems } from './package/type-problems.ts';

const folder = process.cwd();
const machine = { workspace: join(import.meta.dirname, '../..'), home: homedir() };

async function pack(): Promise<Buffer> {
  const target = mkdtempSync(join(tmpdir(), 'llm-otel-pack-'));
  try {
    await runCommand('pnpm', ['pack', '--pack-destination', target], { cwd: folder });
    const [tarball = ''] = readdirSync(target);
    return readFileSync(join(target, tarball));
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

const tarball = await pack();
const packed = packedFiles(tarEntries(tarball));
const size = sizeOf(packed);
const problems = [
  ...contentProblems(packed, machine),
  ...importProblems(packed),
  ...readmeProblems(packed),
  ...sizeProblems(size),
  ...(await publintProblems(tarball)),
  ...(await typeProblems(tarball)),
];
const budget = size.budget === undefined ? '' : ` of at most ${size.budget} kB`;
console.log(
  `${packed.manifest.name}: ${packed.files.size} files, ${size.kilobytes.toFixed(1)} kB of JavaScript${budget}, ${(tarball.length / 1000).toFixed(1)} kB packed`,
);
for (const problem of problems) console.log(`  ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
