/** The stream class of the clients: it makes an iterator as soon as someone reads, or splits, or converts it. */
export interface ClientStream {
  iterator: () => AsyncIterator<unknown>;
  readonly controller?: AbortController | undefined;
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}

export function isClientStream(value: unknown): value is ClientStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    // Streams of Node.js inherit one, which is another thing.
    Object.hasOwn(value, 'iterator') &&
    'iterator' in value &&
    typeof value.iterator === 'function' &&
    Symbol.asyncIterator in value
  );
}
