import { join } from 'node:path';
import { type Cursor, START } from './cursor.ts';
import { CURSOR_FILE, readCursor } from './cursor-file.ts';
import { attempt, type Files, isThere } from './files.ts';
import { loadSegments, type Segment } from './segments.ts';

export interface LoadLogOptions {
  readonly files: Files;
  readonly folder: string;
  readonly now: () => number;
  readonly failed: (what: string, error: unknown) => void;
}

/** A log as it was left. */
export interface LoadedLog {
  readonly segments: Segment[];
  /** Where to go on, and where it ends: the segments may say more, or less where the last of them are damaged or gone. */
  readonly cursor: Cursor;
  readonly lastNumber: number;
}

/** Looks at what is in the folder of a log. What is missing of it without anything to tell how much is told of. */
export function loadLog({ files, folder, now, failed }: LoadLogOptions): LoadedLog {
  const { segments, empty, lastNumber, torn, nextSequence, nextItem } = loadSegments(
    files,
    folder,
    now(),
  );
  // A log of which there is nothing has lost nothing.
  const isNew = lastNumber === 0 && !isThere(files, join(folder, CURSOR_FILE));
  const found = readCursor(files, folder) ?? (isNew ? START : undefined);
  const end = {
    sequence: Math.max(nextSequence, found?.end.sequence ?? 0),
    item: Math.max(nextItem, found?.end.item ?? 0),
  };
  const unknown = (what: string): void =>
    failed(
      'reading the spool',
      new Error(
        `${what}; how many items that costs, if any, cannot be known: llm-otel spool verify shows the place`,
      ),
    );
  if (found === undefined) unknown(`the cursor in ${folder} is damaged or gone`);
  // What was acknowledged of them is known where the cursor names an end behind the last record.
  const isEndKnown = end.item > nextItem;
  const behind = empty.filter(({ number }) => number > (segments.at(-1)?.number ?? 0));
  const bytes = behind.reduce((sum, { size }) => sum + size, torn);
  if (!isEndKnown && (torn > 0 || behind.length > 0))
    unknown(`${bytes} bytes at the end of ${folder} are no whole record`);
  for (const { path } of empty) attempt(() => files.unlinkSync(path));
  const [first] = segments;
  const { segment, offset, sequence, item, settled } = found ?? {
    segment: first?.number ?? 0,
    offset: 0,
    sequence: first?.sequence ?? end.sequence,
    item: first?.item ?? end.item,
    settled: [],
  };
  return {
    segments,
    cursor: { segment, offset, sequence, item, end, settled },
    // A place must not come to lie in another file.
    lastNumber: Math.max(lastNumber, segment, settled.at(-1)?.end.segment ?? 0),
  };
}
