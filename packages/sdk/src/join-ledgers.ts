import type { Counts, LedgerSnapshot } from '@llm-otel/core';

/** The books of several exporters of one signal as one: what holds for each holds for the sum. */
export function joinLedgers(ledgers: readonly LedgerSnapshot[]): LedgerSnapshot {
  const [first, ...others] = ledgers;
  if (first === undefined) throw new TypeError('there is no ledger to join');
  return others.reduce((sum, ledger, index) => {
    // The second exporter's `otlp` is another receiver than that of the first.
    const destinations = Object.entries(ledger.destinations).map(([name, account]) => [
      Object.hasOwn(sum.destinations, name) ? `${name} (${index + 2})` : name,
      account,
    ]);
    return {
      signal: sum.signal,
      ended: sum.ended + ledger.ended,
      sampledOut: added(sum.sampledOut, ledger.sampledOut),
      undecided: sum.undecided + ledger.undecided,
      queued: sum.queued + ledger.queued,
      dropped: added(sum.dropped, ledger.dropped),
      handed: sum.handed + ledger.handed,
      destinations: {
        ...sum.destinations,
        ...(Object.fromEntries(destinations) as LedgerSnapshot['destinations']),
      },
    };
  }, first);
}

function added(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a };
  for (const [reason, count] of Object.entries(b)) sum[reason] = (sum[reason] ?? 0) + count;
  return sum;
}
