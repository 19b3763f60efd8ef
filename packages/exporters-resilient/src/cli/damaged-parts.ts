import { join } from 'node:path';
import { readCursor } from '../spool/disk/cursor-file.ts';
import { attempt, type Files, readAt } from '../spool/disk/files.ts';
import { HEADER_BYTES } from '../spool/disk/record-header.ts';
import { type FoundLog, readEntries } from './spool-files.ts';

/** What waits in a log, as far as it can be read, and where it cannot. */
export interface Inventory {
  readonly records: number;
  readonly items: number;
  readonly damaged: readonly DamagedPart[];
}

export interface DamagedPart {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  /** As its header says; 0 where that is damaged as well. */
  readonly items: number;
}

// A damaged file may be large; a record should not be.
const MOST_AT_ONCE = 4 * 1024 * 1024;

/** Reads all of a log. `passed` is called now and then with the bytes read so far. */
export async function takeInventory(
  files: Files,
  log: FoundLog,
  interrupted: AbortSignal,
  passed: (bytes: number) => void,
): Promise<Inventory> {
  const cursor = readCursor(files, log.folder);
  const damaged: DamagedPart[] = [];
  let [records, items, bytes] = [0, 0, 0];
  for await (const entry of readEntries(files, log, interrupted)) {
    const path = join(log.folder, entry.segment);
    const { offset } = entry;
    const segment = Number.parseInt(entry.segment, 10);
    if (entry.kind === 'garbage') {
      const isPassed =
        cursor !== undefined &&
        (segment < cursor.segment || (segment === cursor.segment && offset < cursor.offset));
      if (!isPassed) damaged.push({ path, offset, bytes: entry.bytes, items: 0 });
      bytes += entry.bytes;
    } else {
      const { length, items: itemsOfRecord } = entry.header;
      bytes += HEADER_BYTES + length;
      if (!entry.settled && entry.payload === undefined)
        damaged.push({ path, offset, bytes: HEADER_BYTES + length, items: itemsOfRecord });
      else if (!entry.settled) {
        records++;
        items += itemsOfRecord;
      }
    }
    passed(bytes);
  }
  return { records, items, damaged };
}

/** The bytes of a damaged part, a few megabytes at a time. Throws what reading throws. */
export function* readPart(files: Files, { path, offset, bytes }: DamagedPart): Generator<Buffer> {
  const fd = files.openSync(path, 'r');
  try {
    for (let at = 0; at < bytes; at += MOST_AT_ONCE) {
      const read = readAt(files, fd, offset + at, Math.min(MOST_AT_ONCE, bytes - at));
      // A hole, or what a loss of power leaves: there is nothing in it.
      if (!read.equals(Buffer.alloc(read.length))) yield read;
    }
  } finally {
    attempt(() => files.closeSync(fd));
  }
}
