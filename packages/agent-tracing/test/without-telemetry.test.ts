import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { createGenAi } from '@llm-otel/llm-conventions';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgentTracing } from '../src/index.ts';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => context.disable());

const hostile = (): never =>
  new Proxy(
    { name: 'a' },
    {
      get: () => {
        throw new Error('not to be read');
      },
    },
  ) as never;

test.each([
  ['cannot be read', hostile()],
  ['have a parent that is none', { agent: { name: 'a' }, parent: 'junk', name: 'w' } as never],
])('where no telemetry is registered, options that %s do not matter', (_, options) => {
  const agents = createAgentTracing();
  const genAi = createGenAi();
  const answer = (): number => (context.active().getValue(Symbol.for('any')) === undefined ? 7 : 0);

  const answers = [
    agents.run(options, answer),
    agents.run('a', options, answer),
    agents.workflow(options, answer),
    agents.join(options, 'p', answer),
    agents.run('a', (run) => run.delegate(options, answer)),
    agents.run('a', (run) => run.tool(options, answer)),
    agents.run('a', (run) => run.step('s', options, answer)),
    agents.run('a', (run) => run.memory.search(options, answer)),
    genAi.tool(options, answer),
    genAi.inference(options, answer),
    genAi.invokeAgent(options, answer),
    genAi.agentRun(options, answer),
  ];

  expect(answers).toEqual(answers.map(() => 7));
});
