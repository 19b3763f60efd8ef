import { defineConfig } from 'tsup';

/** The demo runs what it bundles: the workspace's packages as they are, OpenTelemetry and the clients from node_modules. */
export default defineConfig({
  entry: ['src/main.ts', 'src/desk.ts', 'src/billing.ts', 'src/worker.ts'],
  format: ['esm'],
  platform: 'node',
  target: 'node22.15',
  outDir: 'dist',
  clean: true,
  splitting: true,
  silent: true,
  noExternal: [/^@llm-otel\//],
  external: [/^@opentelemetry\//, 'openai', '@anthropic-ai/sdk'],
  removeNodeProtocol: false,
});
