import { join } from 'node:path';
import { createFile, errorCode, type Files } from './files.ts';
import { checksum } from './record-header.ts';

/** A place in a log: everything before it is settled. */
export interface Position {
  /** Number of the segment. */
  readonly segment: number;
  readonly offset: number;
  /** Of the record that starts here. */
  readonly sequence: number;
  readonly item: number;
}

/** What a log knows of itself beside its segments, so that it notices when those at either end are damaged or gone. */
export interface Cursor extends Position {
  /** Everything in front of it was written, and acknowledged. Of the record that comes next. */
  readonly end: Pick<Position, 'sequence' | 'item'>;
}

/** Of a log that has settled nothing and knows of no end. */
const START: Cursor = {
  segment: 0,
  offset: 0,
  sequence: 0,
  item: 0,
  end: { sequence: 0, item: 0 },
};

const NAME = 'cursor';
const TEMPORARY = 'cursor.new';

export const CURSOR_FILES: readonly string[] = [NAME, TEMPORARY];

/**
 * Replaces the cursor of a log at once: whoever reads it finds the old or the new one. One line of JSON, so that an
 * operator can read it, with a checksum: a cursor that is wrong would settle what was never sent. Throws what writing throws.
 */
export function writeCursor(files: Files, folder: string, cursor: Cursor, sync: boolean): void {
  const { segment, offset, sequence, item, end } = cursor;
  const crc = checksumOf(cursor);
  const temporary = join(folder, TEMPORARY);
  const fd = createFile(files, temporary, 'w');
  try {
    files.writeSync(fd, `${JSON.stringify({ segment, offset, sequence, item, end, crc })}\n`);
    if (sync) files.fdatasyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
  files.renameSync(temporary, join(folder, NAME));
}

/**
 * The cursor of a log; the very start where none was ever written, for nothing is deleted without one. Undefined when there
 * is one that cannot be read, and then everything there is has to be sent.
 */
export function readCursor(files: Files, folder: string): Cursor | undefined {
  try {
    const text = files.readFileSync(join(folder, NAME), 'utf8');
    const { crc, ...cursor } = JSON.parse(text) as Cursor & { readonly crc: number };
    return checksumOf(cursor) === crc ? cursor : undefined;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? START : undefined;
  }
}

function checksumOf({ segment, offset, sequence, item, end }: Cursor): number {
  return checksum(Buffer.from([segment, offset, sequence, item, end.sequence, end.item].join(' ')));
}
