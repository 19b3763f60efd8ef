import { entriesOf, library } from '@llm-otel/tooling/tsup';

const folder = import.meta.dirname;

export default {
  ...library(folder),
  entry: { ...entriesOf(folder), 'cli/main': 'src/cli/main.ts' },
};
