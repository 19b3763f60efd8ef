import { type Origin, originHere } from './origin.ts';
import { type Entry, isRecord } from './winston-level.ts';

/** Where an entry was written, and the time that the application gave it. */
export interface WrittenEntry {
  readonly origin: Origin;
  readonly givenTime: unknown;
}

// By the entry as it was written, and by what the format made of it.
const entries = new WeakMap<object, WrittenEntry>();
const watches = new WeakMap<object, Watch>();

/** What is known of an entry that came through a logger whose origins are remembered. */
export function writtenEntry(entry: object): WrittenEntry | undefined {
  return entries.get(entry);
}

/**
 * Remembers where what a logger of winston writes was written. A logger is a stream: behind a transport that is busy
 * entries wait, before the format and after it, and come to the other transports in the context of whoever makes room.
 * @returns a function that ends it
 */
export function rememberOrigins(logger: object): () => void {
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
function streamOf(logger: object): object {
  for (let owner: object | null = logger; owner !== null; owner = Reflect.getPrototypeOf(owner)) {
    if (Object.hasOwn(owner, '_writableState')) return owner;
  }
  return logger;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The methods of one logger that an entry passes on its way. */
class Watch {
  bridges = 0;
  readonly #restores: (() => void)[] = [];
  /** The entry that is in the format. */
  #current: WrittenEntry | undefined;

  constructor(stream: object) {
    const begin = (entry: unknown): void => {
      if (isRecord(entry)) entries.set(entry, { origin: originHere(), givenTime: timeIn(entry) });
    };
    this.#replace(stream, 'write', (write) => {
      return function (entry, ...rest) {
        begin(entry);
        return write.call(this, entry, ...rest);
      };
    });
    // oxlint-disable-next-line typescript/no-this-alias -- the methods have another `this`
    const watch = this;
    this.#replace(stream, '_transform', (transform) => {
      return function (entry, ...rest) {
        // The callback in `rest` may have the next entry transformed before this one returns.
        const outer = watch.#current;
        watch.#current = isRecord(entry) ? entries.get(entry) : undefined;
        try {
          return transform.call(this, entry, ...rest);
        } finally {
          watch.#current = outer;
        }
      };
    });
    this.#replace(stream, 'push', (push) => {
      return function (entry, ...rest) {
        if (watch.#current !== undefined && isRecord(entry)) entries.set(entry, watch.#current);
        return push.call(this, entry, ...rest);
      };
    });
  }

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

function timeIn(entry: Entry): unknown {
  try {
    return entry['timestamp'];
  } catch {
    return undefined;
  }
}
