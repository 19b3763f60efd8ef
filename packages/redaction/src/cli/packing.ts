import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

export type Packing = 'none' | 'gzip' | 'zstd';

/** How the bytes are compressed, by what they start with. */
export function packingOf(bytes: Uint8Array): Packing {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  const isZstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  return isZstd ? 'zstd' : 'none';
}

/** @throws what the decompression throws: for damaged bytes, and for more than `maxBytes` of them */
export function unpack(bytes: Uint8Array, packing: Packing, maxBytes: number): Uint8Array {
  if (packing === 'none') return bytes;
  const options = { maxOutputLength: maxBytes };
  return packing === 'gzip' ? gunzipSync(bytes, options) : zstdDecompressSync(bytes, options);
}

export function pack(bytes: Uint8Array | string, packing: Packing): Uint8Array | string {
  if (packing === 'none') return bytes;
  return packing === 'gzip' ? gzipSync(bytes) : zstdCompressSync(bytes);
}
