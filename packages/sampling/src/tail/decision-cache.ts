import { hashOf, keyOf, placeOf, type TraceHash, type TraceKey } from './trace-key.ts';

const EMPTY = 0;
const WORDS = 3;
// Beyond that, looking for a free slot takes longer and longer.
const FULLEST = 0.75;
const BITS_OF_ID = 8;
const TWO_TO_32 = 2 ** 32;

/**
 * One table with open addressing. A slot is three words side by side: 64 bits of the id and what is remembered of it. With
 * the bits that tell that an id is not there, 17 bytes for each of those that a full table holds.
 */
class Table {
  readonly #words: Uint32Array;
  readonly #slots: number;
  /** A bit for some ids, set where one of them has ever been here. Small enough to stay in the processor's cache. */
  readonly #known: Uint32Array;
  readonly #bits: number;
  size = 0;

  constructor(most: number) {
    this.#slots = Math.ceil(most / FULLEST) + 1;
    this.#words = new Uint32Array(this.#slots * WORDS);
    this.#bits = most * BITS_OF_ID;
    this.#known = new Uint32Array(Math.ceil(this.#bits / 32));
  }

  get bytes(): number {
    return this.#words.byteLength + this.#known.byteLength;
  }

  get(key: TraceKey): number {
    const bit = partOf(key.bits, this.#bits);
    if (((this.#known[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return EMPTY;
    return this.#words[this.#slotOf(hashOf(key.traceId)) + 2] as number;
  }

  set(key: TraceKey, value: number): void {
    const id = hashOf(key.traceId);
    const slot = this.#slotOf(id);
    if (this.#words[slot + 2] === EMPTY) this.size++;
    this.#words[slot] = id.high;
    this.#words[slot + 1] = id.low;
    this.#words[slot + 2] = value;
    const bit = partOf(key.bits, this.#bits);
    (this.#known[bit >>> 5] as number) |= 1 << (bit & 31);
  }

  delete(key: TraceKey): void {
    if (this.get(key) === EMPTY) return;
    let gap = this.#slotOf(hashOf(key.traceId));
    this.size--;
    // Those behind it that were moved on for it move back: a search ends at an empty slot.
    for (let at = this.#after(gap); this.#words[at + 2] !== EMPTY; at = this.#after(at)) {
      const place = placeOf(this.#words[at] as number, this.#words[at + 1] as number);
      const slot = partOf(place, this.#slots) * WORDS;
      if (this.#wayTo(at, slot) < this.#wayTo(at, gap)) continue;
      this.#words.copyWithin(gap, at, at + WORDS);
      gap = at;
    }
    this.#words[gap + 2] = EMPTY;
  }

  /** Where the id is, or the empty slot where it would be. Never full, so there is one. */
  #slotOf({ high, low, place }: TraceHash): number {
    let at = partOf(place, this.#slots) * WORDS;
    while (this.#words[at + 2] !== EMPTY) {
      const isIt =
        ((this.#words[at] as number) ^ high) === 0 && ((this.#words[at + 1] as number) ^ low) === 0;
      if (isIt) return at;
      at = this.#after(at);
    }
    return at;
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
  readonly #most: number;
  #young: Table | undefined;
  #old: Table | undefined;

  /** @param maxDecisions - most of them remembered; at least half of it are */
  constructor(maxDecisions: number) {
    this.#most = Math.max(8, Math.ceil(maxDecisions / 2));
  }

  /** What is remembered, from 1 to 2^32 - 1, or `undefined`. */
  get(traceId: string): number | undefined {
    return this.#young === undefined ? undefined : this.find(keyOf(traceId));
  }

  set(traceId: string, value: number): void {
    this.put(keyOf(traceId), value);
  }

  delete(traceId: string): void {
    if (this.#young !== undefined) this.remove(keyOf(traceId));
  }

  /** As `get`. */
  find(key: TraceKey): number | undefined {
    if (this.#young === undefined) return undefined;
    const value = this.#young.get(key);
    if (value !== EMPTY) return value;
    const older = this.#old?.get(key) ?? EMPTY;
    if (older === EMPTY) return undefined;
    this.put(key, older);
    return older;
  }

  /** As `set`. */
  put(key: TraceKey, value: number): void {
    if (this.#young === undefined || this.#young.size >= this.#most) {
      this.#old = this.#young;
      this.#young = new Table(this.#most);
    }
    this.#young.set(key, value);
  }

  /** As `delete`. */
  remove(key: TraceKey): void {
    this.#young?.delete(key);
    this.#old?.delete(key);
  }

  /** Bytes of both tables. */
  get bytes(): number {
    return (this.#young?.bytes ?? 0) + (this.#old?.bytes ?? 0);
  }
}

/** The part of `whole` that 32 bits are of all there are. */
function partOf(bits: number, whole: number): number {
  return Math.floor(((bits >>> 0) / TWO_TO_32) * whole);
}
