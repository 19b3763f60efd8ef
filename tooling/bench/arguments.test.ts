import { expect, test } from 'vitest';
import { parseBenchArguments } from './arguments.ts';

test('packages may be named by folder, by path or in full', () => {
  const { names } = parseBenchArguments(['propagation', '@llm-otel/core', 'packages/sampling/']);

  expect(names).toEqual(['propagation', 'core', 'sampling']);
});

test('the separator that npm or pnpm may leave in is ignored', () => {
  expect(parseBenchArguments(['--', 'core', '--json', '--quick'])).toEqual({
    names: ['core'],
    json: true,
    quick: true,
  });
});

test('an unknown option is refused', () => {
  expect(() => parseBenchArguments(['--fast'])).toThrow('unknown option --fast');
});
