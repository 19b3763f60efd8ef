import type { LossReason } from './hands.ts';
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
  while (bytes > maxBytes) {
    let oldest: RecordLog | undefined;
    for (const { log } of logs)
      if ((log.oldestSegmentTime ?? Infinity) < (oldest?.oldestSegmentTime ?? Infinity))
        oldest = log;
    const freed = oldest?.oldestSegmentBytes ?? 0;
    if (oldest?.evictOldest('spool_full') !== true) return false;
    bytes -= freed;
  }
  return true;
}

/** Drops the segments that are too old for the one who wrote them. */
export function expire({ log, policy }: OpenLog, now: number): void {
  const reason: LossReason = 'spool_expired';
  while (now - (log.oldestSegmentTime ?? now) >= policy.maxAgeMillis)
    if (!log.evictOldest(reason)) return;
}
