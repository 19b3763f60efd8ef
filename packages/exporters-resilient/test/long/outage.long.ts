import { expect, test } from 'vitest';
import { outageWithRestart } from '../fixtures/outage.ts';
import { reportFinding } from '../fixtures/report-finding.ts';

test('E5: 60 s without a receiver and a restart in the middle, nothing is lost', async () => {
  const { ended, received, duplicates } = await outageWithRestart({
    outageMillis: 60_000,
    spansPerSecond: 200,
  });
  reportFinding(
    `E5: ${ended} spans over an outage of 60 s with a restart, ${ended - received} lost, ${duplicates} duplicates`,
  );

  expect(received).toBe(ended);
});
