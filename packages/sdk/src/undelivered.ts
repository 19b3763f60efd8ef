import { type Counts, type LedgerSnapshot, type Signal, total } from '@llm-otel/core';
import type { FlushReport } from '@llm-otel/core/setup';
import type { HeldItems } from '@llm-otel/exporters-resilient';
import type { TelemetryReport } from './telemetry.ts';

/**
 * `report` with what the ledgers know about it: a processor that ran out of time does not fail, it leaves items
 * behind or drops them. `before` is what the last report ended with, so that a drop between two is told as well. `held` is
 * asked of each signal that has a ledger: what is in flight may be on disk as well, which the ledger does not know.
 */
export function withUndelivered(
  report: FlushReport,
  before: readonly LedgerSnapshot[],
  after: readonly LedgerSnapshot[],
  held: (signal: Signal) => HeldItems,
): TelemetryReport {
  const problems = [...report.problems];
  const all = { spooled: 0, pending: 0 };
  for (const [index, ledger] of after.entries()) {
    const { spooled, pending } = held(ledger.signal);
    all.spooled += spooled;
    all.pending += pending;
    if (pending > 0) problems.push(`${ledger.signal}: ${pending} still waiting`);
    const told = lossesIn(before[index]);
    for (const [loss, count] of lossesIn(ledger)) {
      const lost = count - (told.get(loss) ?? 0);
      if (lost > 0) problems.push(`${lost} ${itemsOf[ledger.signal]} ${loss}`);
    }
  }
  const [was, is] = [amounts(before), amounts(after)];
  return {
    complete: problems.length === 0,
    problems,
    delivered: is.delivered - was.delivered,
    spooled: all.spooled,
    rejected: is.rejected - was.rejected,
    dropped: is.dropped - was.dropped,
    pending: all.pending,
  };
}

function amounts(
  ledgers: readonly LedgerSnapshot[],
): Pick<TelemetryReport, 'delivered' | 'rejected' | 'dropped'> {
  const sum = { delivered: 0, rejected: 0, dropped: 0 };
  for (const ledger of ledgers) {
    sum.dropped += total(ledger.dropped);
    for (const to of Object.values(ledger.destinations)) {
      sum.delivered += to.exported;
      sum.rejected += total(to.rejected);
      sum.dropped += total(to.dropped);
    }
  }
  return sum;
}

const itemsOf = { traces: 'spans', metrics: 'data points', logs: 'log records' } as const;

/** Counts by the end of a sentence: `dropped: queue_full`, `rejected by otlp: http_400`. */
function lossesIn(ledger: LedgerSnapshot | undefined): ReadonlyMap<string, number> {
  const losses = new Map<string, number>();
  const add = (what: string, counts: Counts): void => {
    for (const [reason, count] of Object.entries(counts)) losses.set(`${what}: ${reason}`, count);
  };
  if (ledger === undefined) return losses;
  add('dropped', ledger.dropped);
  for (const [name, { dropped, rejected }] of Object.entries(ledger.destinations)) {
    add(`dropped for ${name}`, dropped);
    add(`rejected by ${name}`, rejected);
  }
  return losses;
}
