import type { Payload } from './sender.ts';

/**
 * Where a delivery puts what it cannot keep in memory, and takes it from again: the spool. Each payload in it is in one
 * of two states: at rest, then the ledger counts its items as spooled and `next` will give it; or
 * in the delivery's hands as well, then they count as in flight. No member throws.
 */
export interface Backlog<P extends Payload> {
  /** Every payload is stored before its first attempt, not only those that memory has no room for. */
  readonly ahead: boolean;
  /** Whether anything is at rest. */
  readonly hasMore: boolean;
  /** Stores a payload that stays in the delivery's hands; why not where it cannot. */
  put(payload: P): Stored | Refusal;
  /** The oldest payload at rest, which is in the delivery's hands from now on. */
  next(): { readonly payload: P; readonly stored: Stored } | undefined;
  /** The receiver refused this payload for good. It may be kept for people to look at. */
  refused(payload: P, reason: string): void;
  /** What earlier processes left belongs to this one now and not only in a later turn: there may be none. */
  takeOver?(): void;
  /** `callback` is called when there is more at rest than the delivery has put there. */
  onMore(callback: () => void): void;
  /** The delivery is closed. What is at rest stays. */
  close(): void;
}

/** Why a payload was not stored, as the ledger counts it. */
export interface Refusal {
  readonly refused: string;
}

/** A payload in a backlog that is in the delivery's hands as well. */
export interface Stored {
  /** So many of its items are delivered, refused or dropped. With the last of them it is forgotten. */
  settled(items: number): void;
  /** It is at rest again, whole. */
  rest(): void;
}
