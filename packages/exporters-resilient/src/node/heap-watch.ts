import { heapBytesInUse, heapLimitBytes } from './heap-limit.ts';

/** Bytes of the heap in use, and how many may be. */
export interface HeapUse {
  readonly used: number;
  readonly most: number;
  readonly isFull: boolean;
}

// Beyond four fifths V8 ends a process that spends most of its time on collecting, as one without much processor time soon does.
const MOST_LIVE = 0.75;
// It also ends one whose old generation has no room for all of the young one, after a collection.
const MOST_LIVE_AND_YOUNG = 0.9;
// What is in use may be alive, whatever was so before.
const MOST_USED_AND_YOUNG = 0.97;

/**
 * Tells whether the heap is nearly full. V8 lets garbage gather until half of what is free is gone, so what is in use says little:
 * what counts is what the last collection of the old generation left, and of what came since then the share that it left of what had
 * come before. Until one has been told of, all of it counts.
 */
export function heapWatch(): () => HeapUse {
  const limit = heapLimitBytes();
  let left = 0;
  let surviving = 1;
  let peak = 0;
  onCollection(() => {
    const { old } = heapBytesInUse();
    if (peak > left) surviving = Math.min(Math.max((old - left) / (peak - left), 0), 1);
    left = old;
    peak = old;
  });
  return () => {
    const { old, young } = heapBytesInUse();
    peak = Math.max(peak, old);
    const live = old > left ? left + (old - left) * surviving : old;
    const isFull =
      live > limit * MOST_LIVE ||
      live + young > limit * MOST_LIVE_AND_YOUNG ||
      old + young > limit * MOST_USED_AND_YOUNG;
    return { used: old + young, most: limit, isFull };
  };
}

/** Tells of each collection of the old generation, some turns of the event loop later, for as long as the callback is in use. */
function onCollection(told: () => void): void {
  // Collections of the young generation alone leave it in peace.
  const registry = new FinalizationRegistry<undefined>(() => {
    told();
    registry.register({}, undefined);
  });
  registry.register({}, undefined);
}
