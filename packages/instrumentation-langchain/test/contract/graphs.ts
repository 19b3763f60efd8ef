import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import { answer, answered, type Case, collect, call, stable } from './calls.ts';
import type { LangChain } from './lines.ts';

const step = (name: string, parent: string): ExpectedSpan => ({ name: `step ${name}`, parent });
const support = 'invoke_workflow support';
function newGraph({ core: { Annotation, StateGraph } }: LangChain) {
  return new StateGraph(Annotation.Root({ question: Annotation<string>() }));
}

function asking(client: LangChain) {
  const { model } = client;
  return newGraph(client)
    .addNode('ask', async ({ question: asked }, config) => ({
      question: (await model.invoke(asked, config)).text,
    }))
    .addEdge('__start__', 'ask')
    .compile({ name: 'support' });
}

function waiting(client: LangChain) {
  const { interrupt, MemorySaver } = client.core;
  return newGraph(client)
    .addNode('ask', () => ({ question: interrupt<string, string>('ok?') }))
    .addEdge('__start__', 'ask')
    .compile({ name: 'support', checkpointer: new MemorySaver() });
}

/** Graphs. */
export const graphs: readonly Case[] = [
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
      const outer = newGraph(client)
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
    async run(client) {
      const graph = newGraph(client)
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
    async run(client) {
      const { Command } = client.core;
      const graph = waiting(client);
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
    // LangGraph 1 takes back what is under way; before it, that goes on and ends without a reader.
    spans: [
      { ...call, parent: 'step ask', errorType: 'AbortError' },
      { ...step('ask', support), errorType: 'AbortError' },
      { name: support, parent: undefined, errorType: 'Error' },
    ],
    spansOn: ({ major }) =>
      major === 0
        ? [
            { ...answered, parent: 'step ask', atCollection: true },
            step('ask', support),
            { name: support, parent: undefined },
          ]
        : undefined,
  },
];
