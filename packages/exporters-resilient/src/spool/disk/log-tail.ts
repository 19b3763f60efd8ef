import type { Fsync } from '../disk-spool-options.ts';
import { type Files, syncFolder } from './files.ts';
import type { RecordHeader } from './record-header.ts';
import { SegmentWriter, type Written } from './segment-writer.ts';
import { type Segment, segmentPath } from './segments.ts';

export interface LogTailOptions {
  readonly files: Files;
  readonly folder: string;
  readonly segmentBytes: number;
  readonly fsync: Fsync;
  readonly failed: (what: string, error: unknown) => void;
}

/** The end of a log, where it grows: in a segment of its own after every start, for the last one may end torn. */
export class LogTail {
  readonly #options: LogTailOptions;
  readonly #segments: Segment[];
  #writer: SegmentWriter | undefined;
  #since = 0;
  #nextNumber: number;
  /** Files whose names may not be on the disk itself yet. */
  #unnamed = 0;

  /** @param segments the segments of the log, to which new ones are added */
  constructor(options: LogTailOptions, segments: Segment[], nextNumber: number) {
    this.#options = options;
    this.#segments = segments;
    this.#nextNumber = nextNumber;
  }

  /** Appends a record or nothing. Throws what creating a file or writing throws. */
  append(
    header: RecordHeader,
    parts: readonly Uint8Array[],
  ): Written & { readonly segment: number } {
    const bytes = parts.reduce((sum, { length }) => sum + length, 0);
    const before = this.#writer;
    if (before?.isBroken || (before && before.size + bytes > this.#options.segmentBytes))
      this.end();
    const writer = this.#writer ?? this.#start(header);
    const segment = this.#segments.at(-1)!;
    const written = writer.append(parts, this.#options.fsync === 'always');
    segment.size = written.end;
    segment.newest = header.time;
    return { ...written, segment: segment.number };
  }

  /** The next record starts a new segment, when this one is of before `time`. */
  endOlderThan(time: number): void {
    if (this.#writer !== undefined && this.#since <= time) this.end();
  }

  /** Throws what syncing throws. */
  sync(): void {
    this.#writer?.sync();
    if (this.#unnamed > 0) syncFolder(this.#options.files, this.#options.folder, 'always');
    this.#unnamed = 0;
  }

  /** What was appended so far is on its way to the disk itself. */
  syncAside(): void {
    this.#writer?.syncAside((error) => this.#options.failed('syncing the spool', error));
  }

  /** The next record starts a new segment. */
  end(): void {
    // After this nobody asks any more whether it is synced.
    if (this.#options.fsync === 'interval') this.syncAside();
    this.discard();
  }

  /** The same where the segment is about to be deleted. */
  discard(): void {
    this.#writer?.close();
    this.#writer = undefined;
  }

  #start({ sequence, firstItem: item, time }: RecordHeader): SegmentWriter {
    const { files, folder, fsync } = this.#options;
    const number = this.#nextNumber++;
    const path = segmentPath(folder, number);
    const writer = new SegmentWriter(files, path);
    // A file whose name is lost is lost as a whole.
    if (fsync === 'interval') this.#unnamed++;
    syncFolder(files, folder, fsync, () => this.#unnamed--);
    this.#writer = writer;
    this.#since = time;
    this.#segments.push({ number, path, size: 0, sequence, item, newest: time });
    return writer;
  }
}
