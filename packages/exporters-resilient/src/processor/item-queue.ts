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
  add(item: T, bytes: number, priority: SpanPriority = 1): boolean {
    if (!this.hasRoom(bytes) && !this.#makeRoom(bytes, priority)) return false;
    this.#lanes[priority].add({ item, bytes, sequence: this.#sequence++ });
    this.#size++;
    this.#bytes += bytes;
    return true;
  }

  /** The first items: at most `maxItems`, at most `maxBytes`, but at least one where there is one. */
  take(maxItems: number, maxBytes: number): TakenItems<T> {
    const taken: Queued<T>[] = [];
    let bytes = 0;
    for (const lane of this.#lanes) {
      while (lane.size > 0 && taken.length < maxItems) {
        const next = lane.oldest.bytes;
        if (taken.length > 0 && bytes + next > maxBytes) break;
        bytes += next;
        taken.push(lane.takeOldest());
      }
      // The next lane has to wait until this one is empty.
      if (lane.size > 0) break;
    }
    this.#size -= taken.length;
    this.#bytes -= bytes;
    // Who reads them finds children before their parents, as they ended.
    taken.sort((a, b) => a.sequence - b.sequence);
    return { items: taken.map(({ item }) => item), bytes };
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
        const { item, bytes: freed } = newest ? lane.takeNewest() : lane.takeOldest();
        this.#size--;
        this.#bytes -= freed;
        onEvicted?.(item);
      }
    }
    return this.hasRoom(bytes);
  }
}

interface Queued<T> {
  readonly item: T;
  readonly bytes: number;
  /** In which order they came. */
  readonly sequence: number;
}

/** The items of one priority. */
class Lane<T> {
  #entries: (Queued<T> | undefined)[] = [];
  #head = 0;
  bytes = 0;

  get size(): number {
    return this.#entries.length - this.#head;
  }

  get oldest(): Queued<T> {
    return this.#entries[this.#head]!;
  }

  add(entry: Queued<T>): void {
    this.#entries.push(entry);
    this.bytes += entry.bytes;
  }

  takeOldest(): Queued<T> {
    const { oldest } = this;
    // Or the queue would hold on to every item it ever had.
    this.#entries[this.#head++] = undefined;
    this.bytes -= oldest.bytes;
    if (this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return oldest;
  }

  takeNewest(): Queued<T> {
    const newest = this.#entries.pop()!;
    this.bytes -= newest.bytes;
    return newest;
  }
}
