import { type Clock, withTimeout } from '@llm-otel/core';
import type { DestinationSet } from './destination-set.ts';
import type { OpenSpool } from './spool/spool.ts';

const LONGEST_FOR_SPOOL_MILLIS = 500;

export interface ShutdownOptions {
  readonly timeoutMillis: number;
  readonly clock: Clock;
  readonly destinations: DestinationSet;
  readonly spool: OpenSpool | undefined;
  /** Hands over what there is, and waits until it is delivered or in the spool. */
  readonly flush: () => Promise<void>;
  /** Whether something has come meanwhile that a flush would hand over. */
  readonly hasMore: () => boolean;
  /** From now on nothing is taken. What has not left goes to the destinations, for the spool, or is counted. */
  readonly closed: () => void;
}

/**
 * The way every processor and exporter ends: it delivers until the deadline, and tries destinations that fail again and again, for
 * they may come back; what is left then goes into the spool, or is counted as `shutdown_timeout`. Done early
 * only when nothing is left, neither in memory nor in the spool. Never rejects.
 */
export async function shutDown(options: ShutdownOptions): Promise<void> {
  const { timeoutMillis, clock, destinations, spool, flush, hasMore, closed } = options;
  const deadline = clock.monotonicMillis() + timeoutMillis;
  // Redacting and writing what is left takes time as well.
  const forSpool = spool === undefined ? 0 : Math.min(timeoutMillis / 10, LONGEST_FOR_SPOOL_MILLIS);
  const left = (): number => Math.max(deadline - clock.monotonicMillis(), 0);
  const leftToDeliver = (): number => Math.max(left() - forSpool, 0);

  destinations.hurry(deadline - forSpool);
  // Only then is it closed: what comes meanwhile still belongs to it.
  let ended: unknown;
  do ended = await withTimeout(flush(), leftToDeliver(), clock);
  while (ended !== 'timeout' && hasMore() && leftToDeliver() > 0);
  // What is safe in the spool, and what an earlier process left there, is still to be delivered.
  if (spool !== undefined) await withTimeout(destinations.drained(), leftToDeliver(), clock);

  // What is on its way has half of the rest for its answer: cut off, it would be sent once more by the next process. Whoever waits for
  // this shutdown gives up at the deadline, and is to hear of its end before.
  const finished = destinations.finish();
  closed();
  if (spool !== undefined) {
    destinations.secure();
    await withTimeout(finished, Math.max(left() - forSpool / 2, 0), clock);
  }
  await withTimeout(destinations.close('shutdown_timeout'), left(), clock);
  spool?.close();
}
