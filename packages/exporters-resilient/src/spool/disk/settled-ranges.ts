import type { SettledRange } from './cursor.ts';

/** Which records of a log are settled behind one that is not: in order, and joined where one follows the other. */
export class SettledRanges {
  readonly #ranges: SettledRange[];

  constructor(ranges: readonly SettledRange[]) {
    this.#ranges = [...ranges];
  }

  get all(): readonly SettledRange[] {
    return this.#ranges;
  }

  add(range: SettledRange): void {
    let { sequence, item, end } = range;
    // Most of what is settled is among the last that was handed out.
    const before = this.#ranges.findLastIndex((other) => other.sequence < sequence);
    const [previous, next] = [this.#ranges[before], this.#ranges[before + 1]];
    const joinsPrevious = previous?.end.sequence === sequence;
    const joinsNext = next?.sequence === end.sequence;
    if (joinsPrevious) ({ sequence, item } = previous);
    if (joinsNext) ({ end } = next);
    const replaced = Number(joinsPrevious) + Number(joinsNext);
    this.#ranges.splice(joinsPrevious ? before : before + 1, replaced, { sequence, item, end });
  }

  /** The one that has this record. */
  at(sequence: number): SettledRange | undefined {
    return this.#ranges.find(
      (range) => range.sequence <= sequence && sequence < range.end.sequence,
    );
  }

  /** Whether all of these are settled, up to `end`, which is not one of them. */
  covers(sequence: number, end: number): boolean {
    return (this.at(sequence)?.end.sequence ?? -1) >= end;
  }

  /** What is in front of this record the place of the cursor says. */
  dropBefore(sequence: number): void {
    const kept = this.#ranges.findIndex(({ end }) => end.sequence > sequence);
    this.#ranges.splice(0, kept < 0 ? Infinity : kept);
  }

  /** How many of the items from `from` up to `to` are settled. */
  itemsBetween(from: number, to: number): number {
    let items = 0;
    for (const { item, end } of this.#ranges)
      items += Math.max(0, Math.min(end.item, to) - Math.max(item, from));
    return items;
  }
}
