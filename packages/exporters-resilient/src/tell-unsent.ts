import type { FailureLog, LedgerSnapshot } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';

/** Why the ledger counts as dropped what was in memory only as the process ended. */
export const PROCESS_EXIT = 'process_exit';

/** Says what a process that ended without a shutdown has lost, or left in the spool. Nothing where it has done neither. */
export function tellUnsent(
  { dropped, destinations }: LedgerSnapshot,
  itemName: string,
  failures: FailureLog,
): void {
  let lost = dropped[PROCESS_EXIT] ?? 0;
  let spooled = 0;
  for (const to of Object.values(destinations)) {
    // A destination that can only close with promises has not counted everything.
    lost += (to.dropped[PROCESS_EXIT] ?? 0) + to.inFlight;
    spooled += to.spooled;
  }
  if (lost === 0) return;
  failures.guard('logging', () =>
    diag.warn(
      `llm-otel: the process ended without a shutdown, and ${lost} ${itemName}s that were in memory are lost (${spooled} are in the spool); await shutdown() as the last thing, or use a spool`,
    ),
  );
}
