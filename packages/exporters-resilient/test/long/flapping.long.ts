import { formatLedger } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { flappingRun } from '../fixtures/flapping-run.ts';
import { reportFinding } from '../fixtures/report-finding.ts';

const MINUTES = 10;

test('E9, R087: ten minutes of a receiver that comes and goes, at 5,000 spans a second, every one delivered', async () => {
  const { ended, ours, stock, ledger, ledgerErrors } = await flappingRun({
    millis: MINUTES * 60_000,
    spansPerSecond: 5000,
  });
  const share = (received: number): string => ((received / ended) * 100).toFixed(3);
  reportFinding(
    `E9: ${ended} spans in ${MINUTES} minutes into a receiver that comes and goes: ${share(ours)} % delivered, by the stock processor and exporter ${share(stock)} %`,
  );

  reportFinding(`E9: ${formatLedger(ledger)}`);
  expect(ledgerErrors).toEqual([]);
  expect(ours).toBe(ended);
});
