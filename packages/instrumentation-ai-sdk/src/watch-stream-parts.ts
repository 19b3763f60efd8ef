import { aiSdkStream, type ReadableStreamLike } from '@llm-otel/llm-conventions';
import { readMember } from '@llm-otel/llm-conventions/client';
import { isReadable, watchReadable } from './watch-readable.ts';

/** What is told of a stream of a model's parts. */
export interface StreamParts {
  /** An error is one of its parts: the stream goes on. */
  partFailed(error: unknown): void;
  /** The stream is broken: nothing more comes. */
  broke(error: unknown): void;
}

/** Watches the stream that a call of a model has answered with, in place. What is no such answer is left alone. */
export function watchStreamParts(answer: unknown, told: StreamParts): void {
  const stream = readMember(readMember(answer, 'result'), 'stream');
  if (!isReadable(stream)) return;
  watchReadable(stream, {}, (source) => observed(source, told));
}

function observed(
  source: ReadableStreamLike<unknown>,
  told: StreamParts,
): ReadableStreamLike<unknown> {
  const reader = source.getReader();
  const parts = aiSdkStream.open({ content: false });
  let left = false;
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch((error: unknown) => {
          told.broke(error);
          throw error;
        });
        // Who leaves while a part is on its way does not want it.
        if (left) return;
        if (done) return controller.close();
        const error = parts.read(value);
        if (error !== undefined) told.partFailed(error);
        controller.enqueue(value);
      },
      cancel(reason) {
        left = true;
        return reader.cancel(reason);
      },
    },
    // Nothing is asked for before the reader asks.
    { highWaterMark: 0 },
  );
}
