import { expect, test } from 'vitest';
import { parseDemoOptions } from './demo-options.ts';

test('the width is the terminal, or 100 columns where there is none', () => {
  expect(parseDemoOptions([], 140).columns).toBe(140);
  expect(parseDemoOptions([], undefined).columns).toBe(100);
});

test('a separator left over from npm is ignored', () => {
  expect(parseDemoOptions(['--', '--json'], undefined).json).toBe(true);
});

test('colour can be asked for and refused', () => {
  expect(parseDemoOptions(['--no-color'], 80).color).toBe(false);
  expect(parseDemoOptions(['--color'], 80).color).toBe(true);
  expect(parseDemoOptions([], 80).color).toBeUndefined();
});

test('a width that cannot be drawn is refused with the value and the range', () => {
  expect(() => parseDemoOptions(['--width', 'wide'], 80)).toThrow(
    '--width is wide: use a whole number from 70 to 500',
  );
});

test('another receiver is a URL', () => {
  expect(parseDemoOptions(['--to', 'http://localhost:4318'], 80).to).toBe('http://localhost:4318');
  expect(() => parseDemoOptions(['--to', 'localhost:4318'], 80)).toThrow(
    '--to is localhost:4318: use a URL such as http://localhost:4318',
  );
});
