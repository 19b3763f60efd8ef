import { join } from 'node:path';
import { type CliIo, ProgressLine } from '@llm-otel/core';
import type { Cursor } from '../spool/disk/cursor.ts';
import { readCursor } from '../spool/disk/cursor-file.ts';
import { realFiles } from '../spool/disk/files.ts';
import { SettledRanges } from '../spool/disk/settled-ranges.ts';
import { selectedLogs } from './selected-logs.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { type FoundLog, readEntries } from './spool-files.ts';
import { counted } from './table.ts';

interface Problem {
  readonly file: string;
  readonly offset: number;
  readonly problem: string;
}

/** `spool verify` */
export async function verifySpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const progress = new ProgressLine(io);
  const problems: Problem[] = [];
  let records = 0;
  for (const log of logs) {
    const cursor = readCursor(realFiles, log.folder);
    // What is settled may be gone.
    let expected = cursor?.item ?? Infinity;
    let lastGarbage: { readonly file: string; readonly offset: number } | undefined;
    if (cursor === undefined)
      problems.push({
        file: join(log.folder, 'cursor'),
        offset: 0,
        problem: 'it is damaged: what is missing at either end of the log is not known',
      });
    for await (const entry of readEntries(realFiles, log, io.signal)) {
      const file = join(log.folder, entry.segment);
      const { offset } = entry;
      progress.tell(`${records} records, ${problems.length} problems: ${file}`);
      if (entry.kind === 'garbage') {
        problems.push({ file, offset, problem: `${entry.bytes} bytes are no record` });
        lastGarbage = { file, offset };
        continue;
      }
      records++;
      const { firstItem, items } = entry.header;
      const missing = missingItems(log, cursor, expected, firstItem);
      if (missing > 0)
        problems.push({
          file,
          offset,
          problem: `${counted(missing, 'item')} missing in front of it`,
        });
      expected = firstItem + items;
      lastGarbage = undefined;
      if (entry.payload === undefined)
        problems.push({
          file,
          offset,
          problem: `a record of ${counted(items, 'item')} is damaged`,
        });
    }
    if (io.signal.aborted) break;
    const missing = missingItems(log, cursor, expected, cursor?.end.item ?? 0);
    if (missing > 0)
      problems.push({
        file: join(log.folder, 'cursor'),
        offset: 0,
        problem: `${counted(missing, 'item')} missing at the end of the log`,
      });
    else if (lastGarbage !== undefined)
      problems.push({
        ...lastGarbage,
        problem:
          'how many items were there is not known: a write that a kill cut off, or a record that was damaged later',
      });
  }
  progress.done();
  for (const { file, offset, problem } of problems)
    io.stdout.write(
      request.json
        ? `${JSON.stringify({ file, offset, problem })}\n`
        : `${file}, byte ${offset}: ${problem}\n`,
    );
  if (!request.json)
    io.stdout.write(
      `${counted(records, 'record')} in ${counted(logs.length, 'log')}, ${counted(problems.length, 'problem')}\n`,
    );
  if (io.signal.aborted) return INTERRUPTED;
  return problems.length === 0 ? 0 : 1;
}

/** Of the items from `from` up to `to` those that are not settled. */
function missingItems(
  { folder, inUse }: FoundLog,
  cursor: Cursor | undefined,
  from: number,
  to: number,
): number {
  const missing = openItems(cursor, from, to);
  // Its process may have delivered and deleted it while we read.
  return missing > 0 && inUse ? openItems(readCursor(realFiles, folder), from, to) : missing;
}

function openItems(cursor: Cursor | undefined, from: number, to: number): number {
  if (cursor === undefined) return to - from;
  const start = Math.max(from, cursor.item);
  return to - start - new SettledRanges(cursor.settled).itemsBetween(start, to);
}
