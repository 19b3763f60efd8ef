import { expect, test } from 'vitest';
import { pinnedVersion } from './find-pnpm.mjs';

test('the pinned version is read with and without a checksum', () => {
  expect(pinnedVersion('pnpm@12.21.0')).toBe('12.21.0');
  expect(pinnedVersion('pnpm@12.21.0+sha512.abc')).toBe('12.21.0');
});

test('another package manager is refused', () => {
  expect(() => pinnedVersion('yarn@4.0.0')).toThrow('packageManager is no pnpm: yarn@4.0.0');
});
