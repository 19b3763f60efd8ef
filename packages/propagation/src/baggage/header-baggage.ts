import {
  type Baggage,
  type BaggageEntry,
  baggageEntryMetadataFromString,
  propagation,
} from '@opentelemetry/api';
import { percentDecode } from './percent-encoding.ts';

/** A member as it stands in the header: split, not decoded. */
export interface RawMember {
  readonly key: string;
  readonly value: string;
  readonly properties: string | undefined;
}

/**
 * Baggage that came over the wire. A value is decoded when it is read, so that passing baggage on costs next to
 * nothing. Of two members with one key the last counts. Immutable.
 */
export class HeaderBaggage implements Baggage {
  readonly #members: readonly RawMember[];
  readonly #header: string | undefined;
  #entries: ReadonlyMap<string, BaggageEntry> | undefined;

  /** @param header - the text that stands for exactly these members, where it can be passed on as it is */
  constructor(members: readonly RawMember[], header?: string) {
    this.#members = members;
    this.#header = header;
  }

  /** The header that `baggage` came from, where it can be passed on as it is. */
  static headerOf(baggage: Baggage): string | undefined {
    return #header in baggage ? baggage.#header : undefined;
  }

  getEntry(key: string): BaggageEntry | undefined {
    for (let at = this.#members.length - 1; at >= 0; at--) {
      const member = this.#members[at] as RawMember;
      if (member.key === key) return entryOf(member);
    }
    return undefined;
  }

  getAllEntries(): [string, BaggageEntry][] {
    return [...this.#all()];
  }

  setEntry(key: string, entry: BaggageEntry): Baggage {
    return this.#copy().setEntry(key, entry);
  }

  removeEntry(key: string): Baggage {
    return this.removeEntries(key);
  }

  removeEntries(...keys: string[]): Baggage {
    return this.#copy().removeEntries(...keys);
  }

  clear(): Baggage {
    return propagation.createBaggage();
  }

  #all(): ReadonlyMap<string, BaggageEntry> {
    return (this.#entries ??= new Map(
      this.#members.map((member) => [member.key, entryOf(member)] as const),
    ));
  }

  /** The API's own baggage with the same entries. */
  #copy(): Baggage {
    return propagation.createBaggage(Object.fromEntries(this.#all()));
  }
}

function entryOf({ value, properties }: RawMember): BaggageEntry {
  const decoded = percentDecode(value);
  return properties === undefined
    ? { value: decoded }
    : { value: decoded, metadata: baggageEntryMetadataFromString(properties) };
}
