import { ledgerErrors, type LedgerSnapshot, total } from '@llm-otel/core';

/** Items that came in and are nowhere. What threw on their way may have passed them on before, or not. */
export function missingItems(snapshot: LedgerSnapshot): number {
  if (ledgerErrors(snapshot).length === 0) return 0;
  return (
    snapshot.ended -
    total(snapshot.sampledOut) -
    snapshot.undecided -
    snapshot.queued -
    total(snapshot.dropped) -
    snapshot.handed
  );
}
