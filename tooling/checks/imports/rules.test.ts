import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTree } from './rules.ts';
import { readSourceTree } from './source-tree.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check-imports-'));
  write('pnpm-workspace.yaml', 'packages:\n  - packages/*\n  - apps/*\n');
  definePackage('packages/core', ['kernel'], { '.': 'index', './setup': 'setup/index' });
  definePackage('packages/redaction', ['part'], {
    '.': 'index',
    './policy': 'policy/index',
    './node': 'node/index',
  });
  definePackage('packages/collector-config', ['compiler'], { '.': 'index' });
  definePackage('packages/instrumentation-x', ['client'], { '.': 'index' });
  definePackage('packages/sdk', ['top'], { '.': 'index' });
  definePackage('apps/demo', ['app'], {});
});

afterEach(() => rmSync(root, { recursive: true }));

function definePackage(
  folder: string,
  tags: readonly string[],
  entries: Record<string, string>,
): void {
  const exports = Object.entries(entries).map(([entry, file]) => [entry, `./src/${file}.ts`]);
  const name = `@llm-otel/${folder.split('/')[1]}`;
  write(`${folder}/package.json`, JSON.stringify({ name, exports: Object.fromEntries(exports) }));
  write(`${folder}/turbo.json`, `{\n  // its place\n  "tags": ${JSON.stringify(tags)}\n}`);
  for (const file of Object.values(entries)) write(`${folder}/src/${file}.ts`, 'export {};');
}

