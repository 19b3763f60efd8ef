import { library } from '@llm-otel/tooling/vitest';

export default library();
