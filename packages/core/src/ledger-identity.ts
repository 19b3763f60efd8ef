import type { Counts, LedgerSnapshot } from './ledger.ts';

/** The sum of all counts. */
export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The identities that do not hold, each as a sentence with its numbers. Empty when every item is accounted for. */
export function ledgerErrors(ledger: LedgerSnapshot): string[] {
  const errors = negativeCounts(ledger);
  const accounted =
    total(ledger.sampledOut) +
    ledger.undecided +
    ledger.queued +
    total(ledger.dropped) +
    ledger.handed;
  if (ledger.ended !== accounted) {
    errors.push(
      `${ledger.signal}: ended ${ledger.ended} is not sampled_out ${total(ledger.sampledOut)} + undecided ${ledger.undecided}` +
        ` + queued ${ledger.queued} + dropped ${total(ledger.dropped)} + handed ${ledger.handed} = ${accounted}`,
    );
  }
  for (const [name, destination] of Object.entries(ledger.destinations)) {
    const given = destination.handed + destination.recovered;
    const found =
      destination.exported +
      total(destination.rejected) +
      total(destination.dropped) +
      destination.inFlight +
      destination.spooled;
    if (given !== found) {
      errors.push(
        `${ledger.signal} to ${name}: handed ${destination.handed} + recovered ${destination.recovered} = ${given} is not exported ${destination.exported}` +
          ` + rejected ${total(destination.rejected)} + dropped ${total(destination.dropped)} + in_flight ${destination.inFlight}` +
          ` + spooled ${destination.spooled} = ${found}`,
      );
    }
  }
  return errors;
}

/**
 * What is held cannot be less than nothing. A batch that is acknowledged twice keeps the sums equal and
 * shows only here, as an `in_flight` below zero.
 */
function negativeCounts(ledger: LedgerSnapshot): string[] {
  const held = [
    ['undecided', ledger.undecided],
    ['queued', ledger.queued],
    ...Object.entries(ledger.destinations).flatMap(([name, { inFlight, spooled }]) => [
      [`in_flight to ${name}`, inFlight] as const,
      [`spooled to ${name}`, spooled] as const,
    ]),
  ] as const;
  return held
    .filter(([, count]) => count < 0)
    .map(([what, count]) => `${ledger.signal}: ${what} is ${count}: something was counted twice`);
}

/** The ledger on one line, for a log: `traces: ended 12 = sampled_out 0 + … | otlp: handed 12 = exported 12 + …`. */
export function formatLedger(ledger: LedgerSnapshot): string {
  const destinations = Object.entries(ledger.destinations).map(
    ([name, to]) =>
      ` | ${name}: handed ${to.handed}${to.recovered === 0 ? '' : ` + recovered ${to.recovered}`}` +
      ` = exported ${to.exported} + rejected ${withReasons(to.rejected)} + dropped ${withReasons(to.dropped)}` +
      ` + in_flight ${to.inFlight} + spooled ${to.spooled}`,
  );
  return (
    `${ledger.signal}: ended ${ledger.ended} = sampled_out ${withReasons(ledger.sampledOut)} + undecided ${ledger.undecided}` +
    ` + queued ${ledger.queued} + dropped ${withReasons(ledger.dropped)} + handed ${ledger.handed}${destinations.join('')}`
  );
}

function withReasons(counts: Counts): string {
  const reasons = Object.entries(counts).map(([reason, count]) => `${reason} ${count}`);
  return reasons.length === 0 ? '0' : `${total(counts)} (${reasons.join(', ')})`;
}
