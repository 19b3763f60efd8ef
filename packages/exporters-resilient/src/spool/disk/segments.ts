import { join } from 'node:path';
import { type Files, namesIn } from './files.ts';
import { SegmentReader } from './segment-reader.ts';

/** One file of a log. */
export interface Segment {
  readonly number: number;
  readonly path: string;
  size: number;
  /** Of its first record. */
  readonly sequence: number;
  readonly item: number;
  /** No record in it is younger. Milliseconds since the Unix epoch. */
  newest: number;
}

/** The segments of a log, and how it would go on. */
export interface LoadedSegments {
  readonly segments: Segment[];
  /** Files that were read and hold no record. */
  readonly empty: readonly Readonly<Pick<Segment, 'number' | 'path' | 'size'>>[];
  readonly nextSequence: number;
  readonly nextItem: number;
  /** Of the file with the highest one, whatever is in it. */
  readonly lastNumber: number;
  /** Bytes behind the last record that are none. How many items they held only the cursor can know. */
  readonly torn: number;
}

const NAME = /^(\d{12})\.seg$/;

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(12, '0')}.seg`);
}

// 2020. A machine without a clock of its own starts in 1970, until it has asked for the time.
const EARLIEST = 1_577_836_800_000;

/** A time from a clock that was right; `now` where it was not: what was written then grows old from now on. */
export function plausibleTime(time: number, now: number): number {
  return time >= EARLIEST && time <= now ? time : now;
}

// The event loop belongs to the application.
const SEARCHED_AT_MOST = 32 * 1024 * 1024;

/**
 * Looks at the segments in `folder`. Those that cannot be read are left out, and so are those that begin with something
 * else than a record when there is more of that than can be searched in a short while.
 */
export function loadSegments(files: Files, folder: string, now: number): LoadedSegments {
  const segments: Segment[] = [];
  const written: number[] = [];
  const empty: Pick<Segment, 'number' | 'path' | 'size'>[] = [];
  let searched = 0;
  let lastNumber = 0;
  for (const name of namesIn(files, folder)) {
    const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    lastNumber = number;
    const path = segmentPath(folder, number);
    const found = describe(files, path, number, searched < SEARCHED_AT_MOST, (bytes) => {
      searched += bytes;
    });
    if (found === undefined) continue;
    if (found.sequence === undefined) {
      empty.push(found);
      continue;
    }
    const { writtenMillis, ...segment } = found;
    const before = segments.at(-1);
    if (before !== undefined) before.newest = segment.newest;
    segments.push(segment);
    written.push(writtenMillis);
  }
  const last = segments.at(-1);
  const end = last && endOf(files, last);
  for (const [index, segment] of segments.entries()) {
    const { newest } = segment;
    // A process keeps to the clock it found at its start. When that was corrected later, the file knows.
    const corrected = written[index]! > now ? newest : Math.max(newest, written[index]!);
    segment.newest = plausibleTime(corrected, now);
  }
  return end === undefined
    ? { segments, empty, lastNumber, nextSequence: 0, nextItem: 0, torn: 0 }
    : { segments, empty, lastNumber, ...end };
}

function describe(
  files: Files,
  path: string,
  number: number,
  maySearch: boolean,
  onSearched: (bytes: number) => void,
):
  | (Segment & { readonly writtenMillis: number })
  | (Pick<Segment, 'number' | 'path' | 'size'> & { readonly sequence?: never })
  | undefined {
  try {
    const reader = new SegmentReader(files, path);
    try {
      let header = reader.header(0);
      if (header === undefined) {
        if (!maySearch) return undefined;
        const found = reader.find(0);
        onSearched(found.kind === 'garbage' ? found.next : reader.size);
        if (found.kind === 'garbage') header = reader.header(found.next);
      }
      if (header === undefined) return { number, path, size: reader.size };
      const { sequence, firstItem: item, time: newest } = header;
      const { bytesOnDisk: size, writtenMillis } = reader;
      return { number, path, size, sequence, item, newest, writtenMillis };
    } finally {
      reader.close();
    }
  } catch {
    return undefined;
  }
}

/** Goes through the last segment to its end. */
function endOf(
  files: Files,
  segment: Segment,
): Pick<LoadedSegments, 'nextSequence' | 'nextItem' | 'torn'> {
  let torn = 0;
  let nextSequence = segment.sequence;
  let nextItem = segment.item;
  try {
    const reader = new SegmentReader(files, segment.path);
    try {
      let found = reader.find(0);
      for (; found.kind !== 'end'; found = reader.find(found.next)) {
        if (found.kind === 'garbage') continue;
        const { sequence, firstItem, items, time } = found.header;
        nextSequence = Math.max(nextSequence, sequence + 1);
        nextItem = Math.max(nextItem, firstItem + items);
        segment.newest = Math.max(segment.newest, time);
      }
      torn = found.torn;
    } finally {
      reader.close();
    }
  } catch {
    // What cannot be read any further ends there.
  }
  return { nextSequence, nextItem, torn };
}
