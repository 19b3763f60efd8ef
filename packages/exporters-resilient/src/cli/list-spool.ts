import { type CliIo, ProgressLine } from '@llm-otel/core';
import { realFiles } from '../spool/disk/files.ts';
import { selectedLogs } from './selected-logs.ts';
import type { SpoolRequest } from './spool-request.ts';
import { entriesOf, type FoundLog } from './spool-files.ts';
import { formatBytes, table } from './table.ts';

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
export function listSpool(request: SpoolRequest, io: CliIo): number {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const progress = new ProgressLine(io);
  const rows = logs.map((log) => {
    progress.tell(`reading ${log.folder}`);
    return describe(log);
  });
  progress.done();
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

function describe(log: FoundLog): Row {
  const { destination, signal, sensitivity, refusedBecause: refused } = log.name;
  let records = 0;
  let items = 0;
  let oldest: number | undefined;
  for (const entry of entriesOf(realFiles, log)) {
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
