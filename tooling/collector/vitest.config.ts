import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The tests of all packages that need a real Collector; `run.ts` names it in `OTELCOL_BIN`. */
const config: ViteUserConfig = defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['packages/*/test/collector/**/*.test.ts'],
    // Each starts Collectors of its own, and what they keep is measured in seconds of their clock.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: [
      'default',
      ['json', { outputFile: join(import.meta.dirname, '.cache/test-results.json') }],
    ],
  },
});

export default config;
