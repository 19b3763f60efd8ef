import type { ItemPriority } from '../batch/telemetry-batch.ts';

/** What goes when the buffer of a destination is full: as the queue in front of it does. */
export type WhenBufferFull = 'drop_newest' | 'drop_oldest';

/** What waits in memory, as far as it matters for who goes first. */
export interface Evictable {
  readonly payload: { readonly items: number; readonly byteLength: number };
  readonly priority: ItemPriority;
  readonly stored?: unknown;
}

/**
 * The parcels that give way to a new one of that priority, the least important first: less important ones from the newest on, with `drop_oldest`
 * those of the same priority too, from the oldest on. Undefined when all of them would not be enough.
 */
export function evictions<E extends Evictable>(
  waiting: readonly E[],
  needed: { readonly items: number; readonly bytes: number },
  priority: ItemPriority,
  whenFull: WhenBufferFull,
): readonly E[] | undefined {
  const lowest = whenFull === 'drop_oldest' ? priority : priority + 1;
  const oldestFirst = waiting.filter(
    (parcel) => parcel.priority >= lowest && parcel.stored === undefined,
  );
  const inTurn = whenFull === 'drop_oldest' ? oldestFirst : oldestFirst.toReversed();
  // A stable sort: within a priority the order stays.
  inTurn.sort((a, b) => b.priority - a.priority);
  const chosen: E[] = [];
  let { items, bytes } = needed;
  for (const parcel of inTurn) {
    if (items <= 0 && bytes <= 0) break;
    chosen.push(parcel);
    items -= parcel.payload.items;
    bytes -= parcel.payload.byteLength;
  }
  return items <= 0 && bytes <= 0 ? chosen : undefined;
}
