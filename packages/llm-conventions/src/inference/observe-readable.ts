import type { ReadableStreamLike } from './inference-types.ts';
import type { StreamObserver } from './observe-stream.ts';

/**
 * A web stream that reads `source` as it is read itself: nothing is fetched ahead, and cancelling it cancels
 * the source. `source` is locked from now on.
 */
export function observeReadable(
  source: ReadableStreamLike<unknown>,
  observer: StreamObserver,
): ReadableStream<unknown> {
  const reader = source.getReader();
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        let result;
        observer.reading++;
        try {
          result = await reader.read();
        } catch (error) {
          observer.call.fail(error);
          throw error;
        } finally {
          observer.reading--;
        }
        if (result.done) {
          observer.exhausted();
          controller.close();
          return;
        }
        observer.chunk(result.value);
        controller.enqueue(result.value);
      },
      cancel(reason) {
        observer.call.cancelled();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
