import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, 'fixtures/heap-growth.ts');

test.each(['small', 'call', 'prompt', 'wide', 'nested'])(
  'what is estimated for %s spans is within 25 % of what they take on the heap',
  { timeout: 30_000 },
  (kind) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--expose-gc', program, kind], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
    });

    expect(status, stderr).toBe(0);
    const { estimated, grown, spans } = JSON.parse(stdout) as Record<string, number>;
    expect(spans).toBe(6000);
    expect((estimated ?? 0) / (grown ?? 0)).toBeGreaterThan(0.75);
    expect((estimated ?? 0) / (grown ?? 0)).toBeLessThan(1.25);
  },
);
