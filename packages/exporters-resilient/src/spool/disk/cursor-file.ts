import { join } from 'node:path';
import { attempt, createFile, type Files } from './files.ts';

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
 * operator can read it. Throws what writing throws.
 */
export function writeCursor(files: Files, folder: string, position: Position, sync: boolean): void {
  const { segment, offset, sequence, item } = position;
  const temporary = join(folder, TEMPORARY);
  const fd = createFile(files, temporary, 'w');
  try {
    files.writeSync(fd, `${JSON.stringify({ segment, offset, sequence, item })}\n`);
    if (sync) files.fdatasyncSync(fd);
  } finally {
    files.closeSync(fd);
  }
  files.renameSync(temporary, join(folder, NAME));
}

/** The cursor of a log; undefined when there is none that can be read, and then everything there is has to be sent. */
export function readCursor(files: Files, folder: string): Position | undefined {
  try {
    const found = JSON.parse(files.readFileSync(join(folder, NAME), 'utf8')) as Position;
    const { segment, offset, sequence, item } = found;
    return [segment, offset, sequence, item].every(
      (count) => Number.isSafeInteger(count) && count >= 0,
    )
      ? { segment, offset, sequence, item }
      : undefined;
  } catch {
    return undefined;
  }
}

export function removeCursor(files: Files, folder: string): void {
  for (const name of CURSOR_FILES) attempt(() => files.unlinkSync(join(folder, name)));
}
