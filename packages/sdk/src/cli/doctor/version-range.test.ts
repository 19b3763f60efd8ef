import { expect, test } from 'vitest';
import { satisfies } from './version-range.ts';

test.each<[string, string, boolean | undefined]>([
  ['1.9.1', '^1.9.0', true],
  ['1.10.0', '^1.9.0', true],
  ['2.0.0', '^1.9.0', false],
  ['1.8.9', '^1.9.0', false],
  ['0.223.1', '>=0.200.0 <1.0.0 || ^3.0.0', true],
  ['3.1.1', '>=0.200.0 <1.0.0 || ^3.0.0', true],
  ['1.0.0', '>=0.200.0 <1.0.0 || ^3.0.0', false],
  ['2.12.1', '^2.9.0 || ^3.0.0', true],
  ['1.9.1', '>= 1.3.0 < 1.10.0', true],
  ['1.10.0', '>=1.3.0 <1.10.0', false],
  ['0.2.5', '^0.2.3', true],
  ['0.3.0', '^0.2.3', false],
  ['0.0.4', '^0.0.3', false],
  ['1.2.9', '~1.2.3', true],
  ['1.3.0', '~1.2.3', false],
  ['1.3.0', '~1', true],
  ['4.5.6', '4', true],
  ['4.5.6', '4.x', true],
  ['4.5.6', '4.5', true],
  ['4.6.0', '4.5.x', false],
  ['4.5.6', '=4.5.6', true],
  ['4.5.6', '>4.5.6', false],
  ['4.5.7', '>4.5.6', true],
  ['4.5.6', '<=4.5.6', true],
  ['4.6.0', '<=4.5', false],
  ['1.0.0', '*', true],
  ['1.0.0-rc.1', '^1.0.0', true],
  ['1.0.0', 'workspace:^', undefined],
  ['next', '^1.0.0', undefined],
])('%s in %s: %s', (version, range, expected) => {
  expect(satisfies(version, range)).toBe(expected);
});
