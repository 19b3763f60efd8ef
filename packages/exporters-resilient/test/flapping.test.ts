import { expect, test } from 'vitest';
import { flappingRun } from './fixtures/flapping-run.ts';

test(
  'E9, short: a receiver that comes and goes gets every span, and the ledger says so',
  { timeout: 60_000 },
  async () => {
    const { ended, ours, ledger, ledgerErrors } = await flappingRun({
      millis: 5000,
      spansPerSecond: 1000,
    });

    expect(ledgerErrors).toEqual([]);
    expect(ours).toBe(ended);
    expect(ledger).toMatchObject({ ended, handed: ended, dropped: {} });
    expect(ledger.destinations).toMatchObject({
      otlp: { exported: ended, dropped: {}, inFlight: 0 },
    });
  },
);
