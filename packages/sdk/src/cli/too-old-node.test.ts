import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tooOldNode } from './too-old-node.ts';

test.each(['20.19.0', '22.14.0', '18.0.0'])(
  'on Node.js %s the command says what it needs',
  (version) => {
    expect(tooOldNode(version)).toBe(`this is Node.js ${version}; it needs 22.15 or later`);
  },
);

test.each(['22.15.0', '24.0.0', '26.1.2'])('Node.js %s will do', (version) => {
  expect(tooOldNode(version)).toBeUndefined();
});

test('it is what package.json says', () => {
  const path = new URL('../../package.json', import.meta.url);
  const { engines } = JSON.parse(readFileSync(path, 'utf8')) as { engines: { node: string } };
  expect(tooOldNode('1.0.0')).toContain(/[\d.]+/.exec(engines.node)![0].replace(/\.0$/, ''));
});
