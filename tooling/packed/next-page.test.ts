import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shownApplication } from './next-page.ts';
import { workspaceFolder } from './pack.ts';

test('the page of Next.js shows the files of an application and the traces it makes', () => {
  const page = readFileSync(join(workspaceFolder, 'docs/patterns/nextjs.md'), 'utf8');
  const { files, trees } = shownApplication(page);

  expect([...files.keys()]).toEqual([
    'instrumentation.js',
    'telemetry.js',
    'app/ask/route.js',
    'telemetry.edge.js',
    'app/edge/route.js',
  ]);
  expect(files.get('app/edge/route.js')).toMatch(/^import .*[^]*\}\n$/);
  expect([...trees.keys()]).toEqual(['GET /ask', 'executing api route (app) /edge']);
});
