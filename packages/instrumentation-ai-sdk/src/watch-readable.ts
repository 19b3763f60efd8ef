import type { ReadableStreamLike } from '@llm-otel/llm-conventions';
import { overrideMember } from '@llm-otel/llm-conventions/client';

const MEMBERS = ['getReader', 'pipeThrough', 'pipeTo', 'tee', 'cancel', 'values'] as const;

/**
 * Watches a stream in place: whoever holds it reads what `observe` makes of it. The AI SDK may hand out another object than the one we
 * are given, with the same stream in it.
 */
export function watchReadable(
  stream: ReadableStream,
  left: () => void,
  observe: (source: ReadableStreamLike<unknown>) => ReadableStreamLike<unknown>,
): ReadableStream | undefined {
  const source = told(stream.getReader.bind(stream), left);
  const observed = observe(source);
  // It stays as it is where it cannot be observed.
  if (observed === source) return undefined;
  const readable = observed as ReadableStream;
  for (const name of MEMBERS) {
    const method: unknown = readable[name];
    if (typeof method === 'function') overrideMember(stream, name, method.bind(readable));
  }
  if (Symbol.asyncIterator in readable)
    overrideMember(stream, Symbol.asyncIterator, readable[Symbol.asyncIterator].bind(readable));
  Reflect.defineProperty(stream, 'locked', { configurable: true, get: () => readable.locked });
  return readable;
}

/** The stream as it was, which tells when its reader leaves. */
function told(
  getReader: ReadableStream['getReader'],
  left: () => void,
): ReadableStreamLike<unknown> {
  return {
    // With whatever mode it is asked for.
    getReader(...options: []) {
      const reader = getReader(...options);
      return Object.assign(Object.create(reader) as object, {
        read: () => reader.read(),
        releaseLock: () => reader.releaseLock(),
        cancel(reason: unknown) {
          left();
          return reader.cancel(reason);
        },
      });
    },
  };
}

export function isReadable(value: unknown): value is ReadableStream {
  return typeof value === 'object' && value !== null && 'getReader' in value;
}
