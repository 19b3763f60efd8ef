/** How bytes are compressed. */
export type Packing = 'none' | 'gzip' | 'zstd';

const GZIP = [0x1f, 0x8b];
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

/** How bytes are compressed, by what they start with: four of them are enough. */
export function packingOf(bytes: Uint8Array): Packing {
  if (startsWith(bytes, GZIP)) return 'gzip';
  return startsWith(bytes, ZSTD) ? 'zstd' : 'none';
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
