import type { Refusal } from './backlog.ts';
import type { DeliveryOptions } from './delivery-options.ts';
import { FirstDrop } from './first-drop.ts';
import type { ParcelEnds } from './parcel-ends.ts';
import type { ParcelStore } from './parcel-store.ts';
import { type Payload, partsByPriority } from './sender.ts';

export interface IntakeOptions<P extends Payload> extends DeliveryOptions<P> {
  readonly parcels: ParcelStore<P>;
  readonly ends: ParcelEnds<P>;
  /** Whether a payload would do nothing in memory but wait for a receiver that is in trouble. */
  readonly waits: () => boolean;
  /** Why nothing is taken any more. */
  readonly closedBecause: () => string | undefined;
  /** It has a place. */
  readonly taken: (payload: P) => void;
}

/** What comes to a delivery: it finds a place, also that of something less important, or is given up. */
export class DeliveryIntake<P extends Payload> {
  readonly #options: IntakeOptions<P>;
  readonly #firstDrop: FirstDrop;

  constructor(options: IntakeOptions<P>) {
    this.#options = options;
    this.#firstDrop = new FirstDrop(options.failures);
  }

  /** False when there was no room for it and it was dropped. */
  accept(payload: P): boolean {
    const { ledger, ends, taken, closedBecause } = this.#options;
    const closed = closedBecause();
    const refusal = closed === undefined ? this.#take(payload) : { refused: closed };
    if (refusal === undefined) {
      taken(payload);
      return true;
    }
    const parts = closedBecause() === undefined ? partsByPriority(payload) : undefined;
    // Each of them finds its place, here or elsewhere, whatever becomes of the others.
    if (parts !== undefined) return parts.filter((part) => this.accept(part)).length > 0;
    if (ends.takenOver(payload, refusal.refused)) return true;
    ledger.dropped(refusal.refused, payload.items);
    payload.release?.();
    if (closedBecause() === undefined) this.#tellDrop(refusal.refused, payload.items);
    return false;
  }

  /** Takes it, in the place of less important ones where there is no room. */
  #take(payload: P): Refusal | undefined {
    const { parcels, ends, whenFull = 'drop_newest' } = this.#options;
    const waits = this.#options.waits();
    const refusal = parcels.take(payload, waits);
    // What is less important in a mixed one takes nobody's place.
    if (refusal === undefined || payload.isMixed === true) return refusal;
    const evicted = parcels.makeRoomFor(payload, whenFull);
    if (evicted === undefined) return refusal;
    // Before those are given up: another member of a group that takes them may have to give something up itself, for this one.
    const taken = parcels.take(payload, waits);
    for (const parcel of evicted) {
      ends.givenUp(parcel, refusal.refused);
      this.#tellDrop(refusal.refused, parcel.payload.items);
    }
    return taken;
  }

  #tellDrop(reason: string, items: number): void {
    const { buffer, name, parcels } = this.#options;
    this.#firstDrop.tell(
      reason,
      `${items} items for ${name} dropped, ${parcels.items} of at most ${buffer.maxItems} (${parcels.bytes} of ${buffer.maxBytes} bytes) wait for it: it is slow or away; buffer.maxItems and buffer.maxBytes allow more, and a spool takes what memory has no room for`,
    );
  }
}
