import type { FailureLog } from '@llm-otel/core';
import { isMixed, levelsOf } from '../batch/priorities.ts';
import type { ItemPriority, Priorities, TelemetryBatch } from '../batch/telemetry-batch.ts';
import type { DestinationSet } from '../destination-set.ts';
import { isSensitivity, type Sensitivity, UNCLASSIFIED } from '../spool/sensitivity.ts';

export interface BatchHandOverOptions<T> {
  readonly destinations: DestinationSet;
  readonly makeBatch: (
    items: readonly T[],
    byteEstimate: number,
    sensitivity: Sensitivity,
    priorities: Priorities,
  ) => TelemetryBatch;
  readonly sensitivityOf: ((item: T) => Sensitivity) | undefined;
  readonly priorityOf: (item: T) => ItemPriority;
  readonly failures: FailureLog;
}

/**
 * Gives items that are ready to every destination: one batch, or one for each sensitivity, and one for each priority while a destination
 * is in trouble: what it has no room for goes by priority.
 */
export class BatchHandOver<T> {
  readonly #options: BatchHandOverOptions<T>;
  #isHanding = false;
  #wasTaken = true;
  #held = 0;

  constructor(options: BatchHandOverOptions<T>) {
    this.#options = options;
  }

  /** True while a batch is handed on: its encoder cannot take another one in the middle of it. */
  get isHanding(): boolean {
    return this.#isHanding;
  }

  /** Items that were given and not handed to the destinations yet. */
  get held(): number {
    return this.#held;
  }

  /** Whether any destination took any of the last batch. */
  get wasTaken(): boolean {
    return this.#wasTaken;
  }

  hand(items: readonly T[], byteEstimate: number): void {
    if (items.length === 0) return;
    this.#isHanding = true;
    this.#held = items.length;
    try {
      this.#hand(items, byteEstimate);
    } finally {
      this.#isHanding = false;
      this.#held = 0;
    }
  }

  #hand(items: readonly T[], byteEstimate: number): void {
    const { destinations, makeBatch, sensitivityOf } = this.#options;
    const groups =
      sensitivityOf === undefined
        ? ([[UNCLASSIFIED, items]] as const)
        : this.#bySensitivity(items, sensitivityOf);
    for (const [sensitivity, members] of groups) {
      const parts = this.#parts(members, !destinations.isAtEase);
      for (const [priorities, part] of parts) {
        const share = (byteEstimate * part.length) / items.length;
        const batch = makeBatch(part, share, sensitivity, priorities);
        this.#held -= part.length;
        this.#wasTaken = destinations.hand(batch);
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
