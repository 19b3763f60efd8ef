import type { Position } from './cursor.ts';
import type { Files } from './files.ts';
import type { RecordHeader } from './record-header.ts';
import { type Found, SegmentReader } from './segment-reader.ts';
import { type Segment, segmentPath } from './segments.ts';

/** A record in its place. */
export interface Placed {
  readonly at: Position;
  /** Where the next record starts, in the same segment. */
  readonly end: number;
  readonly header: RecordHeader;
}

/** The place behind it. */
export function endOf({ at, end, header }: Placed): Position {
  return {
    segment: at.segment,
    offset: end,
    sequence: at.sequence + 1,
    item: at.item + header.items,
  };
}

export interface LogWalkOptions {
  readonly files: Files;
  readonly folder: string;
  readonly failed: (what: string, error: unknown) => void;
}

/** Goes through the records of a log from a position on, past whatever is no record. Never throws. */
export class LogWalk {
  readonly #options: LogWalkOptions;
  readonly #segments: readonly Segment[];
  #reader: { readonly segment: number; readonly file: SegmentReader } | undefined;
  #position: Position;

  /** @param segments the segments of the log, oldest first; may change meanwhile */
  constructor(options: LogWalkOptions, segments: readonly Segment[], position: Position) {
    this.#options = options;
    this.#segments = segments;
    this.#position = position;
  }

  /** Of the next record. */
  get position(): Position {
    return this.#position;
  }

  moveTo(position: Position): void {
    this.#position = position;
  }

  /** The record at the position, which moves behind it. Undefined at the end of the log. */
  next(): Placed | undefined {
    for (;;) {
      const index = this.#segments.findIndex(({ number }) => number >= this.#position.segment);
      const segment = this.#segments[index];
      if (segment === undefined) return undefined;
      if (segment.number !== this.#position.segment) this.#goTo(segment.number, 0);
      const found = this.#find(segment.number, this.#position.offset);
      if (found.kind === 'garbage') {
        this.#goTo(segment.number, found.next);
        continue;
      }
      if (found.kind === 'record') {
        const { header, next: end } = found;
        const { sequence, firstItem: item } = header;
        const at = { segment: segment.number, offset: this.#position.offset, sequence, item };
        // A record from before the position would be a copy.
        const isNew = sequence >= this.#position.sequence;
        if (!isNew) {
          this.#goTo(segment.number, end);
          continue;
        }
        const placed = { at, end, header };
        this.#position = endOf(placed);
        return placed;
      }
      const next = this.#segments[index + 1];
      if (next === undefined) return undefined;
      this.#goTo(next.number, 0);
    }
  }

  /** What a record holds; undefined when it cannot be read. */
  payload({ at, header }: Placed): Uint8Array | undefined {
    try {
      return this.#readerOf(at.segment).payload(at.offset, header);
    } catch (error) {
      this.#options.failed('reading the spool', error);
      return undefined;
    }
  }

  /** Lets go of the file that is open, before it is deleted. */
  close(): void {
    this.#reader?.file.close();
    this.#reader = undefined;
  }

  #find(segment: number, offset: number): Found {
    try {
      return this.#readerOf(segment).find(offset);
    } catch (error) {
      this.#options.failed('reading the spool', error);
      return { kind: 'end', torn: 0 };
    }
  }

  #goTo(segment: number, offset: number): void {
    this.#position = { ...this.#position, segment, offset };
  }

  #readerOf(segment: number): SegmentReader {
    if (this.#reader?.segment !== segment) {
      this.close();
      const { files, folder } = this.#options;
      this.#reader = { segment, file: new SegmentReader(files, segmentPath(folder, segment)) };
    }
    return this.#reader.file;
  }
}
