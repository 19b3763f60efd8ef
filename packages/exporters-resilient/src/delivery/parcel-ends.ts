import type { DestinationLedger, FailureLog } from '@llm-otel/core';
import type { Backlog } from './backlog.ts';
import type { DeliveryHealth } from './delivery-health.ts';
import type { Parcel, ParcelStore } from './parcel-store.ts';
import type { Delivered, Payload } from './sender.ts';

export interface ParcelEndsOptions<P extends Payload> {
  readonly ledger: DestinationLedger;
  readonly failures: FailureLog;
  readonly backlog?: Backlog<P> | undefined;
  readonly onRefused?: ((payload: P, reason: string) => void) | undefined;
  readonly takeOver?: ((payload: P, reason: string) => boolean) | undefined;
}

/** The last that happens to a parcel: the ledger counts its items, once, and it is gone from memory and backlog. */
export class ParcelEnds<P extends Payload> {
  readonly #options: ParcelEndsOptions<P>;
  readonly #parcels: ParcelStore<P>;
  readonly #health: DeliveryHealth;

  constructor(options: ParcelEndsOptions<P>, parcels: ParcelStore<P>, health: DeliveryHealth) {
    this.#options = options;
    this.#parcels = parcels;
    this.#health = health;
  }

  /** The receiver has all of it but `rejected` items. */
  delivered(
    parcel: Parcel<P>,
    { rejected = 0, message = '', unread }: Omit<Delivered, 'kind'>,
  ): void {
    const { items } = parcel.payload;
    const { ledger } = this.#options;
    const refused = Math.min(Math.max(rejected, 0), items);
    if (refused > 0) this.#health.rejected(refused, message);
    else if (message !== '')
      this.#health.remarked(`the receiver took all of it and says: ${message}`);
    if (unread !== undefined)
      this.#health.remarked(
        `the answer ${unread}; its items count as exported, for the status says so, and what was refused of them is not known`,
      );
    ledger.exported(items - refused);
    if (refused > 0) ledger.rejected('partial_success', refused);
    this.#parcels.settled(parcel);
    parcel.payload.release?.();
  }

  /** The receiver will never take it. */
  refused(parcel: Parcel<P>, reason: string, message?: string): void {
    const { payload } = parcel;
    const { ledger, failures, onRefused, backlog } = this.#options;
    this.#health.refused(reason, payload.items, message);
    ledger.rejected(reason, payload.items);
    backlog?.refused(payload, reason);
    if (onRefused !== undefined)
      failures.guard('handing on what was refused', () => onRefused(payload, reason));
    this.#parcels.settled(parcel);
  }

  /** We will not try any more. Counted as dropped, unless someone else takes it. */
  givenUp(parcel: Parcel<P>, reason: string, message?: string): void {
    const { payload } = parcel;
    if (!this.takenOver(payload, reason)) {
      if (message !== undefined) this.#health.refused(reason, payload.items, message);
      this.#options.ledger.dropped(reason, payload.items);
    }
    this.#parcels.settled(parcel);
  }

  /** Whether someone else answers for the payload from now on, and for its account in the ledger. */
  takenOver(payload: P, reason: string): boolean {
    const { takeOver, failures } = this.#options;
    if (takeOver === undefined) return false;
    return failures.guard('handing a request on', () => takeOver(payload, reason)) === true;
  }
}
