import type { StageReport } from './span-pipeline.ts';

/** Items by reason or by rule. */
export type Counts = Readonly<Record<string, number>>;

/** `closed`: requests go out. `open`: none does, for a while. `half_open`: one does, and decides. */
export type CircuitState = 'closed' | 'open' | 'half_open';

export interface DestinationSnapshot {
  /** Given to this destination by this process. */
  readonly handed: number;
  /** Found in the spool of an earlier process. */
  readonly recovered: number;
  /** Acknowledged by the receiver. */
  readonly exported: number;
  /** Refused by the receiver for good. */
  readonly rejected: Counts;
  /** Given up by us. */
  readonly dropped: Counts;
  readonly inFlight: number;
  readonly spooled: number;
  /** Dead letters that are kept no longer, by reason. They were rejected before, here or in an earlier process, and are in no identity. Absent where there are none. */
  readonly deadLettersDropped?: Counts;
  /** The circuit to each receiver, by its name: several in a chain or a pool. Absent where there is none. */
  readonly circuits?: Readonly<Record<string, CircuitState>>;
  /** Most items that its receivers hold in memory (`inFlight`), in a chain or a pool all together. Absent where there is no bound. */
  readonly bufferCapacity?: number;
}

export interface LedgerSnapshot {
  readonly signal: Signal;
  /** Spans ended (log records emitted, data points collected) since the start. */
  readonly ended: number;
  readonly sampledOut: Counts;
  /** Held by a stage that has not decided yet. */
  readonly undecided: number;
  readonly queued: number;
  readonly dropped: Counts;
  /** Taken from the queue and given to every destination. */
  readonly handed: number;
  readonly destinations: Readonly<Record<string, DestinationSnapshot>>;
}

export type Signal = 'traces' | 'metrics' | 'logs';

/** Where the items of one destination went. */
export class DestinationLedger {
  #handed = 0;
  #recovered = 0;
  #exported = 0;
  #inFlight = 0;
  #spooled = 0;
  readonly #rejected = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  readonly #deadLettersDropped = new Map<string, number>();
  readonly #circuits = new Map<string, CircuitState>();
  readonly #buffers = new Map<string, number>();

  /** Counts items given to this destination; they are in flight from now on. */
  handed(items: number): void {
    this.#handed += items;
    this.#inFlight += items;
  }

  exported(items: number): void {
    this.#inFlight -= items;
    this.#exported += items;
  }

  rejected(reason: string, items: number): void {
    this.#inFlight -= items;
    add(this.#rejected, reason, items);
  }

  dropped(reason: string, items: number): void {
    this.#inFlight -= items;
    add(this.#dropped, reason, items);
  }

  /** Counts items moved from memory to the spool. */
  spooled(items: number): void {
    this.#inFlight -= items;
    this.#spooled += items;
  }

  /** Counts items taken back from the spool; they are in flight again. */
  unspooled(items: number): void {
    this.#spooled -= items;
    this.#inFlight += items;
  }

  /** Counts items that an earlier process left in the spool. */
  recovered(items: number): void {
    this.#recovered += items;
    this.#spooled += items;
  }

  /** Counts items of dead letters that made room, grew too old or cannot be read. */
  deadLettersDropped(reason: string, items: number): void {
    add(this.#deadLettersDropped, reason, items);
  }

  /** Notes the state of the circuit to a receiver. */
  circuit(receiver: string, state: CircuitState): void {
    this.#circuits.set(receiver, state);
  }

  /** Notes how many items are held in memory for a receiver at most. */
  buffer(receiver: string, maxItems: number): void {
    this.#buffers.set(receiver, maxItems);
  }

  snapshot(): DestinationSnapshot {
    let bufferCapacity = 0;
    for (const maxItems of this.#buffers.values()) bufferCapacity += maxItems;
    return {
      handed: this.#handed,
      recovered: this.#recovered,
      exported: this.#exported,
      rejected: Object.fromEntries(this.#rejected),
      dropped: Object.fromEntries(this.#dropped),
      inFlight: this.#inFlight,
      spooled: this.#spooled,
      ...(this.#deadLettersDropped.size > 0 && {
        deadLettersDropped: Object.fromEntries(this.#deadLettersDropped),
      }),
      ...(this.#circuits.size > 0 && { circuits: Object.fromEntries(this.#circuits) }),
      ...(Number.isFinite(bufferCapacity) && bufferCapacity > 0 && { bufferCapacity }),
    };
  }
}

/** Where every item of one signal went. The identities it keeps are checked by {@link ledgerErrors}. */
export class Ledger implements StageReport {
  readonly signal: Signal;
  #ended = 0;
  #handed = 0;
  #undecided: () => number = () => 0;
  #queued: () => number = () => 0;
  readonly #sampledOut = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  readonly #destinations = new Map<string, DestinationLedger>();

  constructor(signal: Signal = 'traces') {
    this.signal = signal;
  }

  /** Reads what is held right now from its owners: a number kept in two places would drift. */
  watch(held: { readonly undecided: () => number; readonly queued: () => number }): void {
    this.#undecided = held.undecided;
    this.#queued = held.queued;
  }

  ended(items: number): void {
    this.#ended += items;
  }

  sampledOut(rule: string, items: number): void {
    add(this.#sampledOut, rule, items);
  }

  dropped(reason: string, items: number): void {
    add(this.#dropped, reason, items);
  }

  /** Counts items given to every destination at once. */
  handed(items: number): void {
    this.#handed += items;
    for (const destination of this.#destinations.values()) destination.handed(items);
  }

  /** The ledger of the destination with that name, made on first use. */
  destination(name: string): DestinationLedger {
    let destination = this.#destinations.get(name);
    if (destination === undefined)
      this.#destinations.set(name, (destination = new DestinationLedger()));
    return destination;
  }

  snapshot(): LedgerSnapshot {
    return {
      signal: this.signal,
      ended: this.#ended,
      sampledOut: Object.fromEntries(this.#sampledOut),
      undecided: this.#undecided(),
      queued: this.#queued(),
      dropped: Object.fromEntries(this.#dropped),
      handed: this.#handed,
      destinations: Object.fromEntries(
        [...this.#destinations].map(([name, destination]) => [name, destination.snapshot()]),
      ),
    };
  }
}

function add(counts: Map<string, number>, key: string, items: number): void {
  counts.set(key, (counts.get(key) ?? 0) + items);
}
