import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test(
  'four seconds at 5,000 spans a second, with more than there is room for: the byte limit holds and every span is accounted for',
  { timeout: 60_000 },
  () => {
    const program = join(import.meta.dirname, 'long/soak.ts');
    const { stdout, stderr, status } = spawnSync(process.execPath, [program, '4'], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });

    expect(status, stdout + stderr).toBe(0);
    // It was full: traces were decided by their ids alone.
    expect(Number(/"stress":(\d+)/.exec(stdout)?.[1])).toBeGreaterThan(100);
  },
);
