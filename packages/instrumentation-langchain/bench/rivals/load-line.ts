import { createRequire } from 'node:module';
import { type Line, lineOf } from '../../test/contract/lines.ts';

/** As `test/contract/lines.ts` imports it. */
const MODULES = [
  'callbacks/manager',
  'documents',
  'language_models/chat_models',
  'messages',
  'output_parsers',
  'outputs',
  'prompts',
  'retrievers',
  'runnables',
  'singletons',
  'tools',
].map((name) => `@langchain/core/${name}`);
const AROUND = ['@langchain/langgraph', '@langchain/langgraph/prebuilt', '@langchain/openai'];

const majors = {
  'core 0.3': { major: 0, agents: 'langchain/agents' },
  'core 1': { major: 1, agents: 'langchain' },
} as const;

/** A release in CommonJS: most rivals patch what is required. */
export function loadLine(name: string): Line {
  const { major, agents } = majors[name as keyof typeof majors];
  const load = createRequire(
    major === 1 ? import.meta.url : import.meta.resolve('@llm-otel/langchain-0'),
  );
  const library: object[] = [agents, ...AROUND, ...MODULES].map((path) => load(path) as object);
  return lineOf(name, major, Object.assign({}, ...library) as object);
}
