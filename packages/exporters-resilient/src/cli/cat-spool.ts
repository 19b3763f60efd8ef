import type { CliIo } from '@llm-otel/core';
import { otlpJson } from '../json/otlp-json.ts';
import { realFiles } from '../spool/disk/files.ts';
import { selectedLogs } from './selected-logs.ts';
import { INTERRUPTED, type SpoolRequest } from './spool-request.ts';
import { readerReady } from './reader-ready.ts';
import { readEntries } from './spool-files.ts';

/** `spool cat` */
export async function catSpool(request: SpoolRequest, io: CliIo): Promise<number> {
  const all = selectedLogs(request, io);
  if (all === undefined) return 1;
  const logs = all.filter(({ name }) => request.deadLetters || name.refusedBecause === undefined);
  let damaged = 0;
  for (const log of logs) {
    for await (const entry of readEntries(realFiles, log, io.signal)) {
      if (entry.kind !== 'record' || (entry.settled && !request.all)) continue;
      const { payload } = entry;
      const line = payload && jsonOf(payload, log.name.signal);
      if (line === undefined) damaged++;
      else if (!io.stdout.write(`${line}\n`)) await readerReady(io.stdout, io.signal);
    }
  }
  if (io.signal.aborted) return INTERRUPTED;
  if (damaged > 0) io.stderr.write(`llm-otel spool: ${damaged} records are damaged and left out\n`);
  return damaged === 0 ? 0 : 1;
}

function jsonOf(payload: Uint8Array, signal: Parameters<typeof otlpJson>[1]): string | undefined {
  try {
    return otlpJson(payload, signal);
  } catch {
    return undefined;
  }
}
