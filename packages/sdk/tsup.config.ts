import { entriesOf, library } from '@llm-otel/tooling/tsup';

const folder = import.meta.dirname;

export default [
  {
    ...library(folder),
    entry: { ...entriesOf(folder), 'cli/main': 'src/cli/main.ts' },
    // Both are built at once.
    clean: ['!register-required.cjs'],
  },
  {
    ...library(folder),
    entry: { 'register-required': 'src/register-required.cts' },
    format: ['cjs'],
    splitting: false,
    clean: false,
  },
];
