import type { EventEmitter } from 'node:events';
import { EntriesOnTheWay, type WrittenEntry } from './entries-on-the-way.ts';
import { givenTime, noteFormatted } from './given-time.ts';
import { originHere } from './origin.ts';
import { type Entry, isRecord } from './winston-level.ts';

// By the entry that is handed to the transports.
const arrived = new WeakMap<object, WrittenEntry>();
const watches = new WeakMap<object, Watch>();

/** What is known of an entry that a logger whose origins are remembered hands over right now. */
export function writtenEntry(entry: object): WrittenEntry | undefined {
  return arrived.get(entry);
}

/**
 * Remembers where what a logger of winston writes was written. A logger is a stream: behind a transport that is busy
 * entries wait, before the format and after it, and come to the other transports in the context of whoever makes room.
 * @returns a function that ends it
 */
export function rememberOrigins(logger: EventEmitter): () => void {
  const stream = streamOf(logger);
  const watch = watches.get(stream) ?? new Watch(stream);
  watches.set(stream, watch);
  watch.bridges++;
  return () => {
    if (--watch.bridges > 0) return;
    watch.end();
    watches.delete(stream);
  };
}

/** A child has nothing of a stream but what it inherits, and writes to the logger it is of. */
function streamOf(logger: EventEmitter): EventEmitter {
  for (let owner: object | null = logger; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, '_writableState')) return owner as EventEmitter;
  }
  return logger;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The methods of one logger that an entry passes on its way. */
class Watch {
  bridges = 0;
  readonly #restores: (() => void)[] = [];
  readonly #beforeFormat = new EntriesOnTheWay();
  readonly #behindFormat = new EntriesOnTheWay();
  /** What the application has given a method of the logger, which may write a copy of it. */
  #given: object | undefined;
  /** The entry that is in the format. */
  #current: { readonly entry: Entry; readonly written: WrittenEntry | undefined } | undefined;

  constructor(stream: EventEmitter) {
    // oxlint-disable-next-line typescript/no-this-alias -- the methods have another `this`
    const watch = this;
    this.#replace(stream, '_addDefaultMeta', (addDefaultMeta) => {
      return function (given, ...rest) {
        if (isRecord(given)) watch.#given = given;
        return addDefaultMeta.call(this, given, ...rest);
      };
    });
    this.#replace(stream, 'write', (write) => {
      return function (entry, ...rest) {
        const given = watch.#given;
        watch.#given = undefined;
        // Where somebody put something over ours, it stays when the last bridge is gone.
        if (watch.bridges > 0 && isRecord(entry)) {
          const written = { origin: originHere(), givenTime: givenTime(entry, given) };
          watch.#beforeFormat.add(entry, written);
        }
        return write.call(this, entry, ...rest);
      };
    });
    this.#replace(stream, '_transform', (transform) => {
      return function (entry, ...rest) {
        // The callback in `rest` may have the next entry transformed before this one returns.
        const outer = watch.#current;
        watch.#current = isRecord(entry)
          ? { entry, written: watch.#beforeFormat.take(entry) }
          : undefined;
        try {
          return transform.call(this, entry, ...rest);
        } finally {
          watch.#current = outer;
        }
      };
    });
    this.#replace(stream, 'push', (push) => {
      return function (made, ...rest) {
        const { entry, written } = watch.#current ?? {};
        if (entry !== undefined && written !== undefined) {
          noteFormatted(entry, written.givenTime);
          if (isRecord(made)) watch.#behindFormat.add(made, written);
        }
        return push.call(this, made, ...rest);
      };
    });
    // In front of the transports.
    stream.prependListener('data', this.#arrive);
    this.#restores.push(() => void stream.removeListener('data', this.#arrive));
  }

  readonly #arrive = (entry: unknown): void => {
    if (!isRecord(entry)) return;
    const written = this.#behindFormat.take(entry);
    if (written === undefined) arrived.delete(entry);
    else arrived.set(entry, written);
  };

  end(): void {
    for (const restore of this.#restores) restore();
  }

  #replace(owner: object, name: string, replaced: (inner: Method) => Method): void {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    const inner: unknown = Reflect.get(owner, name);
    if (typeof inner !== 'function') return;
    const value = replaced(inner as Method);
    Reflect.defineProperty(owner, name, { value, configurable: true, writable: true });
    this.#restores.push(() => {
      // Somebody may have put something over ours since: then ours stays.
      if (Reflect.get(owner, name) !== value) return;
      if (before === undefined) Reflect.deleteProperty(owner, name);
      else Reflect.defineProperty(owner, name, before);
    });
  }
}
