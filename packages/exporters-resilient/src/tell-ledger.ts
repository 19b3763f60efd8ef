import { type FailureLog, formatLedger, type LedgerSnapshot } from '@llm-otel/core';
import { diag } from '@opentelemetry/api';

/** Says in one line where everything went, where there was anything. */
export function tellLedger(ledger: LedgerSnapshot, failures: FailureLog): void {
  const { ended, destinations } = ledger;
  if (ended === 0 && Object.values(destinations).every(({ recovered }) => recovered === 0)) return;
  failures.guard('logging', () =>
    diag.info(`llm-otel: at shutdown ${formatLedger(ledger).replaceAll(/\s*\n\s*/g, ' ')}`),
  );
}
