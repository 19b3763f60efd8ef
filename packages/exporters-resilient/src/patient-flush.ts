import { type Clock, withTimeout } from '@llm-otel/core';

// So much of a flush is left to put what is in memory into the spool by the deadline.
const LAST_STRETCH_MILLIS = 50;

export interface FlushPatience {
  /** The longest it may take, with what is done where it was not finished. */
  readonly timeoutMillis: number;
  /** The longest while a receiver is in trouble. */
  readonly troubledMillis: number;
  /** What is not finished goes into it. */
  readonly spool: object | undefined;
  readonly clock: Clock;
}

/**
 * Waits for a flush; less long while a receiver is in trouble, for the readers and processors of OpenTelemetry flush an exporter first and
 * shut it down then: both waits have to fit into the grace period of a process. Tells whether it was not finished.
 */
export async function patientFlush(
  flushed: Promise<unknown>,
  idleOrTroubled: () => Promise<void>,
  { timeoutMillis, troubledMillis, spool, clock }: FlushPatience,
): Promise<'finished' | 'timeout'> {
  const lastStretch = spool === undefined ? 0 : Math.min(timeoutMillis / 5, LAST_STRETCH_MILLIS);
  const longest = timeoutMillis - lastStretch;
  const finished = flushed.then(() => 'finished' as const);
  const first = Math.min(longest, troubledMillis);
  const ended = await withTimeout(finished, first, clock);
  if (ended !== 'timeout' || first === longest) return ended;
  const hopeless = idleOrTroubled().then(() => 'timeout' as const);
  return withTimeout(Promise.race([finished, hopeless]), longest - first, clock);
}
