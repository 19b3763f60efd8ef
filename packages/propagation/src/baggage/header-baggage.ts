import type { Baggage, BaggageEntry } from '@opentelemetry/api';

/** Baggage that came over the wire. As the API's own, but made from a map without copying it. Immutable. */
export class HeaderBaggage implements Baggage {
  readonly #entries: ReadonlyMap<string, BaggageEntry>;

  constructor(entries: ReadonlyMap<string, BaggageEntry>) {
    this.#entries = entries;
  }

  getEntry(key: string): BaggageEntry | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined ? undefined : { ...entry };
  }

  getAllEntries(): [string, BaggageEntry][] {
    return [...this.#entries];
  }

  setEntry(key: string, entry: BaggageEntry): HeaderBaggage {
    return new HeaderBaggage(new Map(this.#entries).set(key, entry));
  }

  removeEntry(key: string): HeaderBaggage {
    return this.removeEntries(key);
  }

  removeEntries(...keys: string[]): HeaderBaggage {
    const entries = new Map(this.#entries);
    for (const key of keys) entries.delete(key);
    return new HeaderBaggage(entries);
  }

  clear(): HeaderBaggage {
    return new HeaderBaggage(new Map());
  }
}
