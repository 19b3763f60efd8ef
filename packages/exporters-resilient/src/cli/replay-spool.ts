import { dirname } from 'node:path';
import {
  type CliIo,
  DestinationLedger,
  FailureLog,
  ProgressLine,
  type Signal,
  systemClock,
  total,
} from '@llm-otel/core';
import { failureCode } from '../delivery/failure-code.ts';
import { nodeTransport } from '../node/index.ts';
import { otlpDestination } from '../otlp/otlp-destination.ts';
import { spoolFolder } from '../spool/disk/spool-folder.ts';
import { diskSpool } from '../spool/disk-spool.ts';
import type { Transport } from '../transport/transport.ts';
import { selectedLogs } from './selected-logs.ts';
import type { SpoolRequest } from './spool-command.ts';
import type { FoundLog } from './spool-files.ts';
import { counted } from './table.ts';

const LOOK_MILLIS = 50;
// A receiver that cannot be reached for so long will not come back while somebody waits at a terminal.
const PATIENCE_MILLIS = 15_000;

/** `spool replay` */
export async function replaySpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const logs = selectedLogs(request, io);
  if (logs === undefined) return 1;
  const isOurs = ({ folder }: FoundLog): boolean =>
    dirname(folder) === spoolFolder(dirname(dirname(folder)));
  const free = logs.filter((log) => !log.inUse && isOurs(log));
  const foreign = logs.filter((log) => !isOurs(log)).length;
  if (foreign > 0)
    io.stderr.write(
      `llm-otel spool: of another user, who has to replay them: ${counted(foreign, 'log')}\n`,
    );
  const kinds = new Map(
    free.map((log) => [`${dirname(log.folder)} ${log.name.destination} ${log.name.signal}`, log]),
  );
  const result = { delivered: 0, rejected: 0, dropped: 0, left: 0 };
  const failures = new Set<string>();
  for (const { folder, name } of kinds.values()) {
    const ledger = new DestinationLedger();
    const failed = (why: string): void => void failures.add(why);
    const { destination, signal } = name;
    await replay(dirname(dirname(folder)), destination, signal, ledger, failed, request, io);
    const { exported, rejected, dropped, spooled, inFlight } = ledger.snapshot();
    result.delivered += exported;
    result.rejected += total(rejected);
    result.dropped += total(dropped);
    result.left += spooled + inFlight;
  }
  const used = logs.filter(({ inUse }) => inUse).length;
  io.stdout.write(
    request.json
      ? `${JSON.stringify({ ...result, inUse: used })}\n`
      : `${result.delivered} items delivered, ${result.rejected} rejected, ${result.dropped} unreadable, ${result.left} left\n`,
  );
  for (const failure of failures) io.stderr.write(`llm-otel spool: ${failure}\n`);
  if (used > 0)
    io.stderr.write(
      `llm-otel spool: of processes that run and deliver them: ${counted(used, 'log')}\n`,
    );
  return result.rejected + result.dropped + result.left + foreign === 0 ? 0 : 1;
}

async function replay(
  directory: string,
  destination: string,
  signal: Signal,
  ledger: DestinationLedger,
  failed: (why: string) => void,
  { endpoint = 'http://localhost:4318', headers }: SpoolRequest,
  io: CliIo,
): Promise<void> {
  const failures = new FailureLog();
  const clock = systemClock;
  // Age does not matter to somebody who asks for it.
  const spool = diskSpool({ directory, maxAgeMillis: Number.MAX_SAFE_INTEGER }).open({
    clock,
    failures,
  });
  const receiver = otlpDestination({
    name: destination,
    url: `${endpoint.replace(/\/$/, '')}/v1/${signal}`,
    headers,
    compression: 'gzip',
    transport: watched(nodeTransport(), failed),
  }).open({
    signal,
    ledger,
    retry: { maxDelayMillis: 2000 },
    buffer: undefined,
    backlog: (codec) => spool.backlog({ destination, signal, ledger, codec }),
    clock,
    random: Math.random,
    failures,
  });
  const progress = new ProgressLine(io);
  let settled = -1;
  for (let quietSince = clock.monotonicMillis(); !io.signal.aborted;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLIS));
    const { recovered, exported, rejected, dropped, spooled, inFlight } = ledger.snapshot();
    const done = exported + total(rejected) + total(dropped);
    progress.tell(`${destination} ${signal}: ${done} of ${recovered}`);
    if (recovered > 0 && spooled + inFlight === 0) break;
    if (done !== settled) [settled, quietSince] = [done, clock.monotonicMillis()];
    if (clock.monotonicMillis() - quietSince > PATIENCE_MILLIS) break;
  }
  progress.done();
  await receiver.close('replay_ended');
  spool.close();
}

/** Somebody at a terminal wants to know what the receiver said. */
function watched(inner: Transport, failed: (why: string) => void): Transport {
  return {
    ...inner,
    async send(request) {
      try {
        const response = await inner.send(request);
        if (response.status >= 300) failed(`${request.url}: HTTP ${response.status}`);
        return response;
      } catch (error) {
        failed(`${request.url}: ${failureCode(error)}`);
        throw error;
      }
    },
  };
}
