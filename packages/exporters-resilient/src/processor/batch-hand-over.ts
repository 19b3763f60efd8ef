import type { FailureLog } from '@llm-otel/core';
import { isMixed, levelsOf } from '../batch/priorities.ts';
import type { BatchSource } from '../batch/batch-source.ts';
import type { GrowingBatch } from '../batch/growing-batch.ts';
import type { ItemPriority, Priorities, TelemetryBatch } from '../batch/telemetry-batch.ts';
import type { DestinationSet } from '../destination-set.ts';
import type { ScopedItem } from '../encode/grouped-encoder.ts';
import { isSensitivity, type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';

export interface BatchHandOverOptions<T extends ScopedItem> {
  readonly destinations: DestinationSet;
  readonly batches: BatchSource<T>;
  readonly sensitivityOf: ((item: T) => Sensitivity) | undefined;
  readonly priorityOf: (item: T) => ItemPriority;
  readonly failures: FailureLog;
}

const NOTHING = { items: 0, byteEstimate: 0 };

/**
 * Gives items that are ready to every destination: one batch, or one for each sensitivity, and one for each priority while a destination
 * is in trouble: what it has no room for goes by priority.
 */
export class BatchHandOver<T extends ScopedItem> {
  readonly #options: BatchHandOverOptions<T>;
  #isHanding = false;
  #wasTaken = true;
  #held = 0;
  #growing: GrowingBatch<T> | undefined;

  constructor(options: BatchHandOverOptions<T>) {
    this.#options = options;
  }

  /** True while a batch is handed on: its encoder cannot take another one in the middle of it. */
  get isHanding(): boolean {
    return this.#isHanding;
  }

  /** Items that were given and not handed to the destinations yet. */
  get held(): number {
    return this.#held + this.grown.items;
  }

  /** The batch that grows: how many items it has, and about how many bytes. */
  get grown(): { readonly items: number; readonly byteEstimate: number } {
    return this.#growing ?? NOTHING;
  }

  /** Whether a batch may grow: what is encoded as it comes is sorted by nothing any more. */
  get mayGrow(): boolean {
    const { destinations, sensitivityOf } = this.#options;
    return sensitivityOf === undefined && destinations.takesRequests && destinations.isAtEase;
  }

  /** Whether any destination took any of the last batch. */
  get wasTaken(): boolean {
    return this.#wasTaken;
  }

  /**
   * Encodes items for a batch that {@link handGrown} hands on. An object of the SDK that is gone before the next garbage collection costs
   * a third of one that lives through it, and what has just been written is still in the cache of the processor.
   */
  grow(items: readonly T[], byteEstimate: number): void {
    if (items.length === 0) return;
    const growing = (this.#growing ??= this.#options.batches.growing());
    this.#whileBusy(() =>
      growing.add(items, byteEstimate, (index) => this.#options.priorityOf(items[index]!)),
    );
  }

  /** Gives the batch that has grown to every destination. */
  handGrown(): void {
    const batch = this.#growing;
    if (batch === undefined) return;
    this.#growing = undefined;
    this.#whileBusy(() => this.#give(batch));
  }

  /** Forgets the batch that has grown. Returns how many items it had. */
  abandon(): number {
    const { items } = this.grown;
    this.#growing = undefined;
    return items;
  }

  hand(items: readonly T[], byteEstimate: number): void {
    if (items.length === 0) return;
    // Came before, and the encoder is for one batch at a time.
    this.handGrown();
    this.#held = items.length;
    try {
      this.#whileBusy(() => this.#hand(items, byteEstimate));
    } finally {
      this.#held = 0;
    }
  }

  #whileBusy(work: () => void): void {
    this.#isHanding = true;
    try {
      work();
    } finally {
      this.#isHanding = false;
    }
  }

  #give(batch: TelemetryBatch): void {
    this.#wasTaken = this.#options.destinations.hand(batch);
  }

  #hand(items: readonly T[], byteEstimate: number): void {
    const { destinations, batches, sensitivityOf } = this.#options;
    const groups =
      sensitivityOf === undefined
        ? ([[UNCLASSIFIED, items]] as const)
        : this.#bySensitivity(items, sensitivityOf);
    for (const [sensitivity, members] of groups) {
      const parts = this.#parts(members, !destinations.isAtEase);
      for (const [priorities, part] of parts) {
        const share = (byteEstimate * part.length) / items.length;
        const batch = batches.whole(part, share, sensitivity, priorities);
        this.#held -= part.length;
        this.#give(batch);
      }
    }
  }

  /** All of them, with the priority of each; or those of each priority, the most important first. */
  #parts(items: readonly T[], isByPriority: boolean): (readonly [Priorities, readonly T[]])[] {
    const { priorityOf } = this.#options;
    const priorities = items.map((item) => priorityOf(item));
    if (!isMixed(priorities)) return [[priorities[0] ?? 1, items]];
    if (!isByPriority) return [[priorities, items]];
    return levelsOf(priorities).map((level) => [
      level,
      items.filter((_, index) => priorities[index] === level),
    ]);
  }

  #bySensitivity(
    items: readonly T[],
    sensitivityOf: (item: T) => Sensitivity,
  ): Map<Sensitivity, T[]> {
    const groups = new Map<Sensitivity, T[]>();
    for (const item of items) {
      // Who cannot say what it is, or names a class that there is not, should not say that it is harmless.
      const said: unknown = this.#options.failures.guard('classifying an item', () =>
        sensitivityOf(item),
      );
      const sensitivity = isSensitivity(said) ? said : 'restricted';
      const members = groups.get(sensitivity);
      if (members === undefined) groups.set(sensitivity, [item]);
      else members.push(item);
    }
    return groups;
  }
}
