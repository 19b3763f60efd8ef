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
  readonly nextSequence: number;
  readonly nextItem: number;
}

const NAME = /^(\d{12})\.seg$/;

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(12, '0')}.seg`);
}

/** Looks at the segments in `folder`. Those without any record, or that cannot be read, are left out. */
export function loadSegments(files: Files, folder: string): LoadedSegments {
  const segments: Segment[] = [];
  for (const name of namesIn(files, folder)) {
    const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) continue;
    const segment = describe(files, segmentPath(folder, number), number);
    if (segment === undefined) continue;
    const before = segments.at(-1);
    if (before !== undefined) before.newest = segment.newest;
    segments.push(segment);
  }
  const last = segments.at(-1);
  return last === undefined
    ? { segments, nextSequence: 0, nextItem: 0 }
    : { segments, ...endOf(files, last) };
}

function describe(files: Files, path: string, number: number): Segment | undefined {
  try {
    const reader = new SegmentReader(files, path);
    try {
      let found = reader.find(0);
      if (found.kind === 'garbage') found = reader.find(found.next);
      if (found.kind !== 'record') return undefined;
      const { sequence, firstItem: item, time: newest } = found.header;
      return { number, path, size: files.statSync(path).size, sequence, item, newest };
    } finally {
      reader.close();
    }
  } catch {
    return undefined;
  }
}

/** Goes through the last segment to its end. */
function endOf(files: Files, segment: Segment): Omit<LoadedSegments, 'segments'> {
  let nextSequence = segment.sequence;
  let nextItem = segment.item;
  try {
    const reader = new SegmentReader(files, segment.path);
    try {
      for (let found = reader.find(0); found.kind !== 'end'; found = reader.find(found.next)) {
        if (found.kind === 'garbage') continue;
        const { sequence, firstItem, items, time } = found.header;
        nextSequence = Math.max(nextSequence, sequence + 1);
        nextItem = Math.max(nextItem, firstItem + items);
        segment.newest = Math.max(segment.newest, time);
      }
    } finally {
      reader.close();
    }
  } catch {
    // What cannot be read any further ends there.
  }
  return { nextSequence, nextItem };
}
