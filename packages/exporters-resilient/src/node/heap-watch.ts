import { type HeapBytes, heapBytesInUse, heapLimitBytes } from './heap-limit.ts';
import { whenCollected } from './when-collected.ts';

/** Bytes of the heap in use, and how many may be. */
export interface HeapUse {
  readonly used: number;
  readonly most: number;
  readonly isFull: boolean;
}

// Beyond four fifths V8 ends a process that spends most of its time on collecting, as one without much processor time soon does.
const MOST_LIVE = 0.75;
// It also ends one whose old generation has no room for all of the young one that is still alive, after a collection.
const MOST_LIVE_AND_YOUNG = 0.9;
// What is in use may be alive, whatever was so before.
const MOST_USED = 0.97;
// What a collection left varies by less where an application is well.
const GROWN = 0.05;
// In a small heap collections follow each other closely: one alone, behind which little has gathered, says nothing about growth.
const TELLING = 0.1;
// So does the height to which garbage gathers before one, of which nothing is known before the first.
const HIGHER = 1.25;
const FIRST_HEIGHT = 0.15;
// So many collections that left hardly more than the least of them say that it does not grow, however little gathers in between: of
// what is young little is alive then.
const CALM_COLLECTIONS = 4;
const CALM = 0.01;

/** What is watched. */
export interface WatchedHeap {
  /** Bytes that V8 allows the old generation. */
  readonly limit: number;
  readonly inUse: () => HeapBytes;
  /** Calls back behind each collection of the old generation, for as long as what it returns is held. */
  readonly onCollection: (told: () => void) => unknown;
}

/**
 * Tells whether the heap is nearly full. V8 lets garbage gather until half of what is free is gone, so what is in use says little:
 * what counts is what the last collection of the old generation left. Where the last ones left more and more, or more has gathered
 * since then than ever before, so does of that the share that stayed with them, and what the young generation has room for: in a
 * small heap that is half of it, and all for garbage in an application that is well.
 */
export function heapWatch({ limit, inUse, onCollection }: WatchedHeap): () => HeapUse {
  // An application may have all that it needs when it begins to be watched.
  let left = inUse().old;
  // The first collection has all that was garbage of the start of a process: two tell.
  let share = 1;
  let surviving = 1;
  let peak = left;
  let isFilling = false;
  let gathered = 0;
  let stayed = 0;
  let least = left;
  let calm = 0;
  let highest = limit * FIRST_HEIGHT;
  const collections = onCollection(() => {
    const { old } = inUse();
    gathered += Math.max(peak, old) - left;
    stayed += old - left;
    if (gathered > limit * TELLING) {
      const before = share;
      share = Math.max(stayed / gathered, 0);
      surviving = Math.max(share, before);
      isFilling = stayed > limit * GROWN;
      gathered = 0;
      stayed = 0;
    }
    const isCalm = old < least + limit * CALM;
    least = isCalm ? Math.min(least, old) : old;
    calm = isCalm ? calm + 1 : 0;
    if (calm >= CALM_COLLECTIONS) isFilling = false;
    if (!isFilling) highest = Math.max(highest, peak - left);
    left = old;
    peak = old;
  });
  const look = (): HeapUse => {
    const { old, young } = inUse();
    peak = Math.max(peak, old);
    const growsOn = isFilling || old - left > highest * HIGHER;
    const live = growsOn ? left + (old - left) * surviving : Math.min(left, old);
    const isFull =
      live > limit * MOST_LIVE ||
      old > limit * MOST_USED ||
      (growsOn && (live + young > limit * MOST_LIVE_AND_YOUNG || old + young > limit * MOST_USED));
    return { used: old + young, most: limit, isFull };
  };
  // Whoever looks holds them, and nobody else does.
  return Object.assign(look, { collections });
}

/** The heap of this process, started with `nodeOptions`. */
export const ownHeap = (nodeOptions: string | undefined): WatchedHeap => ({
  limit: heapLimitBytes(nodeOptions),
  inUse: heapBytesInUse,
  onCollection: whenCollected,
});
