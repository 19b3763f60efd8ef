import type { ClientStream } from '../client/client-stream.ts';
import { overrideMember } from '../client/override-member.ts';
import { observedDisposal } from './observed-disposal.ts';
import { ObservedIterator } from './observed-iterator.ts';
import type { StreamObserver } from './observe-stream.ts';

/**
 * Observes the stream of a client in place: the application keeps the client's own object, with `controller`, `tee` and
 * `toReadableStream`, which all take their chunks from `iterator`. The first one who reads decides when the call ends. False
 * where the stream is frozen.
 */
export function observeClientStream(stream: ClientStream, observer: StreamObserver): boolean {
  if (!Object.isExtensible(stream)) return false;
  let readBy: PropertyKey | undefined;
  for (const member of ['iterator', Symbol.asyncIterator] as const) {
    // A client that watches its stream itself has an iterator of its own around `iterator`: it sees the end before us.
    if (member === Symbol.asyncIterator && !Object.hasOwn(stream, member)) continue;
    const own = stream[member].bind(stream);
    const open = (): AsyncIterator<unknown> => {
      // The one around the other: its chunks are seen already.
      if (readBy !== undefined && readBy !== member) return own();
      readBy = member;
      return new ObservedIterator(own(), observer, stream);
    };
    if (!overrideMember(stream, member, open)) return false;
  }
  for (const [key, dispose] of observedDisposal(stream, observer))
    overrideMember(stream, key, dispose);
  return true;
}
