import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { scriptEnvironment } from './script-environment.ts';

const root = mkdtempSync(join(tmpdir(), 'doctor-env-'));
writeFileSync(join(root, '.env'), 'A=file\nB="from file"\n');
writeFileSync(join(root, 'more.env'), 'A=later\n');
afterAll(() => rmSync(root, { recursive: true }));

const variablesOf = (start: string, outer: Record<string, string> = {}) =>
  scriptEnvironment(
    { root, manifest: { scripts: { start } }, packages: [], resolve: () => undefined },
    outer,
  );

test.each([
  ['NODE_ENV=production A=1 node app.js', { NODE_ENV: 'production', A: '1' }],
  [`cross-env A="x y" B='z' node app.js`, { A: 'x y', B: 'z' }],
  ['npm run build && A=1 node app.js C=2', { A: '1' }],
  ['A=$HOME/x B=2 node app.js', { B: '2' }],
  ['node --env-file=.env --env-file more.env app.js', { A: 'later', B: 'from file' }],
  ['node --env-file-if-exists=none.env app.js --data=A=1', {}],
  ['next start', {}],
])('the variables of %j', (start, expected) => {
  expect(variablesOf(start)).toEqual(expected);
});

test('what stands in front of the command wins, and what is there wins over a file', () => {
  const outer = { A: 'outer', B: 'outer' };

  expect(variablesOf('A=own node app.js', outer)).toEqual({ A: 'own', B: 'outer' });
  expect(variablesOf('node --env-file .env app.js', outer)).toEqual(outer);
});
