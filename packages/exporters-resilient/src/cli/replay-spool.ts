import { dirname } from 'node:path';
import { type CliIo, InvalidOptionError, ProgressLine } from '@llm-otel/core';
import { realFiles } from '../spool/disk/files.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';
import { type Inventory, takeInventory } from './damaged-parts.ts';
import { replayAdvice } from './replay-advice.ts';
import { ReplayReceiver } from './replay-receiver.ts';
import { DAMAGED, ReplaySession, type ReplayTotals } from './replay-session.ts';
import { selectedLogs } from './selected-logs.ts';
import type { FoundLog } from './spool-files.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { counted, formatBytes } from './table.ts';

const DEFAULT_ENDPOINT = 'http://localhost:4318';

/** `spool replay` */
export async function replaySpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const receivers = receiversFor(request, io);
  if (receivers === undefined) return 2;
  const found = selectedLogs(request, io);
  if (found === undefined) return 1;
  const logs = found.filter(({ name: { refusedBecause } }) =>
    request.deadLetters ? refusedBecause !== DAMAGED : refusedBecause === undefined,
  );
  const isOurs = ({ folder }: FoundLog): boolean =>
    dirname(folder) === spoolFolder(dirname(dirname(folder)));
  const free = logs.filter((log) => !log.inUse && isOurs(log));
  const used = logs.filter(({ inUse }) => inUse).length;
  const foreign = logs.filter((log) => !isOurs(log)).length;
  if (foreign > 0)
    io.stderr.write(
      `llm-otel spool: of another user, who has to replay them: ${counted(foreign, 'log')}\n`,
    );
  if (used > 0)
    io.stderr.write(
      `llm-otel spool: left to processes that run and have them: ${counted(used, 'log')}\n`,
    );

  const progress = new ProgressLine(io);
  const inventories = new Map<FoundLog, Inventory>();
  for (const log of free) {
    if (io.signal.aborted) break;
    const passed = (bytes: number): void =>
      progress.tell(`reading ${log.folder}: ${formatBytes(bytes)} of ${formatBytes(log.bytes)}`);
    inventories.set(log, await takeInventory(realFiles, log, io.signal, passed));
  }
  progress.done();
  if (io.signal.aborted) return INTERRUPTED;
  if (request.dryRun) {
    tellPlan(inventories, receivers, request, io);
    return 0;
  }

  const session = new ReplaySession(inventories, progress);
  const totals = await session.run(receivers, io.signal);
  progress.done();
  for (const receiver of receivers.values()) receiver.close();
  report(totals, used, request, io);
  if (io.signal.aborted) return INTERRUPTED;
  const refused = Object.values(totals.refused).reduce((sum, items) => sum + items, 0);
  return refused + totals.damaged + totals.left + totals.problems.length + used + foreign === 0
    ? 0
    : 1;
}

/** One for each signal; they connect when there is something to send. Undefined, with a word why, where they cannot be made. */
function receiversFor(
  { endpoint = DEFAULT_ENDPOINT, headers }: SpoolRequest,
  io: CliIo,
): Map<string, ReplayReceiver> | undefined {
  try {
    return new Map(
      (['traces', 'metrics', 'logs'] as const).map((signal) => [
        signal,
        new ReplayReceiver(signal, endpoint, headers, io.signal),
      ]),
    );
  } catch (error) {
    if (!(error instanceof InvalidOptionError)) throw error;
    io.stderr.write(`llm-otel spool: --endpoint or --header: ${error.message}\n`);
    return undefined;
  }
}

function tellPlan(
  inventories: ReadonlyMap<FoundLog, Inventory>,
  receivers: ReadonlyMap<string, ReplayReceiver>,
  { json }: SpoolRequest,
  io: CliIo,
): void {
  if (inventories.size === 0 && !json) io.stdout.write('nothing to send\n');
  for (const [{ name, folder, bytes }, { records, items, damaged }] of inventories) {
    const { destination, signal, sensitivity, refusedBecause: refused } = name;
    const url = receivers.get(signal)?.url;
    const kind = refused === undefined ? '' : `, refused before (${refused})`;
    io.stdout.write(
      json
        ? `${JSON.stringify({ folder, destination, signal, sensitivity, refused, records, items, damaged: damaged.length, bytes, url })}\n`
        : `would send ${counted(records, 'record')} of ${counted(items, 'item')} of ${destination} (${signal}, ${sensitivity}${kind}) to ${url}${damaged.length === 0 ? '' : `, and keep ${counted(damaged.length, 'damaged part')} as dead letters`}\n`,
    );
  }
}

function report(
  { delivered, refused, damaged, left, stopped, problems }: ReplayTotals,
  inUse: number,
  { json }: SpoolRequest,
  io: CliIo,
): void {
  const reasons = Object.entries(refused);
  const sum = reasons.reduce((total, [, items]) => total + items, 0);
  const why =
    sum === 0 ? '' : ` (${reasons.map(([reason, items]) => `${reason}: ${items}`).join(', ')})`;
  io.stdout.write(
    json
      ? `${JSON.stringify({ delivered, refused, damaged, left, inUse, stopped: stopped?.reason ?? null })}\n`
      : `${counted(delivered, 'item')} delivered, ${sum} refused${why}, ${damaged} damaged, ${left} left\n`,
  );
  if (sum + damaged > 0)
    io.stderr.write(
      'llm-otel spool: what was refused or is damaged is kept as dead letters: spool ls --dead-letters, spool cat --dead-letters, and spool replay --dead-letters once the receiver takes it\n',
    );
  for (const problem of problems) io.stderr.write(`llm-otel spool: ${problem}\n`);
  if (stopped !== undefined && !io.signal.aborted)
    io.stderr.write(`llm-otel spool: ${replayAdvice(stopped.url, stopped)}\n`);
  if (io.signal.aborted)
    io.stderr.write(
      'llm-otel spool: interrupted. What has not arrived is where it was: the same command goes on from there\n',
    );
}
