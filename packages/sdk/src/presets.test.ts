import { expect, test } from 'vitest';
import { presetFor } from './presets.ts';

test.each([
  [undefined, undefined, 'development'],
  [undefined, 'development', 'development'],
  [undefined, 'staging', 'development'],
  [undefined, 'Production', 'production'],
  [undefined, 'prod', 'production'],
  [undefined, 'test', 'test'],
  ['test', 'production', 'test'],
] as const)('the preset %s in the environment %s is %s', (name, environment, preset) => {
  expect(presetFor(name, environment).name).toBe(preset);
});

test('only the test preset sends nothing to a receiver that nobody named', () => {
  expect(presetFor('development', undefined).exportsByDefault).toBe(true);
  expect(presetFor('production', undefined).exportsByDefault).toBe(true);
  expect(presetFor('test', undefined).exportsByDefault).toBe(false);
});
