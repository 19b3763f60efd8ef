import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packingOf } from './packing.ts';

test.each([
  ['gzip', gzipSync('text')],
  ['zstd', zstdCompressSync('text')],
  ['none', Buffer.from('text')],
  ['none', gzipSync('text').subarray(0, 1)],
  ['none', zstdCompressSync('text').subarray(0, 3)],
  ['none', new Uint8Array()],
] as const)('what is packed with %s is seen by its first bytes', (packing, bytes) => {
  expect(packingOf(bytes)).toBe(packing);
});
