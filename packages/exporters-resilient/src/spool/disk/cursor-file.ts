import { join } from 'node:path';
import { attempt, createFile, type Files } from './files.ts';
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

const NAME = 'cursor';
const TEMPORARY = 'cursor.new';

export const CURSOR_FILES: readonly string[] = [NAME, TEMPORARY];

/**
 * Replaces the cursor of a log at once: whoever reads it finds the old or the new one. One line of JSON, so that an
 * operator can read it, with a checksum: a cursor that is wrong would settle what was never sent. Throws what writing throws.
 */
export function writeCursor(files: Files, folder: string, position: Position, sync: boolean): void {
  const { segment, offset, sequence, item } = position;
  const crc = checksumOf(position);
  const temporary = join(folder, TEMPORARY);
  const fd = createFile(files, temporary, 'w');
  try {
    files.writeSync(fd, `${JSON.stringify({ segment, offset, sequence, item, crc })}\n`);
    if (sync) files.fdatasyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
  files.renameSync(temporary, join(folder, NAME));
}

/** The cursor of a log; undefined when there is none that can be read, and then everything there is has to be sent. */
export function readCursor(files: Files, folder: string): Position | undefined {
  try {
    const text = files.readFileSync(join(folder, NAME), 'utf8');
    const { crc, ...position } = JSON.parse(text) as Position & { readonly crc: number };
    return checksumOf(position) === crc ? position : undefined;
  } catch {
    return undefined;
  }
}

export function removeCursor(files: Files, folder: string): void {
  for (const name of CURSOR_FILES) attempt(() => files.unlinkSync(join(folder, name)));
}

function checksumOf({ segment, offset, sequence, item }: Position): number {
  return checksum(Buffer.from([segment, offset, sequence, item].join(' ')));
}
