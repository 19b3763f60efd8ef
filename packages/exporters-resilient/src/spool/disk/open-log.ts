import type { LogClient } from './log-client.ts';
import type { LogName } from './log-name.ts';
import type { LogPolicy } from './log-policy.ts';
import type { RecordLog } from './record-log.ts';

/** A log that is ours at the moment. */
export interface OpenLog {
  readonly name: LogName;
  readonly folder: string;
  readonly log: RecordLog;
  /** Absent of dead letters, which nobody waits for. */
  readonly client: LogClient | undefined;
  readonly isAdopted: boolean;
  readonly policy: LogPolicy;
}

/** Drops the oldest segments until all logs together have no more than `maxBytes`. False when they cannot. */
export function shrink(logs: readonly OpenLog[], maxBytes: number): boolean {
  let bytes = logs.reduce((sum, { log }) => sum + log.bytes, 0);
  if (bytes <= maxBytes) return true;
  const oldestFirst = logs
    .flatMap(({ log }) => log.segments.map(({ size, newest }) => ({ log, size, newest })))
    .toSorted((a, b) => a.newest - b.newest);
  const drops = new Map<RecordLog, number>();
  for (const { log, size } of oldestFirst) {
    if (bytes <= maxBytes) break;
    drops.set(log, (drops.get(log) ?? 0) + 1);
    bytes -= size;
  }
  for (const [log, count] of drops) log.evictOldest('spool_full', count);
  return bytes <= maxBytes;
}

/** Drops the segments that are too old for the one who wrote them. */
export function expire({ log, policy }: OpenLog, now: number): void {
  const isOld = ({ newest }: { readonly newest: number }): boolean =>
    now - newest >= policy.maxAgeMillis;
  const firstKept = log.segments.findIndex((segment) => !isOld(segment));
  const count = firstKept < 0 ? log.segments.length : firstKept;
  if (count > 0) log.evictOldest('spool_expired', count);
}
