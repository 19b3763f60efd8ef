import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { type CliIo, ProgressLine } from '@llm-otel/core';
import { attempt, errorCode, namesIn, realFiles } from '../spool/disk/files.ts';
import { formatLogName } from '../spool/disk/log-name.ts';
import { canAsk, confirm } from './confirm.ts';
import { selectedLogs } from './selected-logs.ts';
import type { FoundLog } from './spool-files.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { counted, formatBytes } from './table.ts';

/** `spool purge` */
export async function purgeSpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const old = logs.filter((log) => isOldEnough(log, request.olderThanMillis));
  const used = old.filter(({ inUse }) => inUse);
  const free = old.filter(({ inUse }) => !inUse);
  const bytes = free.reduce((sum, log) => sum + log.bytes, 0);
  const what = `${counted(free.length, 'log')}, ${formatBytes(bytes)}`;
  const isWanted =
    !request.dryRun &&
    (request.yes ||
      (free.length > 0 && canAsk(io) && (await confirm(`Delete ${what}, for good?`, io))));
  if (io.signal.aborted) return INTERRUPTED;
  const deleted = isWanted ? remove(free, io) : [];
  const done = isWanted || request.dryRun || free.length === 0;
  report({ request, io, what, deleted, free, isWanted, used: used.length });
  if (io.signal.aborted) return INTERRUPTED;
  const all = !isWanted || deleted.length === free.length;
  return done && all && used.length === 0 ? 0 : 1;
}

interface Result {
  readonly request: SpoolRequest;
  readonly io: CliIo;
  readonly what: string;
  readonly deleted: readonly FoundLog[];
  readonly free: readonly FoundLog[];
  readonly isWanted: boolean;
  readonly used: number;
}

function report({ request, io, what, deleted, free, isWanted, used }: Result): void {
  const bytesOf = (logs: readonly FoundLog[]): number =>
    logs.reduce((sum, log) => sum + log.bytes, 0);
  const told = isWanted ? deleted : free;
  if (request.json)
    io.stdout.write(
      `${JSON.stringify({ deleted: isWanted, logs: told.length, bytes: bytesOf(told), inUse: used })}\n`,
    );
  else if (isWanted)
    io.stdout.write(
      `deleted ${counted(deleted.length, 'log')}, ${formatBytes(bytesOf(deleted))}\n`,
    );
  else io.stdout.write(`would delete ${what}${request.dryRun ? '' : ': say --yes to do it'}\n`);
  if (used > 0)
    io.stderr.write(
      `llm-otel spool: in use by a process that runs: ${counted(used, 'log')}. End it first, or wait for maxAgeMillis\n`,
    );
}

/** A log is taken out of everybody's sight first: nobody adopts half of it. */
function remove(logs: readonly FoundLog[], io: CliIo): FoundLog[] {
  const progress = new ProgressLine(io);
  const deleted: FoundLog[] = [];
  for (const log of logs) {
    if (io.signal.aborted) break;
    progress.tell(`deleting ${log.folder}`);
    const owner = `purged-${randomBytes(6).toString('hex')}`;
    const folder = join(dirname(log.folder), formatLogName({ ...log.name, owner }));
    try {
      realFiles.renameSync(log.folder, folder);
      realFiles.rmSync(folder, { recursive: true });
      deleted.push(log);
    } catch (error) {
      io.stderr.write(`llm-otel spool: ${log.folder} cannot be deleted (${errorCode(error)})\n`);
    }
  }
  progress.done();
  return deleted;
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
