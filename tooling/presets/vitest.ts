import { configDefaults, defineConfig, type ViteUserConfig } from 'vitest/config';

/** How every package is tested: coverage counted over `src`, results left where the summary finds them. */
export function library(overrides: ViteUserConfig['test'] = {}): ViteUserConfig {
  return defineConfig({
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      // Those need a Collector: `npm run test:collector`.
      exclude: [...configDefaults.exclude, 'test/collector/**'],
      reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
      // No test waits; a limit is there for one that hangs, on a machine that is busy with everything else.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      typecheck: { enabled: false },
      coverage: {
        provider: 'v8',
        include: ['src/**/*.ts'],
        exclude: ['src/**/*.test.ts', 'src/**/generated/**'],
        reporter: ['text-summary', 'json-summary'],
        thresholds: { lines: 90, statements: 90, functions: 90, branches: 85 },
      },
      ...overrides,
    },
  });
}
