import type { DestinationLedger } from '@llm-otel/core';
import type { Backlog, Refusal, Stored } from './backlog.ts';
import type { Buffer } from './buffer-options.ts';
import { type Payload, partsByPriority } from './sender.ts';
import { type Excess, type WhenBufferFull, WaitingParcels } from './waiting-parcels.ts';

/** A payload that a delivery has in memory. */
export interface Parcel<P extends Payload> {
  readonly payload: P;
  /** Where the backlog has it as well. The parts of a payload that was split share it. */
  stored?: Stored | undefined;
  /** Only a part of what is stored. */
  part?: boolean;
  /** Why the backlog did not take it when it should have. */
  unstowed?: string | undefined;
  firstAttemptAt?: number | undefined;
  /** Its place in the order in which payloads came; less for what was taken from the backlog. */
  readonly order: number;
  /** Attempts that failed, one after the other. */
  failures?: number;
  /** It failed for as long as one is tried. */
  isExhausted?: boolean;
  /** How many had been delivered when it first failed. */
  deliveredBefore?: number;
}

// A payload that failed so often may be what is wrong, and not the receiver: every fourth time another one is tried, and as soon as one
// is delivered, every other time.
const SUSPECT_FAILURES = 3;
const OTHERS_EACH = 4;

/**
 * What a delivery has not delivered yet: in memory, within the bounds of the buffer, and behind that in the backlog,
 * where there is one. Tells the ledger what moves between the two.
 */
export class ParcelStore<P extends Payload> {
  readonly #buffer: Buffer;
  readonly #backlog: Backlog<P> | undefined;
  readonly #ledger: DestinationLedger;
  readonly #inOrder: boolean;
  readonly #waiting = new WaitingParcels<Parcel<P>>();
  /** Waiting or on their way. */
  readonly #inMemory = new Set<Parcel<P>>();
  #items = 0;
  #bytes = 0;
  #taken = 0;
  #delivered = 0;
  #fromBacklog = false;

  constructor(
    buffer: Buffer,
    backlog: Backlog<P> | undefined,
    ledger: DestinationLedger,
    inOrder = false,
  ) {
    this.#inOrder = inOrder;
    this.#buffer = buffer;
    this.#backlog = backlog;
    this.#ledger = ledger;
  }

  /** Items in memory, waiting or on their way. */
  get items(): number {
    return this.#items;
  }

