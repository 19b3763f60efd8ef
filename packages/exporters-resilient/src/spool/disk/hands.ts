import type { Stored } from '../../delivery/backlog.ts';
import type { Position } from './cursor-file.ts';
import type { Placed } from './log-walk.ts';

/** Why items that lay at rest will not be delivered, as the ledger counts them. */
export type LossReason =
  | 'spool_full'
  | 'spool_expired'
  | 'spool_unreadable'
  | 'spool_taken_over'
  | 'spool_removed';

/** A record that a delivery has, or had, or gave back. */
export interface Handed extends Placed {
  /** Items that are not settled. */
  open: number;
  state: 'held' | 'at rest' | 'settled' | 'gone';
  goneBecause?: LossReason;
}

/** The records of a log that are not simply waiting to be read. As many as fit a delivery's memory. */
export class Hands {
  readonly #bySequence = new Map<number, Handed>();
  readonly #returned: Handed[] = [];

  readonly #rested: (handed: Handed) => void;

  /** @param rested is told of a record that its holder gives back */
  constructor(rested: (handed: Handed) => void) {
    this.#rested = rested;
  }

  hand(placed: Placed): Handed {
    const handed: Handed = { ...placed, open: placed.header.items, state: 'held' };
    this.#bySequence.set(placed.at.sequence, handed);
    return handed;
  }

  at(sequence: number): Handed | undefined {
    return this.#bySequence.get(sequence);
  }

  get isEmpty(): boolean {
    for (const { state } of this.#bySequence.values()) if (state !== 'settled') return false;
    return true;
  }

  /** The sequence of the last record that is settled and still known of. Less than any where there is none. */
  get lastSettled(): number {
    let last = -1;
    for (const [sequence, { state }] of this.#bySequence)
      if (state === 'settled' && sequence > last) last = sequence;
    return last;
  }

  /** What the one who holds a record tells of it. */
  holdOn(handed: Handed): Stored {
    return {
      settled: (items) => {
        handed.open -= items;
        if (handed.open <= 0 && handed.state === 'held') handed.state = 'settled';
      },
      rest: () => this.#rested(handed),
    };
  }

  /** Nobody will get it again. */
  lose(handed: Handed): void {
    handed.open = 0;
    handed.state = 'settled';
  }

  /** Its holder gives it back: in front of `reading` it has to be given again, behind it waits to be read, as any other. */
  back(handed: Handed, reading: Position): void {
    if (handed.at.sequence >= reading.sequence) {
      this.#bySequence.delete(handed.at.sequence);
      return;
    }
    handed.state = 'at rest';
    const index = this.#returned.findIndex(({ at }) => at.sequence > handed.at.sequence);
    this.#returned.splice(index < 0 ? this.#returned.length : index, 0, handed);
  }

  takeReturned(): Handed | undefined {
    const handed = this.#returned.shift();
    if (handed !== undefined) handed.state = 'held';
    return handed;
  }

  /** The first record that is not settled, where everything in front of `reading` was handed out. */
  oldestOpen(reading: Position): Position {
    let oldest = reading;
    for (const { at, state } of this.#bySequence.values())
      if (state !== 'settled' && at.sequence < oldest.sequence) oldest = at;
    for (const [sequence, { state }] of this.#bySequence)
      if (state === 'settled' && sequence < oldest.sequence) this.#bySequence.delete(sequence);
    return oldest;
  }

  /** Items at rest up to a segment that `reading` has passed, and, negative, those that it will skip. */
  itemsAtRest(last: number, reading: Position): number {
    let items = 0;
    for (const { at, header, state } of this.#bySequence.values()) {
      if (at.segment > last) continue;
      if (at.sequence >= reading.sequence) items -= header.items;
      else if (state === 'at rest') items += header.items;
    }
    return items;
  }

  /** The segments up to this one are deleted. What is held of them stays in the delivery's memory alone. */
  dropUpTo(last: number, reason: LossReason): void {
    for (const [sequence, handed] of this.#bySequence) {
      if (handed.at.segment > last) continue;
      handed.state = 'gone';
      handed.goneBecause = reason;
      this.#bySequence.delete(sequence);
    }
    const rest = this.#returned.filter(({ at }) => at.segment > last);
    this.#returned.splice(0, Infinity, ...rest);
  }
}
