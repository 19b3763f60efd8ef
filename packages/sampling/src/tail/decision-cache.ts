const EMPTY = 0;

/** One table: open addressing over 64 bits of each trace id and one byte of decision. */
class Table {
  readonly #ids: Uint32Array;
  readonly #decisions: Uint8Array;
  readonly #mask: number;
  size = 0;

  constructor(slots: number) {
    this.#ids = new Uint32Array(slots * 2);
    this.#decisions = new Uint8Array(slots);
    this.#mask = slots - 1;
  }

  get(high: number, low: number): number {
    return this.#decisions[this.#slotOf(high, low)] as number;
  }

  set(high: number, low: number, decision: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#decisions[slot] === EMPTY) this.size++;
    this.#ids[slot * 2] = high;
    this.#ids[slot * 2 + 1] = low;
    this.#decisions[slot] = decision;
  }

  /** Where the id is, or the empty slot where it would be. Never full, so there is one. */
  #slotOf(high: number, low: number): number {
    let slot = low & this.#mask;
    while (
      this.#decisions[slot] !== EMPTY &&
      (this.#ids[slot * 2] !== high || this.#ids[slot * 2 + 1] !== low)
    ) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }
}

/**
 * Decisions by trace id, for spans that end after their trace was decided. Bounded: two tables, of which the older one
 * is given up when the younger is full. A decision that is asked for moves to the younger one, so a trace that is
 * still running keeps it. 18 bytes for each decision.
 */
export class DecisionCache {
  readonly #slots: number;
  #young: Table | undefined;
  #old: Table | undefined;

  /** @param maxDecisions - rounded up to a power of two */
  constructor(maxDecisions: number) {
    // Half full at most: two slots for each decision of one of two tables.
    this.#slots = 2 ** Math.max(4, Math.ceil(Math.log2(maxDecisions)));
  }

  /** The decision, from 1 to 255, or `undefined`. */
  get(traceId: string): number | undefined {
    if (this.#young === undefined) return undefined;
    const high = wordOf(traceId, 0, 16);
    const low = wordOf(traceId, 8, 24);
    const decision = this.#young.get(high, low);
    if (decision !== EMPTY) return decision;
    const older = this.#old?.get(high, low) ?? EMPTY;
    if (older === EMPTY) return undefined;
    this.#put(high, low, older);
    return older;
  }

  set(traceId: string, decision: number): void {
    this.#put(wordOf(traceId, 0, 16), wordOf(traceId, 8, 24), decision);
  }

  #put(high: number, low: number, decision: number): void {
    if (this.#young === undefined || this.#young.size >= this.#slots / 2) {
      this.#old = this.#young;
      this.#young = new Table(this.#slots);
    }
    this.#young.set(high, low, decision);
  }
}

/** 32 bits of two places of the id: some id generators leave one half of it constant. */
function wordOf(traceId: string, first: number, second: number): number {
  let word = 0;
  for (let digit = 0; digit < 8; digit++) {
    word = (word << 4) | digitOf(traceId, first + digit);
  }
  let other = 0;
  for (let digit = 0; digit < 8; digit++) {
    other = (other << 4) | digitOf(traceId, second + digit);
  }
  return (word ^ other) >>> 0;
}

function digitOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return (code < 58 ? code - 48 : code - 87) & 15;
}
