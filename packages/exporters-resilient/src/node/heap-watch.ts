import { type HeapBytes, heapBytesInUse, heapLimitBytes } from './heap-limit.ts';

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
// So does the height to which garbage gathers before one, of which nothing is known before the first.
const HIGHER = 1.25;
const FIRST_HEIGHT = 0.15;

/** What is watched. */
export interface WatchedHeap {
  /** Bytes that V8 allows the old generation. */
  readonly limit: number;
  readonly inUse: () => HeapBytes;
  /** Calls back behind each collection of the old generation. */
  readonly onCollection: (told: () => void) => void;
}

/**
 * Tells whether the heap is nearly full. V8 lets garbage gather until half of what is free is gone, so what is in use says little:
 * what counts is what the last collection of the old generation left. Where it left more than the one before, or more has gathered
 * since then than ever before, so does of that the share that stayed the last time, and what the young generation has room for: in a
 * small heap that is half of it, and all for garbage in an application that is well.
 */
export function heapWatch({ limit, inUse, onCollection }: WatchedHeap = ownHeap()): () => HeapUse {
  // An application may have all that it needs when it begins to be watched.
  let left = inUse().old;
  let surviving = 1;
  let peak = left;
  let isFilling = false;
  let highest = limit * FIRST_HEIGHT;
  onCollection(() => {
    const { old } = inUse();
    if (peak > left) surviving = Math.min(Math.max((old - left) / (peak - left), 0), 1);
    isFilling = old - left > limit * GROWN;
    if (!isFilling) highest = Math.max(highest, peak - left);
    left = old;
    peak = old;
  });
  return () => {
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
}

const ownHeap = (): WatchedHeap => ({
  limit: heapLimitBytes(),
  inUse: heapBytesInUse,
  onCollection: whenCollected,
});

/** Tells of each collection of the old generation, some turns of the event loop later, for as long as the callback is in use. */
function whenCollected(told: () => void): void {
  // Collections of the young generation alone leave it in peace.
  const registry = new FinalizationRegistry<undefined>(() => {
    told();
    registry.register({}, undefined);
  });
  registry.register({}, undefined);
}
