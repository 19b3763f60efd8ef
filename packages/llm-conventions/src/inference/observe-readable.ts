import { isError } from '../read-member.ts';
import type { ReadableStreamLike } from './inference-types.ts';
import type { StreamObserver } from './observe-stream.ts';

/**
 * A web stream that reads `source` as it is read itself: nothing is fetched ahead, and cancelling it cancels
 * the source. A stream of bytes stays one. `source` is locked from now on.
 */
export function observeReadable(
  source: ReadableStreamLike<unknown>,
  observer: StreamObserver,
): ReadableStream<unknown> {
  const ofBytes = isByteStream(source);
  const reader = source.getReader();
  const pull = async (
    controller: ReadableStreamDefaultController | ReadableByteStreamController,
  ): Promise<void> => {
    let result;
    try {
      result = await observer.ask(() => reader.read());
    } catch (error) {
      if (!observer.isLeft) observer.call.fail(error);
      throw error;
    }
    if (result.done) {
      if (!observer.isLeft) observer.call.end();
      controller.close();
      // A reader that brought a buffer of its own gets it back empty.
      if ('byobRequest' in controller) controller.byobRequest?.respond(0);
      return;
    }
    observer.chunk(result.value);
    controller.enqueue(result.value as ArrayBufferView<ArrayBuffer>);
  };
  const cancel = (reason: unknown): Promise<void> => {
    const close = (): Promise<void> => reader.cancel(reason);
    if (!isError(reason)) return observer.leave(close);
    // A pipe cancels its source with the error of its sink, or of its signal.
    observer.call.fail(reason);
    return observer.ask(close);
  };
  return ofBytes
    ? new ReadableStream({ type: 'bytes', pull, cancel })
    : new ReadableStream<unknown>({ pull, cancel }, { highWaterMark: 0 });
}

/** Only a stream of bytes hands out a reader that brings its own buffers. */
function isByteStream(source: ReadableStreamLike<unknown>): boolean {
  try {
    const reader = (source as ReadableStream).getReader({ mode: 'byob' });
    // A stream of another make ignores the mode.
    const isByob =
      typeof ReadableStreamBYOBReader !== 'undefined' && reader instanceof ReadableStreamBYOBReader;
    reader.releaseLock();
    return isByob;
  } catch {
    return false;
  }
}
