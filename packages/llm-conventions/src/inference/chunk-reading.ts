import type { StreamFormat, StreamReader } from '../streams/stream-format.ts';

export interface ChunkReading {
  readonly onChunk: ((chunk: unknown) => void) | undefined;
  /** Where an API's format reads the chunks. A callback is not kept: it may hold the stream itself. */
  readonly reader: StreamReader | undefined;
}

/** How the chunks of a stream are read: with the caller's callback or the format of an API. */
export function chunkReading(
  how: StreamFormat | ((chunk: never) => void) | undefined,
  fail: (error: unknown) => void,
  content: boolean,
): ChunkReading {
  if (typeof how !== 'object')
    return { onChunk: how as ((chunk: unknown) => void) | undefined, reader: undefined };
  const reader = how.open({ content });
  const onChunk = (chunk: unknown): void => {
    const error = reader.read(chunk);
    if (error !== undefined) fail(error);
  };
  return { onChunk, reader };
}
