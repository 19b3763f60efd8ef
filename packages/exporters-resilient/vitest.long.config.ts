import { defineConfig, type ViteUserConfig } from 'vitest/config';

// What takes minutes, one after the other: they measure time and memory.
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/long/**/*.long.ts'],
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
});

export default config;
