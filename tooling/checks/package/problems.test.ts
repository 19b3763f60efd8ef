import { expect, test } from 'vitest';
import { contentProblems } from './content-problems.ts';
import { importProblems } from './import-problems.ts';
import { packedFiles, type PackedFiles } from './packed-files.ts';
import { readmeProblems } from './readme-problems.ts';
import { sizeOf, sizeProblems } from './size-problems.ts';

const machine = { workspace: '/srv/clone', home: '/home/builder' };
const manifest = {
  name: '@llm-otel/core',
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { '@llm-otel/propagation': '^1.0.0' },
  peerDependencies: { '@opentelemetry/api': '^1.9.0', '@opentelemetry/sdk-trace': '^3.0.0' },
  peerDependenciesMeta: { '@opentelemetry/sdk-trace': { optional: true } },
};

/** A good package with these files added or changed. */
function packageWith(changes: Record<string, string> = {}): PackedFiles {
  const files = {
    'package.json': JSON.stringify(manifest),
    LICENSE: 'MIT',
    'README.md': '# core',
    'dist/index.js': 'export {};',
    'dist/index.d.ts': 'export {};',
    ...changes,
  };
  return packedFiles(
    Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
  );
}

function allProblems(changes: Record<string, string> = {}): readonly string[] {
  const packed = packageWith(changes);
  return [
    ...contentProblems(packed, machine),
    ...importProblems(packed),
    ...readmeProblems(packed),
  ];
}

test('a good package has no problems', () => {
  expect(allProblems()).toEqual([]);
});

test.each([
  ['dist/ledger.test.js', 'a test or a fixture'],
  ['test/fixtures/span.json', 'a test or a fixture'],
  ['bench/run.js', 'a benchmark'],
  ['src/index.ts', 'a TypeScript source'],
  ['tsup.config.ts', 'a tool setting'],
  ['.cache/test-results.json', 'a leftover'],
  ['dist/index.js.map', 'a leftover'],
])('%s does not belong into a package', (path, what) => {
  expect(allProblems({ [path]: '{}' })).toContain(`${path} is ${what}`);
});

test('a path of the machine that built it is found', () => {
  expect(allProblems({ 'dist/index.js': 'const at = "/srv/clone/packages/core";' })).toEqual([
    'dist/index.js holds the path /srv/clone of this machine',
  ]);
});

test('a licence and a README are needed', () => {
  expect(allProblems({ LICENSE: ' ', 'README.md': '' })).toEqual([
    'LICENSE is missing or empty',
    'README.md is missing or empty',
  ]);
});

test('what only the workspace understands must be gone', () => {
  const text = JSON.stringify({ ...manifest, dependencies: { a: 'workspace:^', b: 'catalog:' } });

  expect(allProblems({ 'package.json': text })).toEqual([
    'package.json still has "workspace:^"',
    'package.json still has "catalog:"',
  ]);
});

test('every entry point is in the package', () => {
  const text = JSON.stringify({ ...manifest, exports: { './node': './dist/node.js' } });

  expect(allProblems({ 'package.json': text })).toEqual([
    'package.json names ./dist/node.js, which is not in the package',
  ]);
});

test('an import must be declared', () => {
  const source = "import 'zod/mini';\nexport * from '@llm-otel/propagation';\nimport 'node:fs';";

  expect(allProblems({ 'dist/index.js': source })).toEqual([
    'dist/index.js:1 imports zod/mini, and zod is neither a dependency nor a peer',
  ]);
});

test('a relative import leads to a file, in declarations to a declaration', () => {
  expect(
    allProblems({
      'dist/index.js': "import './a.js';",
      'dist/index.d.ts': "export type { A } from './a.js';\nexport type { B } from './b.ts';",
      'dist/a.d.ts': 'export type A = 1;',
    }),
  ).toEqual([
    'dist/index.js:1 imports ./a.js, which is not in the package',
    'dist/index.d.ts:2 imports ./b.ts, which is not in the package',
  ]);
});

test('an entry point of its own may be about an optional peer', () => {
  const source = "import '@opentelemetry/sdk-trace';";

  expect(allProblems({ 'dist/node.js': source, 'dist/node.d.ts': source })).toEqual([]);
  expect(
    allProblems({ 'dist/node.js': source, 'dist/index.js': "export * from './node.js';" }),
  ).toHaveLength(1);
});

test('an optional peer is loaded by import() only, and its types are not needed', () => {
  const problem = 'imports @opentelemetry/sdk-trace, and @opentelemetry/sdk-trace is optional';

  expect(allProblems({ 'dist/index.js': "void import('@opentelemetry/sdk-trace');" })).toEqual([]);
  expect(allProblems({ 'dist/index.js': "import '@opentelemetry/sdk-trace';" })[0]).toContain(
    problem,
  );
  expect(
    allProblems({
      'dist/index.d.ts': "export type S = import('@opentelemetry/sdk-trace').Span;",
    })[0],
  ).toContain(problem);
});

test('code of another package that was copied in is found by the mark of the bundler', () => {
  const copied = '// ../../node_modules/.pnpm/x@1/node_modules/x/index.js\nvar x = 1;';

  expect(allProblems({ 'dist/index.js': copied })).toEqual([
    'dist/index.js has code of another package in it',
  ]);
  expect(allProblems({ 'dist/index.js': '// src/index.ts\nvar x = 1;' })).toEqual([]);
});

test('a package that has grown past its budget is found, and so is one without a budget', () => {
  const size = sizeOf(packageWith({ 'dist/index.js': 'x'.repeat(200_000) }));

  expect(sizeProblems(size)).toEqual([
    `200.0 kB of JavaScript are more than the budget of ${size.budget} kB`,
  ]);
  expect(sizeProblems({ kilobytes: 1, budget: undefined })[0]).toContain('no size budget');
});

test.each([
  ['[sdk](../sdk)', '../sdk'],
  ['[docs/a.md](../../docs/a.md#part "title")', '../../docs/a.md#part'],
  ['[a](docs/a.md)', 'docs/a.md'],
  ['see [a]\n\n[a]: <./docs/a.md>', './docs/a.md'],
  ['<a href="../core">core</a>', '../core'],
  ['![image](image.png)', 'image.png'],
])('a README whose link leads out of the package is found: %s', (text, link) => {
  expect(allProblems({ 'README.md': text })).toEqual([
    expect.stringContaining(`README.md links ${link}, which is not in the package`),
  ]);
});

test('a README may link its own headings, what is packed, and other places', () => {
  const text = [
    '# What it does: `x`',
    '[up](#what-it-does-x) [licence](LICENSE) [spec](https://www.w3.org/TR/baggage/)',
    'code is no link: `[a](../b)`',
    '```ts',
    'const list = [a](../b);',
    '```',
  ].join('\n');

  expect(allProblems({ 'README.md': text })).toEqual([]);
  expect(allProblems({ 'README.md': `${text}\n[gone](#gone)` })).toEqual([
    'README.md links #gone, and has no such heading',
  ]);
});
