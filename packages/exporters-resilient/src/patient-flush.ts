import { type Clock, withTimeout } from '@llm-otel/core';

const LAST_STRETCH_MILLIS = 50;

/** How much of a flush is left, where there is a spool, to put what is in memory into it by the deadline. */
export function lastStretchOf(timeoutMillis: number): number {
  return Math.min(timeoutMillis / 5, LAST_STRETCH_MILLIS);
}

export interface FlushPatience {
  /** The longest it may take. */
  readonly timeoutMillis: number;
  /** The longest while a receiver is in trouble. */
  readonly troubledMillis: number;
  readonly clock: Clock;
}

/**
 * Waits for a flush; less long while a receiver is in trouble, for the readers and processors of OpenTelemetry flush an exporter first and
 * shut it down then: both waits have to fit into the grace period of a process. Tells whether it was not finished.
 */
export async function patientFlush(
  flushed: Promise<unknown>,
  idleOrTroubled: () => Promise<void>,
  { timeoutMillis, troubledMillis, clock }: FlushPatience,
): Promise<'finished' | 'timeout'> {
  const finished = flushed.then(() => 'finished' as const);
  const first = Math.min(timeoutMillis, troubledMillis);
  const ended = await withTimeout(finished, first, clock);
  if (ended !== 'timeout' || first === timeoutMillis) return ended;
  const hopeless = idleOrTroubled().then(() => 'timeout' as const);
  return withTimeout(Promise.race([finished, hopeless]), timeoutMillis - first, clock);
}
