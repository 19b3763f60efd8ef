import type { InferenceCall } from '../inference/inference-types.ts';
import type { StreamFormat } from '../streams/stream-format.ts';
import type { ClientStream } from './client-stream.ts';
import { overrideMember } from './override-member.ts';

/**
 * Watches the stream in place: the application keeps the client's own object, with `controller`, `tee` and
 * `toReadableStream`, which all take their chunks from `iterator`. The first one who reads decides when the call ends.
 */
export function watchStream(
  stream: ClientStream,
  call: InferenceCall,
  format: StreamFormat,
  timeoutMillis: number | undefined,
): void {
  let open = stream.iterator.bind(stream);
  const observed = call.stream({ [Symbol.asyncIterator]: () => open() }, format, {
    timeoutMillis,
    signal: stream.controller?.signal,
  });
  let readBy: PropertyKey | undefined;
  for (const member of ['iterator', Symbol.asyncIterator] as const) {
    // A client that watches its stream itself has an iterator of its own around `iterator`: it sees the end before us.
    if (member === Symbol.asyncIterator && !Object.hasOwn(stream, member)) continue;
    const own = stream[member].bind(stream);
    overrideMember(stream, member, () => {
      // The one around the other: its chunks are seen already.
      if (readBy !== undefined && readBy !== member) return own();
      readBy = member;
      open = own;
      return observed[Symbol.asyncIterator]();
    });
  }
}
