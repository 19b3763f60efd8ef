import {
  createGunzip,
  createZstdDecompress,
  type Gunzip,
  gunzipSync,
  type ZstdDecompress,
  zstdDecompressSync,
} from 'node:zlib';
import { packingOf } from '@llm-otel/core';
import { ByteQueue } from './byte-queue.ts';

const LONGEST_MAGIC = 4;

type Unpack = Gunzip | ZstdDecompress;

/** The bytes of a packed stream as they were; those of any other as they come. What it is packed with is seen at its start. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const queue = new ByteQueue();
  while (queue.length < LONGEST_MAGIC) {
    const { done, value } = await source.next();
    if (done === true) break;
    queue.push(value);
  }
  const start = queue.take(queue.length);
  const all = prefixed(start, source);
  const packing = packingOf(start);
  if (packing === 'gzip') yield* partsThrough(all, createGunzip);
  else if (packing === 'zstd') yield* partsThrough(all, createZstdDecompress);
  else yield* all;
}

/** One message, which may be packed on its own: the Collector's file exporter does that. */
export function unpackedMessage(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  const packing = packingOf(bytes);
  if (packing === 'none') return bytes;
  return (packing === 'gzip' ? gunzipSync : zstdDecompressSync)(bytes, { maxOutputLength });
}

/** `start`, and what follows it. */
async function* prefixed(
  start: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (start.length > 0) yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}

/**
 * Unpacks one packed part after the other: files may be put together. A stream that ends in the middle, as one that is
 * still being written, gives what it has and then fails.
 */
async function* partsThrough(
  chunks: AsyncGenerator<Uint8Array>,
  create: () => Unpack,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array | undefined = new Uint8Array();
  try {
    while (rest !== undefined) {
      const unpack = create();
      const fed = feed(rest, chunks, unpack);
      try {
        for await (const chunk of unpack) yield chunk as Uint8Array;
      } finally {
        unpack.destroy();
      }
      rest = await fed;
    }
  } finally {
    await chunks.return(undefined);
  }
}

/** Writes until this part ends. Resolves with what follows it, or with `undefined` at the end of all. */
async function feed(
  start: Uint8Array,
  chunks: AsyncGenerator<Uint8Array>,
  unpack: Unpack,
): Promise<Uint8Array | undefined> {
  let written = 0;
  try {
    for (let chunk: Uint8Array | undefined = start; chunk !== undefined;) {
      if (chunk.length > 0) {
        await write(unpack, chunk);
        if (unpack.destroyed) return undefined;
        written += chunk.length;
        // Node.js reads a part of zstd and stops; of gzip it reads them all.
        if (unpack.bytesWritten < written) {
          unpack.end();
          return chunk.subarray(chunk.length - (written - unpack.bytesWritten));
        }
      }
      const next: IteratorResult<Uint8Array, unknown> = await chunks.next();
      chunk = next.done === true ? undefined : next.value;
    }
    unpack.end();
  } catch (error) {
    unpack.destroy(error as Error);
  }
  return undefined;
}

/** Resolves when the chunk has gone through, or never will. */
function write(unpack: Unpack, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    unpack.once('close', resolve);
    unpack.write(chunk, () => {
      unpack.off('close', resolve);
      resolve();
    });
  });
}
