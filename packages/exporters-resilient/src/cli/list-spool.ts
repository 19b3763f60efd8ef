import { type CliIo, ProgressLine } from '@llm-otel/core';
import { realFiles } from '../spool/disk/files.ts';
import { selectedLogs } from './selected-logs.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { type FoundLog, readEntries } from './spool-files.ts';
import { counted, formatBytes, table } from './table.ts';

interface Row {
  readonly destination: string;
  readonly signal: string;
  readonly sensitivity: string;
  /** Of dead letters: why. */
  readonly refused?: string | undefined;
  readonly records: number;
  readonly items: number;
  readonly bytes: number;
  readonly oldest: string | undefined;
  readonly inUse: boolean;
}

/** `spool ls` */
export async function listSpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const progress = new ProgressLine(io);
  const rows: Row[] = [];
  for (const log of logs) {
    const passed = (records: number): void =>
      progress.tell(`reading ${log.folder}: ${counted(records, 'record')}`);
    rows.push(await describe(log, io.signal, passed));
  }
  progress.done();
  if (io.signal.aborted) return INTERRUPTED;
  if (request.json) for (const row of rows) io.stdout.write(`${JSON.stringify(row)}\n`);
  else if (rows.length === 0) io.stdout.write('nothing waits\n');
  else
    io.stdout.write(
      table(
        [
          'destination',
          'signal',
          'sensitivity',
          'refused',
          'records',
          'items',
          'on disk',
          'oldest',
          'in use',
        ],
        rows.map((row) => [
          row.destination,
          row.signal,
          row.sensitivity,
          row.refused ?? '-',
          `${row.records}`,
          `${row.items}`,
          formatBytes(row.bytes),
          row.oldest ?? '-',
          row.inUse ? 'yes' : 'no',
        ]),
      ),
    );
  return 0;
}

async function describe(
  log: FoundLog,
  interrupted: AbortSignal,
  passed: (records: number) => void,
): Promise<Row> {
  const { destination, signal, sensitivity, refusedBecause: refused } = log.name;
  let records = 0;
  let items = 0;
  let oldest: number | undefined;
  for await (const entry of readEntries(realFiles, log, interrupted)) {
    passed(records);
    if (entry.kind !== 'record' || entry.settled) continue;
    records++;
    items += entry.header.items;
    oldest = Math.min(oldest ?? Infinity, entry.header.time);
  }
  return {
    destination,
    signal,
    sensitivity,
    ...(refused !== undefined && { refused }),
    records,
    items,
    bytes: log.bytes,
    oldest: oldest === undefined ? undefined : timeOf(oldest),
    inUse: log.inUse,
  };
}

/** The clock of the one who wrote it may have been anywhere. */
function timeOf(millis: number): string | undefined {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
