import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readmeSnippets } from '@llm-otel/tooling/readme';
import { expect, test } from 'vitest';
import { variablesTable } from './variables-table.ts';

const folder = join(import.meta.dirname, '..');

readmeSnippets(folder);

test('the README lists every environment variable as it is read', () => {
  const withoutPadding = readFileSync(join(folder, 'README.md'), 'utf8')
    .replace(/ +\|/g, ' |')
    .replace(/\| +/g, '| ');

  const missing = variablesTable().filter(
    (row) => !withoutPadding.includes(row.replace(/ +\|/g, ' |').replace(/\| +/g, '| ')),
  );
  expect(missing).toEqual([]);
});
