const EMPTY = 0;
const DECISION_BITS = 8;
const DECISION_MASK = 0xff;

/**
 * One table with open addressing. A slot is two words side by side: 32 bits of the id, and 24 more with the 8 of the
 * decision. With the slot's place that is enough for a wrong hit to be less likely than a broken disk.
 */
class Table {
  readonly #words: Uint32Array;
  readonly #mask: number;
  size = 0;

  constructor(slots: number) {
    this.#words = new Uint32Array(slots * 2);
    this.#mask = slots - 1;
  }

  get(high: number, low: number): number {
    return (this.#words[this.#slotOf(high, low) + 1] as number) & DECISION_MASK;
  }

  set(high: number, low: number, decision: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#words[slot + 1] === EMPTY) this.size++;
    this.#words[slot] = low;
    this.#words[slot + 1] = (high << DECISION_BITS) | decision;
  }

  /** Where the id is, or the empty slot where it would be. Never full, so there is one. */
  #slotOf(high: number, low: number): number {
    for (let slot = low & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const word = this.#words[slot * 2 + 1] as number;
      if (word === EMPTY) return slot * 2;
      if (word >>> DECISION_BITS === high && this.#words[slot * 2] === low) return slot * 2;
    }
  }
}

/**
 * Decisions by trace id, for spans that end after their trace was decided. Bounded: two tables, of which the older one
 * is given up when the younger is full. A decision that is asked for moves to the younger one, so a trace that is
 * still running keeps it. 16 bytes for each decision.
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
    const high = highOf(traceId);
    const low = lowOf(traceId);
    const decision = this.#young.get(high, low);
    if (decision !== EMPTY) return decision;
    const older = this.#old?.get(high, low) ?? EMPTY;
    if (older === EMPTY) return undefined;
    this.#put(high, low, older);
    return older;
  }

  set(traceId: string, decision: number): void {
    this.#put(highOf(traceId), lowOf(traceId), decision);
  }

  #put(high: number, low: number, decision: number): void {
    if (this.#young === undefined || this.#young.size >= this.#slots / 2) {
      this.#old = this.#young;
      this.#young = new Table(this.#slots);
    }
    this.#young.set(high, low, decision);
  }
}

/** 24 bits of the id. */
function highOf(traceId: string): number {
  return mixed(wordOf(traceId, 0, 16)) >>> DECISION_BITS;
}

/** 32 other bits of it. */
function lowOf(traceId: string): number {
  return wordOf(traceId, 8, 24);
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
  return (mixed(word) ^ other) >>> 0;
}

/** Spreads each bit over all 32, so that ids that are alike but for the place of a digit do not look the same. */
function mixed(word: number): number {
  const half = Math.imul(word ^ (word >>> 16), 0x85eb_ca6b);
  const rest = Math.imul(half ^ (half >>> 13), 0xc2b2_ae35);
  return rest ^ (rest >>> 16);
}

function digitOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return (code < 58 ? code - 48 : code - 87) & 15;
}
