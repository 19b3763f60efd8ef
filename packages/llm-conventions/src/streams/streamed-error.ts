import { isError, readString } from '../read-member.ts';

/** An error that came as a chunk. Its code becomes `error.type`, as that of a thrown one. */
export class StreamedError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.name = 'StreamedError';
    this.code = code;
  }
}

/** The error of an error event; undefined where there is none. An `Error` stays what it is. */
export function errorIn(error: unknown): unknown {
  if (error === undefined || error === null) return undefined;
  if (isError(error)) return error;
  if (typeof error === 'string') return new StreamedError(error, undefined);
  if (typeof error !== 'object') return undefined;
  const code =
    readString(error, 'code') ?? readString(error, 'type') ?? readString(error, 'status');
  return new StreamedError(readString(error, 'message') ?? 'the stream reported an error', code);
}
