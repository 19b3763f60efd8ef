import { type LedgerSnapshot, total } from '@llm-otel/core';
import type { FlushReport } from '@llm-otel/core/setup';

/**
 * `report` with what the ledgers know about it: a processor that ran out of time does not fail, it leaves items
 * behind or drops them.
 */
export function withUndelivered(
  report: FlushReport,
  before: readonly LedgerSnapshot[],
  after: readonly LedgerSnapshot[],
): FlushReport {
  const problems = [...report.problems];
  for (const [index, ledger] of after.entries()) {
    const waiting = heldIn(ledger);
    const dropped = droppedIn(ledger) - droppedIn(before[index]);
    if (waiting > 0) problems.push(`${ledger.signal}: ${waiting} still waiting`);
    if (dropped > 0) problems.push(`${ledger.signal}: ${dropped} dropped`);
  }
  return { complete: problems.length === 0, problems };
}

function heldIn(ledger: LedgerSnapshot): number {
  const inFlight = Object.values(ledger.destinations).map((destination) => destination.inFlight);
  return ledger.queued + ledger.undecided + inFlight.reduce((sum, count) => sum + count, 0);
}

function droppedIn(ledger: LedgerSnapshot | undefined): number {
  if (ledger === undefined) return 0;
  const perDestination = Object.values(ledger.destinations).map(
    ({ dropped, rejected }) => total(dropped) + total(rejected),
  );
  return total(ledger.dropped) + perDestination.reduce((sum, count) => sum + count, 0);
}
