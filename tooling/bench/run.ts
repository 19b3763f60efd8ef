#!/usr/bin/env node
// Runs the benches of a package (`llm-otel-bench` in its folder) or of the workspace (`pnpm bench [package …]`).
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseBenchArguments } from './arguments.ts';
import type { Row } from './measure.ts';
import { exitCodeOf, type FileReport, formatTable } from './report.ts';

const stopSignals = ['SIGINT', 'SIGTERM'] as const;
const oneFile = join(import.meta.dirname, 'run-one-file.ts');

/** Runs each bench file of the package in a process of its own, so that no file warms up or slows another. */
async function runFolder(folder: string, quick: boolean): Promise<FileReport[]> {
  const reports: FileReport[] = [];
  for (const file of globSync('bench/**/*.bench.ts', { cwd: folder }).toSorted()) {
    process.stderr.write(`${basename(folder)}/${file}\n`);
    reports.push(await runFile(folder, file, quick));
    if (process.exitCode !== undefined) break;
  }
  return reports;
}

async function runFile(folder: string, file: string, quick: boolean): Promise<FileReport> {
  const results = mkdtempSync(join(tmpdir(), 'llm-otel-bench-'));
  const resultFile = join(results, 'rows.json');
  const args = [oneFile, file, resultFile, ...(quick ? ['--quick'] : [])];
  try {
    // Standard output carries only our table or JSON, whatever a bench prints.
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 2, 2] });
    const stop = (signal: NodeJS.Signals): void => {
      child.kill();
      process.exitCode = 128 + constants.signals[signal];
    };
    for (const signal of stopSignals) process.on(signal, stop);
    const ending = await new Promise<string | undefined>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve(code === 0 ? undefined : `ended with ${signal ?? code}`),
      );
    });
    for (const signal of stopSignals) process.off(signal, stop);
    const report = { package: basename(folder), file };
    if (ending !== undefined) return { ...report, rows: [], error: ending };
    return { ...report, rows: JSON.parse(readFileSync(resultFile, 'utf8')) as Row[] };
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}

function foldersToRun(cwd: string, names: readonly string[]): string[] {
  const packages = join(cwd, 'packages');
  if (!existsSync(packages)) return [cwd];
  const known = globSync('*/package.json', { cwd: packages }).map((file) => join(file, '..'));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(
      `no package ${unknown.join(', ')}; there are ${known.toSorted().join(', ')}`,
    );
  }
  const wanted = names.length === 0 ? known : names;
  return wanted.toSorted().map((name) => join(packages, name));
}

async function main(): Promise<number> {
  const { names, json, quick } = parseBenchArguments(process.argv.slice(2));
  const reports: FileReport[] = [];
  for (const folder of foldersToRun(process.cwd(), names)) {
    reports.push(...(await runFolder(folder, quick)));
    if (process.exitCode !== undefined) break;
  }
  if (json) {
    const machine = {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
    };
    console.log(JSON.stringify({ machine, quick, reports }, undefined, 2));
  } else {
    printReports(reports);
  }
  return exitCodeOf(reports);
}

function printReports(reports: readonly FileReport[]): void {
  const rows = reports.flatMap((report) => report.rows);
  if (rows.length > 0) {
    console.log(`\n${formatTable(rows)}\n`);
    console.log(
      'Times are medians of all rounds. The ratio is the median of the ratios within a round,',
    );
    console.log('so on a busy machine it is not exactly the quotient of the two.\n');
  }
  for (const { package: name, file, error } of reports) {
    if (error !== undefined) console.log(`${name}/${file} did not run to its end: ${error}`);
  }
  if (reports.length === 0) console.log('no bench files here');
  const missed = rows.filter((row) => row.verdict === 'floor missed').map((row) => row.id);
  if (missed.length > 0) console.log(`Floor missed: ${missed.join(', ')}`);
  else if (rows.length > 0) console.log('All floors hold.');
}

try {
  const exitCode = await main();
  process.exitCode ??= exitCode;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
