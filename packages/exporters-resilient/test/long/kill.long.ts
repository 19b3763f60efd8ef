import { expect, test } from 'vitest';
import { killLoop } from '../fixtures/kill-loop.ts';
import { reportFinding } from '../fixtures/report-finding.ts';

// Took 6 minutes on two cores that had other work too.
const LONGEST_MILLIS = 30 * 60_000;

test(
  'E8: 500 times killed while it writes, nothing acknowledged is lost',
  { timeout: LONGEST_MILLIS },
  async () => {
    const kills = Number(process.env['KILLS'] ?? 500);
    const { acknowledged, lost, duplicates, received } = await killLoop(kills, 25);
    reportFinding(
      `E8: ${kills} kills, ${acknowledged} spans acknowledged, ${lost} of them lost, ${received} received, ${duplicates} duplicates`,
    );

    expect(lost).toBe(0);
    expect(acknowledged).toBeGreaterThan(kills);
  },
);
