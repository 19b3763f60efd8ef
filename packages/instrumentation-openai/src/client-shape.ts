/**
 * What is used of a client of the `openai` package, in its majors 5, 6 and 7. Structural, so that no version of it is
 * needed here and none is loaded; each member may be missing, as in clients that others build to the same shape.
 */
export interface OpenAiClient {
  readonly baseURL?: unknown;
}

/** A method of one of the client's resources: `client.chat.completions.create(body, options)`. */
export type ResourceMethod = (this: unknown, ...args: unknown[]) => unknown;

/** The stream class of the client: it makes an iterator as soon as someone reads, or splits, or converts it. */
export interface ClientStream {
  iterator: () => AsyncIterator<unknown>;
  readonly controller?: AbortController | undefined;
}

export function isClientStream(value: unknown): value is ClientStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    'iterator' in value &&
    typeof value.iterator === 'function' &&
    Symbol.asyncIterator in value
  );
}
