import { join } from 'node:path';
import type { CliIo } from '@llm-otel/core';
import { attempt, namesIn, realFiles } from '../spool/disk/files.ts';
import { selectedLogs } from './selected-logs.ts';
import type { SpoolRequest } from './spool-command.ts';
import type { FoundLog } from './spool-files.ts';
import { counted, formatBytes } from './table.ts';

/** `spool purge` */
export function purgeSpool(request: SpoolRequest, io: CliIo): number {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const old = logs.filter((log) => isOldEnough(log, request.olderThanMillis));
  const used = old.filter(({ inUse }) => inUse);
  const free = old.filter(({ inUse }) => !inUse);
  let deleted = 0;
  let bytes = 0;
  for (const log of free) {
    const gone = !request.yes || attempt(() => realFiles.rmSync(log.folder, { recursive: true }));
    if (!gone) {
      io.stderr.write(`llm-otel spool: ${log.folder} cannot be deleted\n`);
      continue;
    }
    deleted++;
    bytes += log.bytes;
  }
  const verb = request.yes ? 'deleted' : 'would delete';
  io.stdout.write(
    request.json
      ? `${JSON.stringify({ deleted: request.yes, logs: deleted, bytes, inUse: used.length })}\n`
      : `${verb} ${counted(deleted, 'log')}, ${formatBytes(bytes)}${request.yes ? '' : ': say --yes to do it'}\n`,
  );
  if (used.length > 0)
    io.stderr.write(
      `llm-otel spool: in use by a process that runs: ${counted(used.length, 'log')}. End it first, or wait for maxAgeMillis\n`,
    );
  return used.length === 0 && deleted === free.length ? 0 : 1;
}

function isOldEnough(log: FoundLog, olderThanMillis: number | undefined): boolean {
  if (olderThanMillis === undefined) return true;
  let newest = 0;
  for (const file of namesIn(realFiles, log.folder))
    attempt(() => {
      newest = Math.max(newest, realFiles.statSync(join(log.folder, file)).mtimeMs);
    });
  return Date.now() - newest > olderThanMillis;
}
