import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { compile, formatClauses } from '../src/index.ts';
import { goldenCases } from './golden/cases.ts';

describe.each(goldenCases)('$name', ({ name, input, settings }) => {
  const { files, clauses } = compile(input, settings);
  const folder = join(import.meta.dirname, 'golden', name);

  // Where they differ on purpose: npx vitest run -u
  test('compiles to the golden files', async () => {
    for (const { path, text } of files) await expect(text).toMatchFileSnapshot(join(folder, path));
  });

  test('is reported as it was', async () => {
    await expect(`${formatClauses(clauses)}\n`).toMatchFileSnapshot(join(folder, 'report.txt'));
  });

  test('is YAML without anything unusual', () => {
    for (const { text } of files) {
      for (const document of parseAllDocuments(text)) {
        expect('errors' in document && document.errors).toEqual([]);
        expect(text).not.toMatch(/[&*][a-z]\d+$/m);
      }
    }
  });

  test('comes out the same again', () => {
    expect(compile(structuredClone(input), settings).files).toEqual(files);
  });
});
