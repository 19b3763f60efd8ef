import { library } from '@llm-otel/tooling/tsup';

export default library(import.meta.dirname);
