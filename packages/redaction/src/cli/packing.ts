import {
  gunzipSync,
  gzipSync,
  type ZstdDecompress,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import type { Packing } from '@llm-otel/core';

/** @throws what the decompression throws: for damaged bytes, and for more than `maxBytes` of them */
export function unpack(bytes: Uint8Array, packing: Packing, maxBytes: number): Uint8Array {
  if (packing === 'none') return bytes;
  if (packing === 'gzip') return gunzipSync(bytes, { maxOutputLength: maxBytes });
  // Node.js stops behind the first frame; files that were put together, or appended to, have more.
  const frames: Uint8Array[] = [];
  let rest = bytes;
  let left = maxBytes;
  while (rest.length > 0) {
    const { buffer, engine } = zstdDecompressSync(rest, {
      maxOutputLength: Math.max(1, left),
      info: true,
    }) as unknown as { readonly buffer: Buffer; readonly engine: ZstdDecompress };
    frames.push(buffer);
    left -= buffer.length;
    rest = rest.subarray(engine.bytesWritten);
  }
  return Buffer.concat(frames);
}

export function pack(bytes: Uint8Array, packing: Packing): Uint8Array {
  if (packing === 'none') return bytes;
  return packing === 'gzip' ? gzipSync(bytes) : zstdCompressSync(bytes);
}
