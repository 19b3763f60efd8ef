import { join } from 'node:path';
import { type CliIo, ProgressLine } from '@llm-otel/core';
import { realFiles } from '../spool/disk/files.ts';
import { selectedLogs } from './selected-logs.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { readEntries } from './spool-files.ts';
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
    let expected: number | undefined;
    for await (const entry of readEntries(realFiles, log, io.signal)) {
      const file = join(log.folder, entry.segment);
      const { offset } = entry;
      progress.tell(`${records} records, ${problems.length} problems: ${file}`);
      if (entry.kind === 'garbage') {
        problems.push({ file, offset, problem: `${entry.bytes} bytes are no record` });
        continue;
      }
      records++;
      const { firstItem, items } = entry.header;
      if (expected !== undefined && firstItem > expected)
        problems.push({
          file,
          offset,
          problem: `${firstItem - expected} items are missing in front of it`,
        });
      expected = firstItem + items;
      if (entry.payload === undefined)
        problems.push({
          file,
          offset,
          problem: `a record of ${counted(items, 'item')} is damaged`,
        });
    }
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
