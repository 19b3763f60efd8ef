const EMPTY = 0;
const WORDS = 3;
// Beyond that, looking for a free slot takes longer and longer.
const FULLEST = 0.7;
const TWO_TO_32 = 2 ** 32;

/**
 * One table with open addressing. A slot is three words side by side: 64 bits of the id and what is remembered of it,
 * so 17 bytes for each of the ids that a full table holds.
 */
class Table {
  readonly #words: Uint32Array;
  readonly #slots: number;
  size = 0;

  constructor(slots: number) {
    this.#slots = slots;
    this.#words = new Uint32Array(slots * WORDS);
  }

  get(high: number, low: number): number {
    return this.#words[this.#slotOf(high, low) + 2] as number;
  }

  set(high: number, low: number, value: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#words[slot + 2] === EMPTY) this.size++;
    this.#words[slot] = high;
    this.#words[slot + 1] = low;
    this.#words[slot + 2] = value;
  }

  delete(high: number, low: number): void {
    let gap = this.#slotOf(high, low);
    if (this.#words[gap + 2] === EMPTY) return;
    this.size--;
    // Those behind it that were moved on for it move back: a search ends at an empty slot.
    for (let at = this.#after(gap); this.#words[at + 2] !== EMPTY; at = this.#after(at)) {
      const place = this.#placeOf(this.#words[at] as number, this.#words[at + 1] as number);
      if (this.#wayTo(at, place) < this.#wayTo(at, gap)) continue;
      this.#words.copyWithin(gap, at, at + WORDS);
      gap = at;
    }
    this.#words[gap + 2] = EMPTY;
  }

  /** Where the id is, or the empty slot where it would be. Never full, so there is one. */
  #slotOf(high: number, low: number): number {
    let at = this.#placeOf(high, low);
    while (this.#words[at + 2] !== EMPTY) {
      if (this.#words[at] === high && this.#words[at + 1] === low) return at;
      at = this.#after(at);
    }
    return at;
  }

  /** Where the id would be in an empty table. */
  #placeOf(high: number, low: number): number {
    // Of all bits: some id generators leave one half constant, or count.
    const place = mixed(high ^ Math.imul(low, 0x9e37_79b1)) >>> 0;
    return Math.floor((place / TWO_TO_32) * this.#slots) * WORDS;
  }

  #after(at: number): number {
    const next = at + WORDS;
    return next === this.#slots * WORDS ? 0 : next;
  }

  /** How far it is from a slot on to `at`. */
  #wayTo(at: number, from: number): number {
    return at >= from ? at - from : at - from + this.#slots * WORDS;
  }
}

/**
 * What was decided, by trace id, for spans that end after their trace was decided. Bounded: two tables, of which the
 * older one is given up when the younger is full. What is asked for moves to the younger one, so a trace that is still
 * running keeps its decision. 17 bytes for each; two ids are taken for one only where 64 bits of them, spread from all
 * 128, are the same: with a million remembered, once in ten trillion questions.
 */
export class DecisionCache {
  readonly #slots: number;
  readonly #most: number;
  #young: Table | undefined;
  #old: Table | undefined;

  /** @param maxDecisions - most of them remembered; at least half of it are */
  constructor(maxDecisions: number) {
    this.#most = Math.max(8, Math.ceil(maxDecisions / 2));
    this.#slots = Math.ceil(this.#most / FULLEST) + 1;
  }

  /** What is remembered, from 1 to 2^32 - 1, or `undefined`. */
  get(traceId: string): number | undefined {
    if (this.#young === undefined) return undefined;
    const high = highOf(traceId);
    const low = lowOf(traceId);
    const value = this.#young.get(high, low);
    if (value !== EMPTY) return value;
    const older = this.#old?.get(high, low) ?? EMPTY;
    if (older === EMPTY) return undefined;
    this.#put(high, low, older);
    return older;
  }

  set(traceId: string, value: number): void {
    this.#put(highOf(traceId), lowOf(traceId), value);
  }

  delete(traceId: string): void {
    const high = highOf(traceId);
    const low = lowOf(traceId);
    this.#young?.delete(high, low);
    this.#old?.delete(high, low);
  }

  /** Bytes of both tables. */
  get bytes(): number {
    const tables = (this.#young === undefined ? 0 : 1) + (this.#old === undefined ? 0 : 1);
    return tables * this.#slots * WORDS * Uint32Array.BYTES_PER_ELEMENT;
  }

  #put(high: number, low: number, value: number): void {
    if (this.#young === undefined || this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Table(this.#slots);
    }
    this.#young.set(high, low, value);
  }
}

function highOf(traceId: string): number {
  return (mixed(wordOf(traceId, 0)) ^ wordOf(traceId, 16)) >>> 0;
}

function lowOf(traceId: string): number {
  return (mixed(wordOf(traceId, 8)) ^ wordOf(traceId, 24)) >>> 0;
}

/** 32 bits of the id. */
function wordOf(traceId: string, first: number): number {
  let word = 0;
  for (let at = first; at < first + 8; at++) word = (word << 4) | digitOf(traceId, at);
  return word;
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
