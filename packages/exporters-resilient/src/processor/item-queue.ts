import type { WhenFull } from './processor-options.ts';
import type { ItemPriority } from '../batch/telemetry-batch.ts';

export interface TakenItems<T> {
  readonly items: T[];
  readonly bytes: number;
}

export interface ItemQueueOptions<T> {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Which item goes when one of the same priority has no room: with `spill` the newest, where that did not help. */
  readonly whenFull?: WhenFull | undefined;
  /** An item of lower or the same priority lost its place. */
  readonly onEvicted?: ((item: T) => void) | undefined;
}

/**
 * First in, first out within a priority, the highest priority first, and what is taken at once in the order it came; with a
 * bound on how many items it holds and on what they take in memory.
 */
export class ItemQueue<T> {
  readonly #options: ItemQueueOptions<T>;
  readonly #lanes: readonly [Lane<T>, Lane<T>, Lane<T>] = [new Lane(), new Lane(), new Lane()];
  #size = 0;
  #bytes = 0;
  #sequence = 0;

  constructor(options: ItemQueueOptions<T>) {
    this.#options = options;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether an item of this size fits. One that is larger than the whole queue fits only when it is empty. */
  hasRoom(bytes: number): boolean {
    const { maxItems, maxBytes } = this.#options;
    return this.#size < maxItems && (this.#bytes + bytes <= maxBytes || this.#size === 0);
  }

  /** False when the item does not fit, not even in the place of a less important one. */
  add(item: T, bytes: number, priority: ItemPriority = 1): boolean {
    if (!this.hasRoom(bytes) && !this.#makeRoom(bytes, priority)) return false;
    this.#lanes[priority].add(item, bytes, this.#sequence++);
    this.#size++;
    this.#bytes += bytes;
    return true;
  }

  /** The first items: at most `maxItems`, at most `maxBytes`, but at least one where there is one. */
  take(maxItems: number, maxBytes: number): TakenItems<T> {
    const items: T[] = [];
    const sequences: number[] = [];
    let bytes = 0;
    let inOrder = true;
    for (const lane of this.#lanes) {
      inOrder &&= items.length === 0 || lane.size === 0;
      while (lane.size > 0 && items.length < maxItems) {
        const next = lane.oldestBytes;
        if (items.length > 0 && bytes + next > maxBytes) break;
        bytes += next;
        sequences.push(lane.oldestSequence);
        items.push(lane.takeOldest());
      }
      // The next lane has to wait until this one is empty.
      if (lane.size > 0) break;
    }
    this.#size -= items.length;
    this.#bytes -= bytes;
    // Who reads them finds children before their parents, as they ended.
    return { items: inOrder ? items : sortedBy(sequences, items), bytes };
  }

  /** At the expense of the least important items, but only if that is enough. */
  #makeRoom(bytes: number, priority: ItemPriority): boolean {
    const { whenFull, onEvicted, maxBytes } = this.#options;
    if (bytes > maxBytes) return false;
    const lowest = whenFull === 'drop_oldest' ? priority : priority + 1;
    const givingWay = this.#lanes.slice(lowest).toReversed();
    const available = givingWay.reduce((sum, lane) => sum + lane.bytes, 0);
    if (this.#bytes - available + bytes > maxBytes) return false;
    for (const lane of givingWay) {
      while (lane.size > 0 && !this.hasRoom(bytes)) {
        const newest = whenFull !== 'drop_oldest';
        const before = lane.bytes;
        const item = newest ? lane.takeNewest() : lane.takeOldest();
        this.#size--;
        this.#bytes -= before - lane.bytes;
        onEvicted?.(item);
      }
    }
    return this.hasRoom(bytes);
  }
}

function sortedBy<T>(sequences: readonly number[], items: readonly T[]): T[] {
  const order = sequences.map((_, index) => index);
  order.sort((a, b) => sequences[a]! - sequences[b]!);
  return order.map((index) => items[index]!);
}

/** The items of one priority, with what they take and in which order they came: no object for each of them. */
class Lane<T> {
  #items: (T | undefined)[] = [];
  #bytesOf: number[] = [];
  #sequences: number[] = [];
  #head = 0;
  bytes = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  get oldestBytes(): number {
    return this.#bytesOf[this.#head]!;
  }

  get oldestSequence(): number {
    return this.#sequences[this.#head]!;
  }

  add(item: T, bytes: number, sequence: number): void {
    this.#items.push(item);
    this.#bytesOf.push(bytes);
    this.#sequences.push(sequence);
    this.bytes += bytes;
  }

  takeOldest(): T {
    const item = this.#items[this.#head]!;
    // Or the queue would hold on to every item it ever had.
    this.#items[this.#head] = undefined;
    this.bytes -= this.#bytesOf[this.#head++]!;
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#bytesOf = this.#bytesOf.slice(this.#head);
      this.#sequences = this.#sequences.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  takeNewest(): T {
    this.bytes -= this.#bytesOf.pop()!;
    this.#sequences.pop();
    return this.#items.pop()!;
  }
}
