import { Annotation, Command, interrupt, MemorySaver, StateGraph } from '@langchain/langgraph';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import { createAgent } from 'langchain';
import { answer, answered, type Case, collect, failed, call, loop, stable } from './calls.ts';
import { trackTool } from './chains.ts';
import type { LangChain, Line } from './lines.ts';

const State = Annotation.Root({ question: Annotation<string>() });
const step = (name: string, parent: string): ExpectedSpan => ({ name: `step ${name}`, parent });
const desk = 'invoke_agent desk';
const support = 'invoke_workflow support';
const question = { messages: [{ role: 'user', content: 'where?' }] };
const agentSpans: readonly ExpectedSpan[] = [
  { ...call, parent: 'step model_request', tokens: [12, 5], finishReasons: ['tool_call'] },
  step('model_request', desk),
  { name: 'execute_tool track', parent: 'step tools' },
  step('tools', desk),
  { ...answered, parent: 'step model_request' },
  step('model_request', desk),
  { name: desk, parent: undefined },
];

function agent(client: LangChain) {
  return createAgent({ model: client.model, tools: [trackTool(client)], name: 'desk' });
}

function asking({ model }: LangChain) {
  return new StateGraph(State)
    .addNode('ask', async ({ question: asked }, config) => ({
      question: (await model.invoke(asked, config)).text,
    }))
    .addEdge('__start__', 'ask')
    .compile({ name: 'support' });
}

function waiting() {
  return new StateGraph(State)
    .addNode('ask', () => ({ question: interrupt<string, string>('ok?') }))
    .addEdge('__start__', 'ask')
    .compile({ name: 'support', checkpointer: new MemorySaver() });
}

const all: readonly Case[] = [
  {
    name: 'an agent',
    scripts: loop,
    run: async (client) => stable(await agent(client).invoke(question)),
    spans: agentSpans,
  },
  {
    name: 'an agent, its messages streamed',
    scripts: loop,
    run: async (client) =>
      (await collect(agent(client).stream(question, { streamMode: 'messages' }))).length,
    spans: agentSpans,
  },
  {
    name: 'an agent whose model fails',
    scripts: [failed],
    run: (client) => agent(client).invoke(question),
    spans: [
      { ...call, parent: 'step model_request', errorType: 'rate_limit_exceeded' },
      { ...step('model_request', desk), errorType: 'rate_limit_exceeded' },
      { name: desk, errorType: 'rate_limit_exceeded' },
    ],
  },
  {
    name: 'a graph and its node',
    scripts: [answer],
    run: (client) => asking(client).invoke({ question: 'where?' }),
    spans: [
      { ...answered, parent: 'step ask' },
      step('ask', support),
      { name: support, parent: undefined },
    ],
  },
  {
    name: 'a graph, its updates streamed',
    scripts: [answer],
    run: (client) => collect(asking(client).stream({ question: 'where?' })),
    spans: [
      { ...answered, parent: 'step ask' },
      step('ask', support),
      { name: support, parent: undefined },
    ],
  },
  {
    name: 'a graph inside another one',
    scripts: [answer],
    async run(client) {
      const outer = new StateGraph(State)
        .addNode('inner', asking(client))
        .addEdge('__start__', 'inner')
        .compile({ name: 'outer' });
      return outer.invoke({ question: 'where?' });
    },
    spans: [
      { ...answered, parent: 'step ask' },
      step('ask', support),
      { name: support, parent: 'step inner' },
      step('inner', 'invoke_workflow outer'),
      { name: 'invoke_workflow outer', parent: undefined },
    ],
  },
  {
    name: 'a node that throws',
    scripts: [],
    async run() {
      const graph = new StateGraph(State)
        .addNode('break', () => {
          throw new RangeError('out of order');
        })
        .addEdge('__start__', 'break')
        .compile({ name: 'support' });
      return graph.invoke({ question: 'q' });
    },
    spans: [
      { ...step('break', support), errorType: 'RangeError' },
      { name: support, errorType: 'RangeError' },
    ],
  },
  {
    name: 'a graph that waits for a human, and goes on',
    scripts: [],
    async run() {
      const graph = waiting();
      const config = { configurable: { thread_id: 't' } };
      return stable([
        await graph.invoke({ question: 'q' }, config),
        await graph.invoke(new Command({ resume: 'yes' }), config),
      ]);
    },
    spans: [
      step('ask', support),
      { name: support, parent: undefined },
      step('ask', support),
      { name: support, parent: undefined },
    ],
  },
  {
    name: 'a graph whose stream is left early',
    scripts: [answer],
    run: async (client) =>
      collect(asking(client).stream({ question: 'where?' }, { streamMode: 'values' }), 1),
    // LangGraph takes back what is under way.
    spans: [
      { ...call, parent: 'step ask', errorType: 'AbortError' },
      { ...step('ask', support), errorType: 'AbortError' },
      { name: support, parent: undefined, errorType: 'Error' },
    ],
  },
];

/** Agents and graphs. */
export const graphs: readonly Case[] = all.map((one) =>
  Object.assign(one, { on: ({ isWhole }: Line) => isWhole }),
);
