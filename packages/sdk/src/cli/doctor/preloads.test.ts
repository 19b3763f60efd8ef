import { expect, test } from 'vitest';
import type { Installation } from './installed-packages.ts';
import { entryOf, preloadsOf, withoutPreloads } from './preloads.ts';

const installation = (scripts: Readonly<Record<string, string>>, main?: string): Installation => ({
  root: '/application',
  manifest: { scripts, ...(main === undefined ? {} : { main }) },
  packages: [],
  resolve: () => undefined,
});
const modulesIn = (
  scripts: Readonly<Record<string, string>>,
  nodeOptions?: string,
  given?: string,
): readonly string[] =>
  preloadsOf(installation(scripts), { NODE_OPTIONS: nodeOptions }, given).modules;

test('what NODE_OPTIONS preloads comes first, then what the command or a script does', () => {
  const scripts = { start: 'node --import ./b.mjs app.js', dev: 'node --import ./c.mjs app.js' };

  expect(modulesIn(scripts, '--import=./a.mjs')).toEqual(['./a.mjs', './b.mjs']);
  expect(modulesIn(scripts, '-r a --require=b', './d.mjs')).toEqual(['a', 'b', './d.mjs']);
  expect(modulesIn({ build: 'tsc', dev: scripts.dev })).toEqual(['./c.mjs']);
  expect(modulesIn({ start: 'node app.js' }, '--max-old-space-size=64')).toEqual([]);
  // The same is loaded once.
  expect(modulesIn(scripts, '--import ./b.mjs', './b.mjs')).toEqual(['./b.mjs']);
});

test('names may be in quotes, and so may the options', () => {
  expect(modulesIn({}, '--import "./my telemetry.mjs" -r x')).toEqual(['./my telemetry.mjs', 'x']);
  const start = `cross-env NODE_OPTIONS='--import ./a.mjs -r "b"' node app.js`;
  expect(modulesIn({ start })).toEqual(['./a.mjs', 'b']);
  // No option of Node.js: a part of a word.
  expect(modulesIn({ start: 'tool --no-import x --for-r y' })).toEqual([]);
});

test.each<[Record<string, string>, string | undefined, string[]]>([
  [
    { start: 'node --import ./a.mjs --experimental-loader=b/hook.mjs app.js' },
    undefined,
    ['b/hook.mjs'],
  ],
  [{ start: 'node --loader "./my hook.mjs" app.js' }, './given.mjs', ['./my hook.mjs']],
  [{ start: 'node app.js', dev: 'node --import ./a.mjs --loader b app.js' }, undefined, ['b']],
  [{ start: 'esbuild --loader:.js=jsx' }, undefined, []],
])('the loaders of %j', (scripts, given, loaders) => {
  expect(preloadsOf(installation(scripts), {}, given).loaders).toEqual(loaders);
});

test('what only helps to load is no telemetry', () => {
  const { modules, telemetry } = preloadsOf(
    installation({ start: 'node -r dotenv/config --import tsx --import ./telemetry.ts app.ts' }),
    {},
    undefined,
  );

  expect(modules).toEqual(['dotenv/config', 'tsx', './telemetry.ts']);
  expect(telemetry).toEqual(['./telemetry.ts']);
});

test.each([
  [undefined, undefined],
  ['--max-old-space-size=64', '--max-old-space-size=64'],
  ['-r a --max-old-space-size=64 --import "./b c.mjs"', '--max-old-space-size=64'],
  ['--import=./a.mjs', ''],
])('of %j the rest stays', (before, after) => {
  expect(withoutPreloads(before)).toBe(after);
});

test.each([
  [
    'node --import tsx --require ./setup.js --enable-source-maps src/main.ts --port 1',
    'src/main.ts',
  ],
  ['NODE_ENV=production node app.mjs', 'app.mjs'],
  ['next start', 'index.js'],
  ['tsx app.ts', 'app.ts'],
  ['NODE_ENV=production tsx watch --clear-screen=false --tsconfig ./t.json app.ts', 'app.ts'],
  ['ts-node --project ./t.json src/app.mts', 'src/app.mts'],
  ['nodemon --exec "ts-node-esm app.ts"', 'app.ts'],
  ['bun run src/app.ts', 'src/app.ts'],
  ['node --experimental-loader ./hook.mjs --env-file .env app.mjs', 'app.mjs'],
  ['tsx', 'index.js'],
  // No file of that name is there: what is preloaded is none.
  ['node --import ./telemetry.mjs dist/main', 'index.js'],
  ['node -r ./setup.js .', 'index.js'],
])('the entry of %j', (start, entry) => {
  expect(entryOf(installation({ start }, 'index.js'))).toBe(entry);
});
