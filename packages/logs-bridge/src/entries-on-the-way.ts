import type { Origin } from './origin.ts';

/** Where an entry was written, and the time that the application gave it. */
export interface WrittenEntry {
  readonly origin: Origin;
  readonly givenTime: unknown;
}

interface Link {
  readonly written: WrittenEntry;
  next: Link | undefined;
}

/**
 * What is known of the entries between two places of a stream, which they pass in their order. One object may be on its
 * way more than once: an error that is logged where it happens, and again where it is caught.
 */
export class EntriesOnTheWay {
  readonly #byEntry = new WeakMap<object, { first: Link; last: Link }>();

  add(entry: object, written: WrittenEntry): void {
    const link: Link = { written, next: undefined };
    const chain = this.#byEntry.get(entry);
    if (chain === undefined) this.#byEntry.set(entry, { first: link, last: link });
    else chain.last = chain.last.next = link;
  }

  take(entry: object): WrittenEntry | undefined {
    const chain = this.#byEntry.get(entry);
    if (chain === undefined) return undefined;
    const { written, next } = chain.first;
    if (next === undefined) this.#byEntry.delete(entry);
    else chain.first = next;
    return written;
  }
}