  /** Bytes in memory, waiting or on their way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Items in memory that the backlog has as well. */
  get storedItems(): number {
    let items = 0;
    for (const { payload, stored } of this.#inMemory)
      if (stored !== undefined) items += payload.items;
    return items;
  }

  /** Parcels that wait in memory. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether memory takes more. */
  get hasRoom(): boolean {
    return this.#items < this.#buffer.maxItems && this.#bytes < this.#buffer.maxBytes;
  }

  get hasMuchRoom(): boolean {
    return this.#items * 2 <= this.#buffer.maxItems && this.#bytes * 2 <= this.#buffer.maxBytes;
  }

  get hasNext(): boolean {
    return this.#waiting.size > 0 || this.#hasMoreAtRest();
  }

  /**
   * Takes a payload into memory or into the backlog. A refusal when neither has room. `waits` when it would do
   * nothing in memory but wait for a receiver that is in trouble.
   */
  take(payload: P, waits: boolean): Refusal | undefined {
    const { priority = 1 } = payload;
    const over = this.#over(payload);
    // A payload that is larger than the whole buffer has one chance: when nothing else is there.
    const full = (over.items > 0 || over.bytes > 0) && this.#items > 0;
    const parcel: Parcel<P> = { payload, order: ++this.#taken };
    const ahead = this.#backlog?.ahead === true;
    // What comes leaves in its order: nothing overtakes what is at rest, but for what is more important.
    if (full || waits || (this.#hasMoreAtRest() && (ahead || priority > 0))) {
      const refusal = this.#layToRest(parcel);
      if (refusal === undefined) payload.release?.();
      if (refusal === undefined || full) return refusal;
    }
    if (ahead) this.store(parcel);
    this.#remember(parcel);
    this.#waiting.add(parcel);
    return undefined;
  }

  /** Takes out of memory what gives way to a payload that it has no room for, to be given up; undefined when that would not do. */
  makeRoomFor(payload: P, whenFull: WhenBufferFull): readonly Parcel<P>[] | undefined {
    if (this.#waiting.hasMixed) this.#sortByPriority();
    const over = this.#over(payload);
    const evicted = this.#waiting.makeRoom(over, payload.priority ?? 1, whenFull);
    for (const parcel of evicted ?? []) this.#forget(parcel);
    return evicted;
  }

  /** What came before there was trouble waits in parcels of any items: from now on each is of one priority. */
  #sortByPriority(): void {
    for (const parcel of this.#waiting.takeAll()) {
      const parts = parcel.stored === undefined ? partsByPriority(parcel.payload) : undefined;
      if (parts === undefined) {
        this.#waiting.add(parcel);
        continue;
      }
      this.#forget(parcel);
      for (const payload of parts) {
        const part = { ...parcel, payload };
        this.#remember(part);
        this.#waiting.add(part);
      }
    }
  }

  /** Moves the newest payload out of memory that is meant for sending, if it is still this one. */
  keep(payload: P): void {
    if (this.#waiting.last?.payload === payload) payload.keep?.();
  }

  /** What to try next: what waits in memory is more important than what is at rest, or was there before it. */
  next(): Parcel<P> | undefined {
    this.#fromBacklog = this.#hasMoreAtRest() && this.#isTurnOfBacklog();
    if (!this.#fromBacklog) return this.#waiting.takeMostImportant();
    const taken = this.#backlog?.next();
    if (taken === undefined) return this.#waiting.takeMostImportant();
    this.#ledger.unspooled(taken.payload.items);
    // In the turn of one that waits it comes behind that one, should both fail.
    const parcel: Parcel<P> = { ...taken, order: this.#waiting.first?.order ?? 0 };
    this.#remember(parcel);
    return parcel;
  }

  /** Nothing is held up for good by one payload that always fails. */
  #isTurnOfBacklog(): boolean {
    const { first } = this.#waiting;
    if (first === undefined) return true;
    const { failures = 0, deliveredBefore, isExhausted = false } = first;
    // Where order counts, a failure is the receiver's until it has lasted for as long as one payload is tried.
    if (this.#inOrder) return isExhausted && !this.#fromBacklog;
    if (failures < SUSPECT_FAILURES || this.#fromBacklog) return false;
    return deliveredBefore !== this.#delivered || failures % OTHERS_EACH === SUSPECT_FAILURES;
  }

  /** The next one to try, again. */
  putBack(parcel: Parcel<P>): void {
    parcel.payload.keep?.();
    this.#waiting.addInFront(parcel);
  }

  /** The parts of a parcel, in its place. */
  putBackParts(parcel: Parcel<P>, payloads: readonly P[]): void {
    this.#forget(parcel);
    const { stored, order } = parcel;
    const part = stored === undefined ? {} : { stored, part: true };
    const parts = payloads.map((payload): Parcel<P> => ({ payload, order, ...part }));
    for (const each of parts.toReversed()) {
      this.#remember(each);
      this.#waiting.addInFront(each);
    }
  }

  /** Puts a parcel, which stays in memory, into the backlog as well. Undefined when it is there. */
  store(parcel: Parcel<P>): Refusal | undefined {
    if (this.#backlog === undefined) return { refused: 'buffer_full' };
    // A part needs a record of its own: the one of the whole would bring back what is settled.
    if (parcel.stored !== undefined && parcel.part !== true) return undefined;
    const stored = this.#backlog.put(parcel.payload);
    if ('refused' in stored) return stored;
    parcel.stored?.settled(parcel.payload.items);
    parcel.stored = stored;
    parcel.part = false;
    return undefined;
  }

  /** Moves a parcel from memory to the backlog. False when it has no room, or there is none. */
  stow(parcel: Parcel<P>): boolean {
    parcel.unstowed = this.#layToRest(parcel)?.refused;
    if (parcel.unstowed !== undefined) return false;
    this.#forget(parcel);
    return true;
  }

  /**
   * An attempt failed: the oldest parcel stays in memory, to ask with, and is stored, so that nothing gets in front of it. The others
   * have nothing to do there until there is an answer. `underWay` are the other attempts: they are stored too, in their places.
   */
  wait(parcel: Parcel<P>, underWay: readonly Parcel<P>[]): void {
    parcel.failures = (parcel.failures ?? 0) + 1;
    parcel.deliveredBefore ??= this.#delivered;
    if (this.#backlog === undefined) {
      this.putBack(parcel);
      return;
    }
    const asking = this.#waiting.first;
    const isFirst = asking?.failures === undefined || parcel.order < asking.order;
    if (!isFirst) {
      this.#waiting.takeFirst();
      // Another one fails as well: it is the receiver.
      asking.isExhausted = false;
      asking.firstAttemptAt = parcel.firstAttemptAt;
    }
    const kept = isFirst ? parcel : asking;
    for (const each of [parcel, ...underWay].toSorted((a, b) => a.order - b.order))
      this.store(each);
    if (!isFirst && !this.stow(parcel)) this.putBack(parcel);
    this.stowWaiting();
    this.putBack(kept);
  }

  /** Moves everything that waits from memory to the backlog. What stays has no room there. */
  stowWaiting(): void {
    if (this.#backlog === undefined) return;
    for (const parcel of this.#waiting.takeAll()) if (!this.stow(parcel)) this.#waiting.add(parcel);
  }

  /** Everything that waits, for the last time. */
  takeAll(): Parcel<P>[] {
    return this.#waiting.takeAll();
  }

  /** The receiver took a parcel: what fails meanwhile does so for a reason of its own. */
  delivered(): void {
    this.#delivered++;
  }

  /** The parcel is delivered, refused or dropped: nobody has it any more. */
  settled(parcel: Parcel<P>): void {
    this.#forget(parcel);
    parcel.stored?.settled(parcel.payload.items);
  }

  /** Whether the backlog has everything that waits. */
  get isSafe(): boolean {
    return this.#waiting.areStored;
  }

  /** What a payload would have beyond the bounds of memory. */
  #over({ items, byteLength }: P): Excess {
    const { maxItems, maxBytes } = this.#buffer;
    return { items: this.#items + items - maxItems, bytes: this.#bytes + byteLength - maxBytes };
  }

  #hasMoreAtRest(): boolean {
    return this.#backlog?.hasMore === true;
  }

  #layToRest(parcel: Parcel<P>): Refusal | undefined {
    const refusal = this.store(parcel);
    if (refusal !== undefined) return refusal;
    parcel.stored?.rest();
    this.#ledger.spooled(parcel.payload.items);
    return undefined;
  }

  #remember(parcel: Parcel<P>): void {
    this.#inMemory.add(parcel);
    this.#items += parcel.payload.items;
    this.#bytes += parcel.payload.byteLength;
  }

  #forget(parcel: Parcel<P>): void {
    if (!this.#inMemory.delete(parcel)) return;
    this.#items -= parcel.payload.items;
    this.#bytes -= parcel.payload.byteLength;
  }
}
