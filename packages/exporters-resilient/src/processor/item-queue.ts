import type { SpanPriority } from './span-priority.ts';

export interface TakenItems<T> {
  readonly items: T[];
  readonly bytes: number;
}

export interface ItemQueueOptions<T> {
  readonly maxItems: number;
  readonly maxBytes: number;
  /** Which item goes when one of the same priority has no room. */
  readonly whenFull?: 'drop_newest' | 'drop_oldest' | undefined;
  /** An item of lower or the same priority lost its place. */
  readonly onEvicted?: ((item: T) => void) | undefined;
}

/**
 * First in, first out within a priority, the highest priority first, with a bound on how many items it holds and on
 * what they take in memory.
 */
export class ItemQueue<T> {
  readonly #options: ItemQueueOptions<T>;
  readonly #lanes: readonly [Lane<T>, Lane<T>, Lane<T>] = [new Lane(), new Lane(), new Lane()];
  #size = 0;
  #bytes = 0;

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
  add(item: T, bytes: number, priority: SpanPriority = 1): boolean {
    if (!this.hasRoom(bytes) && !this.#makeRoom(bytes, priority)) return false;
    this.#lanes[priority].add(item, bytes);
    this.#size++;
    this.#bytes += bytes;
    return true;
  }

  /** The first items: at most `maxItems`, at most `maxBytes`, but at least one where there is one. */
  take(maxItems: number, maxBytes: number): TakenItems<T> {
    const items: T[] = [];
    let bytes = 0;
    for (const lane of this.#lanes) {
      while (lane.size > 0 && items.length < maxItems) {
        const next = lane.oldestBytes;
        if (items.length > 0 && bytes + next > maxBytes) return this.#taken(items, bytes);
        bytes += next;
        items.push(lane.takeOldest());
      }
    }
    return this.#taken(items, bytes);
  }

  #taken(items: T[], bytes: number): TakenItems<T> {
    this.#size -= items.length;
    this.#bytes -= bytes;
    return { items, bytes };
  }

  /** At the expense of the least important items, but only if that is enough. */
  #makeRoom(bytes: number, priority: SpanPriority): boolean {
    const { whenFull, onEvicted, maxBytes } = this.#options;
    if (bytes > maxBytes) return false;
    const lowest = whenFull === 'drop_oldest' ? priority : priority + 1;
    const givingWay = this.#lanes.slice(lowest).toReversed();
    const available = givingWay.reduce((sum, lane) => sum + lane.bytes, 0);
    if (this.#bytes - available + bytes > maxBytes) return false;
    for (const lane of givingWay) {
      while (lane.size > 0 && !this.hasRoom(bytes)) {
        const newest = whenFull !== 'drop_oldest';
        const freed = newest ? lane.newestBytes : lane.oldestBytes;
        const item = newest ? lane.takeNewest() : lane.takeOldest();
        this.#size--;
        this.#bytes -= freed;
        onEvicted?.(item);
      }
    }
    return this.hasRoom(bytes);
  }
}

/** The items of one priority. */
class Lane<T> {
  #items: (T | undefined)[] = [];
  #sizes: number[] = [];
  #head = 0;
  bytes = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  get oldestBytes(): number {
    return this.#sizes[this.#head]!;
  }

  get newestBytes(): number {
    return this.#sizes.at(-1)!;
  }

  add(item: T, bytes: number): void {
    this.#items.push(item);
    this.#sizes.push(bytes);
    this.bytes += bytes;
  }

  takeOldest(): T {
    const item = this.#items[this.#head]!;
    // Or the queue would hold on to every item it ever had.
    this.#items[this.#head] = undefined;
    this.bytes -= this.#sizes[this.#head]!;
    this.#head++;
    if (this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#sizes = this.#sizes.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  takeNewest(): T {
    this.bytes -= this.#sizes.pop()!;
    return this.#items.pop()!;
  }
}