/** Beside what `definePackage` has written. */
function definePeer(folder: string, peer: string): void {
  const file = join(root, folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as object;
  const peerDependenciesMeta = { [peer]: { optional: true } };
  writeFileSync(file, JSON.stringify({ ...manifest, peerDependenciesMeta }));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The findings after a file is written, as `path:line rule`. */
function findingsWith(file: string, text: string): string[] {
  write(file, text);
  return checkTree(readSourceTree(root)).map(({ path, line, rule }) => `${path}:${line} ${rule}`);
}

const assembling = 'only sdk and applications assemble providers';
const sdkRule = 'only core/setup, and sdk by import(), touch the OpenTelemetry SDK';
const portable = 'portable entry points use no Node.js modules';
const policy = 'policies are plain data, without OpenTelemetry';
const environment = 'only core/setup, sdk and applications read the environment';
const maybeMissing = 'bundlers are told that an optional peer may be missing';
const aboutPeer = 'an optional peer is imported by the entry points about it alone';

test('nothing is found in a tree without imports', () => {
  expect(checkTree(readSourceTree(root))).toEqual([]);
});

test('core/setup is for sdk, applications and tests', () => {
  const source = "import '@llm-otel/core/setup';";

  expect(findingsWith('packages/sdk/src/a.ts', source)).toEqual([]);
  expect(findingsWith('apps/demo/src/a.ts', source)).toEqual([]);
  expect(findingsWith('packages/redaction/src/a.test.ts', source)).toEqual([]);
  expect(findingsWith('packages/redaction/test/a.ts', source)).toEqual([]);
  expect(findingsWith('packages/redaction/src/a.ts', `\n${source}`)).toEqual([
    `packages/redaction/src/a.ts:2 ${assembling}`,
  ]);
});

test('a compiler imports policies only', () => {
  expect(
    findingsWith(
      'packages/collector-config/src/a.ts',
      "import '@llm-otel/redaction/policy';\nimport type { X } from '@llm-otel/redaction';",
    ),
  ).toEqual(['packages/collector-config/src/a.ts:2 a compiler knows policies only']);
});

test('the SDK is for core/setup, and for sdk by a dynamic import or as types', () => {
  const sdkImport = "import('@opentelemetry/sdk-trace');";

  expect(
    findingsWith('packages/core/src/setup/a.ts', "import '@opentelemetry/sdk-trace';"),
  ).toEqual([]);
  expect(findingsWith('packages/sdk/src/a.ts', `void ${sdkImport}`)).toEqual([]);
  expect(findingsWith('packages/redaction/bench/a.ts', `void ${sdkImport}`)).toEqual([]);
  expect(findingsWith('packages/redaction/src/api.ts', "import '@opentelemetry/api';")).toEqual([]);
  expect(findingsWith('packages/sdk/src/b.ts', "import '@opentelemetry/core';")).toEqual([
    `packages/sdk/src/b.ts:1 ${sdkRule}`,
  ]);
  write('packages/sdk/src/b.ts', '');
  expect(
    findingsWith(
      'packages/redaction/src/b.ts',
      "import type { S } from '@opentelemetry/sdk-trace';",
    ),
  ).toEqual([`packages/redaction/src/b.ts:1 ${sdkRule}`]);
});

test('a propagator of upstream is loaded on request, never imported', () => {
  const name = "'@opentelemetry/propagator-b3'";

  expect(findingsWith('packages/redaction/src/a.ts', `void import(${name});`)).toEqual([]);
  expect(findingsWith('packages/redaction/src/a.ts', `import ${name};`)).toEqual([
    `packages/redaction/src/a.ts:1 ${sdkRule}`,
  ]);
});

test('the base class of instrumentations is for those of clients', () => {
  const source = "import '@opentelemetry/instrumentation';";

  expect(findingsWith('packages/instrumentation-x/src/a.ts', source)).toEqual([]);
  expect(findingsWith('packages/redaction/src/a.ts', source)).toEqual([
    `packages/redaction/src/a.ts:1 ${sdkRule}`,
  ]);
});

test('the deprecated constants are for nobody', () => {
  expect(
    findingsWith(
      'apps/demo/src/a.ts',
      "export * from '@opentelemetry/semantic-conventions/incubating';",
    ),
  ).toEqual(['apps/demo/src/a.ts:1 names come from the own model']);
});

test('a Node.js module behind a portable entry point is found through other files and packages', () => {
  write('packages/core/src/index.ts', "export * from './deep.ts';");
  write('packages/redaction/src/index.ts', "import { a } from '@llm-otel/core';\na();");

  const findings = findingsWith('packages/core/src/deep.ts', "import { readFileSync } from 'fs';");

  expect(findings).toEqual([`packages/core/src/deep.ts:1 ${portable}`]);
  expect(checkTree(readSourceTree(root))[0]?.what).toContain('(core/index.ts > core/deep.ts)');
});

test('entry points for Node.js may use its modules, the umbrella too', () => {
  const source = "import 'node:fs';";

  expect(findingsWith('packages/redaction/src/node/index.ts', source)).toEqual([]);
  expect(findingsWith('packages/core/src/setup/index.ts', source)).toEqual([]);
  expect(findingsWith('packages/sdk/src/index.ts', source)).toEqual([]);
});

test('a policy brings no OpenTelemetry in, as types neither', () => {
  write('packages/redaction/src/policy/index.ts', "export type { P } from './p.ts';");
  write('packages/core/src/index.ts', "export type { Span } from '@opentelemetry/api';");

  expect(
    findingsWith('packages/redaction/src/policy/p.ts', "import { E } from '@llm-otel/core';\nE();"),
  ).toEqual([`packages/core/src/index.ts:1 ${policy}`]);
});

test('a relative import does not leave its package', () => {
  expect(findingsWith('packages/sdk/src/a.ts', "import '../../core/src/index.ts';")).toEqual([
    'packages/sdk/src/a.ts:1 a relative import stays in its package',
  ]);
});

test.each([
  "const a = process.env['X'];",
  'const a = globalThis.process?.env;',
  'const { env } = process;',
  "import { env } from 'node:process';\nenv.X;",
])('the environment is read by few: %s', (source) => {
  expect(findingsWith('packages/redaction/src/a.ts', source)).toContain(
    `packages/redaction/src/a.ts:1 ${environment}`,
  );
  write('packages/redaction/src/a.ts', '');
  expect(findingsWith('packages/sdk/src/a.ts', source)).toEqual([]);
});

test('comments, strings and other objects are no reads and no imports', () => {
  const source = "// import 'node:fs'\nconst a = 'process.env'; options.env; import.meta.env;";

  expect(findingsWith('packages/core/src/index.ts', source)).toEqual([]);
});

test('a file that does not parse is an error, not a pass', () => {
  expect(() => findingsWith('packages/core/src/index.ts', 'import {')).toThrow(SyntaxError);
});

test('an optional peer is loaded with the catch and the comment that bundlers go by', () => {
  definePeer('packages/redaction', 'some-peer');
  const file = 'packages/redaction/src/load.ts';

  expect(findingsWith(file, `export const load = () => import('some-peer').catch(f);`)).toEqual([
    `${file}:1 ${maybeMissing}`,
  ]);
  expect(
    findingsWith(
      file,
      `export const load = () => import(/* turbopackOptional: true */ 'some-peer/x');`,
    ),
  ).toEqual([`${file}:1 ${maybeMissing}`]);
  expect(
    findingsWith(
      file,
      `export const load = () => import(/* turbopackOptional: true */ 'some-peer').catch(f);`,
    ),
  ).toEqual([]);
});

test('an optional peer is imported by the entry points about it, through whatever import()', () => {
  definePackage('packages/redaction', ['part'], { '.': 'index', './grpc': 'grpc/index' });
  definePeer('packages/redaction', 'some-peer');
  const file = 'packages/redaction/src/grpc/index.ts';

  expect(findingsWith(file, `import 'some-peer';`)).toEqual([]);
  expect(
    findingsWith(
      'packages/sdk/src/index.ts',
      `export const load = () => import('@llm-otel/redaction/grpc');`,
    ),
  ).toEqual([`${file}:1 ${aboutPeer}`]);
});
