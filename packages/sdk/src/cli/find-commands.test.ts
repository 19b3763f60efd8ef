import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCommands } from './find-commands.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'llm-otel-cli-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(folder: string, name: string, cli: string | undefined, source = ''): void {
  const target = join(root, folder, 'node_modules/@llm-otel', name);
  mkdirSync(target, { recursive: true });
  const exports = cli === undefined ? { '.': './index.js' } : { './cli': { default: cli } };
  writeFileSync(join(target, 'package.json'), JSON.stringify({ type: 'module', exports }));
  if (cli !== undefined) writeFileSync(join(target, cli), source);
}

const commandNamed = (name: string): string =>
  `export const commands = [{ name: '${name}', summary: '', run: async () => 0 }];`;

test('commands are found in packages with a cli entry, from each folder upwards, the nearest first', async () => {
  install('app', 'spools', './cli.js', commandNamed('near'));
  install('', 'spools', './cli.js', commandNamed('far'));
  install('', 'policies', './cli.js', commandNamed('compile'));
  install('', 'plain', undefined);

  const commands = await findCommands([join(root, 'app/src')], (problem) => {
    throw new Error(problem);
  });

  expect(commands.map(({ name }) => name)).toEqual(['compile', 'near']);
});

test('those of the package that looks are always there, and once', async () => {
  install('', 'sdk', './cli.js', commandNamed('doctor of another copy'));
  const doctor = { name: 'doctor', summary: '', run: async () => 0 };

  const commands = await findCommands([root], () => undefined, { name: 'sdk', commands: [doctor] });

  expect(commands).toEqual([doctor]);
});

test('a package that cannot be loaded is told and keeps the others from nobody', async () => {
  install('', 'broken', './cli.js', 'throw new Error("no");');
  install('', 'fine', './cli.js', commandNamed('fine'));
  const problems: string[] = [];

  const commands = await findCommands([root], (problem) => problems.push(problem));

  expect(commands.map(({ name }) => name)).toEqual(['fine']);
  expect(problems).toEqual([expect.stringContaining('@llm-otel/broken cannot be loaded')]);
});
