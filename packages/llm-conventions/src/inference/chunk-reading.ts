import type { FailureLog } from '@llm-otel/core';
import { isBytes } from '../read-member.ts';
import type { StreamFormat, StreamFormatOptions, StreamReader } from '../streams/stream-format.ts';

export interface ChunkReading {
  readonly onChunk: ((chunk: unknown) => void) | undefined;
  /** Where an API's format reads the chunks. A callback is not kept: it may hold the stream itself. */
  readonly reader: StreamReader | undefined;
  /** Whether the chunks were bytes or text, which no format can read. */
  readonly raw: () => boolean;
}

/** How the chunks of a stream are read: with the caller's callback or the format of an API. */
export function chunkReading(
  how: StreamFormat | ((chunk: never) => void) | undefined,
  fail: (error: unknown) => void,
  options: StreamFormatOptions,
  failures: FailureLog,
): ChunkReading {
  if (typeof how !== 'object')
    return {
      onChunk: how as ((chunk: unknown) => void) | undefined,
      reader: undefined,
      raw: () => false,
    };
  const reader = how.open(options);
  let raw: boolean | undefined;
  const onChunk = (chunk: unknown): void => {
    // By its first chunk: a client may pass on a single event that it could not parse.
    if (raw === undefined) {
      raw = typeof chunk === 'string' || isBytes(chunk);
      if (raw) failures.report('reading a stream in the format of an API', new TypeError(RAW));
    }
    const error = reader.read(chunk);
    if (error !== undefined) fail(error);
  };
  return { onChunk, reader, raw: () => raw === true };
}

const RAW =
  'its chunks are bytes or text. A format reads the events that a client has parsed: give call.stream the stream of the ' +
  'client, or parse the server-sent events first';
