import type { Stored } from '../../delivery/backlog.ts';
import type { Position, SettledRange } from './cursor.ts';
import { endOf, type Placed } from './log-walk.ts';
import { SettledRanges } from './settled-ranges.ts';

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

/** The records of a log that do not simply wait to be read: as many as fit a delivery's memory, and what is settled. */
export class Hands {
  readonly #bySequence = new Map<number, Handed>();
  readonly #returned: Handed[] = [];
  readonly #settled: SettledRanges;

  readonly #rested: (handed: Handed) => void;

  /**
   * @param settled behind the place of the cursor
   * @param rested is told of a record that its holder gives back
   */
  constructor(settled: readonly SettledRange[], rested: (handed: Handed) => void) {
    this.#settled = new SettledRanges(settled);
    this.#rested = rested;
  }

  hand(placed: Placed): Handed {
    const handed: Handed = { ...placed, open: placed.header.items, state: 'held' };
    this.#bySequence.set(placed.at.sequence, handed);
    return handed;
  }

  get isEmpty(): boolean {
    return this.#bySequence.size === 0;
  }

  /** What the one who holds a record tells of it. */
  holdOn(handed: Handed): Stored {
    return {
      settled: (items) => {
        handed.open -= items;
        if (handed.open <= 0 && handed.state === 'held') this.#settle(handed);
      },
      rest: () => this.#rested(handed),
    };
  }

  /** Nobody will get it again. */
  lose(handed: Handed): void {
    handed.open = 0;
    this.#settle(handed);
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

  /** Where there is something to read, from a position on: behind what somebody has and what is settled. */
  skip(position: Position): Position {
    for (let at = position; ;) {
      const handed = this.#bySequence.get(at.sequence);
      const behind = handed === undefined ? this.#settled.at(at.sequence)?.end : endOf(handed);
      if (behind === undefined) return at;
      at = behind;
    }
  }

  /** The first record that is not settled, where everything in front of `reading` was handed out. */
  oldestOpen(reading: Position): Position {
    let oldest = reading;
    for (const { at } of this.#bySequence.values()) if (at.sequence < oldest.sequence) oldest = at;
    return oldest;
  }

  /** What is settled behind a record that is not. */
  settledBehind({ sequence }: Position): readonly SettledRange[] {
    this.#settled.dropBefore(sequence);
    return [...this.#settled.all];
  }

  /** How many of the items from `from` up to `to` somebody has, or are settled: whatever cannot be read there, they are not lost. */
  itemsBetween(from: number, to: number): number {
    let items = this.#settled.itemsBetween(from, to);
    for (const { at, header } of this.#bySequence.values())
      if (at.item >= from && at.item < to) items += header.items;
    return items;
  }

  /** Items that were given back, up to a segment. */
  itemsReturned(last: number): number {
    let items = 0;
    for (const { at, header } of this.#returned) if (at.segment <= last) items += header.items;
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

  #settle(handed: Handed): void {
    handed.state = 'settled';
    const { sequence, item } = handed.at;
    this.#bySequence.delete(sequence);
    this.#settled.add({ sequence, item, end: endOf(handed) });
  }
}
