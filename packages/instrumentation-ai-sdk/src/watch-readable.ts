import type { ReadableStreamLike } from '@llm-otel/llm-conventions';
import { overrideMember } from '@llm-otel/llm-conventions/client';

/** What is told of the reader of a stream. */
export interface ReadableTold {
  readonly left?: (() => void) | undefined;
  /** It waits for the next piece. */
  readonly asked?: ((answer: PromiseLike<unknown>) => void) | undefined;
}

const MEMBERS = ['getReader', 'pipeThrough', 'pipeTo', 'tee', 'cancel', 'values'] as const;

/**
 * Watches a stream in place: whoever holds it reads what `observe` makes of it. The AI SDK may hand out another object than the one we
 * are given, with the same stream in it.
 */
export function watchReadable(
  stream: ReadableStream,
  told: ReadableTold,
  observe: (source: ReadableStreamLike<unknown>) => ReadableStreamLike<unknown>,
): ReadableStream | undefined {
  const source = telling(stream.getReader.bind(stream), told);
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

/** The stream as it was, which tells of its reader. */
function telling(
  getReader: ReadableStream['getReader'],
  { left, asked }: ReadableTold,
): ReadableStreamLike<unknown> {
  return {
    // With whatever mode it is asked for.
    getReader(...options: []) {
      const reader = getReader(...options);
      return Object.assign(Object.create(reader) as object, {
        read() {
          const answer = reader.read();
          asked?.(answer);
          return answer;
        },
        releaseLock: () => reader.releaseLock(),
        cancel(reason: unknown) {
          left?.();
          return reader.cancel(reason);
        },
      });
    },
  };
}

export function isReadable(value: unknown): value is ReadableStream {
  return typeof value === 'object' && value !== null && 'getReader' in value;
}
