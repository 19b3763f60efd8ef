import type { Refusal, Stored } from '../../delivery/backlog.ts';
import type { StoredRequest } from '../spool.ts';
import type { TakenRecord } from './record-log-options.ts';

/** What of a log it takes to move records behind its end. */
export interface MovableLog {
  /** The sequence of the oldest record that is not settled. */
  oldestOpen(): number;
  next(): TakenRecord | undefined;
  put(request: StoredRequest, time: number): Stored | Refusal;
}

// As much as memory has of a log: what was taken out of turn, by its priority, may lie behind gigabytes of others.
const MOST_MOVED = 32 * 1024 * 1024;

/**
 * The cursor of a log is one position: of what lies behind the oldest record that is not settled it would forget what is settled. Those in
 * front of the last one that is settled are written once more, behind all others: who opens the log next gets only what nobody has taken.
 */
export function putBehind(log: MovableLog, lastSettled: number): void {
  const moved: Stored[] = [];
  let bytes = 0;
  while (log.oldestOpen() < lastSettled && bytes < MOST_MOVED) {
    const taken = log.next();
    if (taken === undefined) break;
    const stored = log.put(taken.request, taken.time);
    if ('refused' in stored) {
      taken.stored.rest();
      break;
    }
    taken.stored.settled(taken.request.items);
    moved.push(stored);
    bytes += taken.request.body.length;
  }
  for (const stored of moved) stored.rest();
}
