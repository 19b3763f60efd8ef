import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['**/*.test.ts'],
    // The behaviour suite of the packed packages runs elsewhere, on node:test.
    exclude: ['**/node_modules/**', '**/fixtures/**', '**/.cache/**', 'packed/behaviour/**'],
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
  },
});

export default config;
