import { library } from '@llm-otel/tooling/vitest';

// The processes and the run itself are tested by running the demo; counted here is what can be tested alone.
export default library({
  coverage: {
    provider: 'v8',
    include: [
      'src/waterfall/**',
      'src/report/checks.ts',
      'src/report/ledger-table.ts',
      'src/outbox.ts',
      'src/demo-options.ts',
      'src/desk/corpus.ts',
    ],
    reporter: ['text-summary', 'json-summary'],
    thresholds: { lines: 90, statements: 90, functions: 90, branches: 85 },
  },
});
