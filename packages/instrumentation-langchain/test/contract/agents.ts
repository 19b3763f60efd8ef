import { setImmediate } from 'node:timers/promises';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import { answered, type Case, collect, failed, call, loop, stable } from './calls.ts';
import { trackTool } from './chains.ts';
import type { LangChain, Library, Line } from './lines.ts';

const question = { messages: [{ role: 'user', content: 'where?' }] };
const asked: ExpectedSpan = { ...call, tokens: [12, 5], finishReasons: ['tool_call'] };

const errorType = 'rate_limit_exceeded';
/** A model call as an agent makes it, in what is called `root`. */
type ModelCall = (call: ExpectedSpan, root: string) => readonly ExpectedSpan[];

/** Two calls of a model, and a tool between them. */
function loopIn(
  root: string,
  modelCall: ModelCall,
  tool: readonly ExpectedSpan[],
): readonly ExpectedSpan[] {
  return [
    ...modelCall(asked, root),
    ...tool,
    ...modelCall(answered, root),
    { name: root, parent: undefined },
  ];
}

function failureIn(root: string, modelCall: ModelCall): readonly ExpectedSpan[] {
  return [...modelCall({ ...call, errorType }, root), { name: root, parent: undefined, errorType }];
}

/** That what is around a call fails with it. */
const like = ({ errorType: failure }: ExpectedSpan): ExpectedSpan =>
  failure === undefined ? {} : { errorType: failure };

const toolNode = (root: string): readonly ExpectedSpan[] => [
  { name: 'execute_tool track', parent: 'step tools' },
  { name: 'step tools', parent: root },
];

const desk = 'invoke_agent desk';
const isNewest = ({ major }: Line): boolean => major === 1;

function agent(client: LangChain) {
  const tools = [trackTool(client)];
  return client.core.createAgent({ model: client.model, tools, name: 'desk' });
}

const requested: ModelCall = (one, root) => [
  { ...one, parent: 'step model_request' },
  { name: 'step model_request', parent: root, ...like(one) },
];

/** By `createAgent` of `langchain` 1. */
const created: readonly Case[] = [
  {
    name: 'an agent',
    on: isNewest,
    scripts: loop,
    run: async (client) => stable(await agent(client).invoke(question)),
    spans: loopIn(desk, requested, toolNode(desk)),
  },
  {
    name: 'an agent, its messages streamed',
    on: isNewest,
    scripts: loop,
    run: async (client) =>
      (await collect(agent(client).stream(question, { streamMode: 'messages' }))).length,
    spans: loopIn(desk, requested, toolNode(desk)),
  },
  {
    name: 'an agent whose model fails',
    on: isNewest,
    scripts: [failed],
    run: (client) => agent(client).invoke(question),
    spans: failureIn(desk, requested),
  },
];

function reacting(client: LangChain) {
  const tools = [trackTool(client)];
  return client.core.createReactAgent({ llm: client.model, tools, name: 'desk' });
}

const workflow = 'invoke_workflow desk';
const prompted: ModelCall = (one, root) => [
  { name: 'prompt', parent: 'RunnableSequence' },
  { ...one, parent: 'RunnableSequence' },
  { name: 'RunnableSequence', parent: 'step agent', ...like(one) },
  { name: 'step agent', parent: root, ...like(one) },
];

/** By `createReactAgent` of LangGraph, which looks like any other graph. */
const prebuilt: readonly Case[] = [
  {
    name: 'createReactAgent',
    scripts: loop,
    run: async (client) => stable(await reacting(client).invoke(question)),
    spans: loopIn(workflow, prompted, toolNode(workflow)),
  },
  {
    name: 'createReactAgent, its messages streamed',
    scripts: loop,
    run: async (client) =>
      (await collect(reacting(client).stream(question, { streamMode: 'messages' }))).length,
    spans: loopIn(workflow, prompted, toolNode(workflow)),
  },
  {
    name: 'createReactAgent whose model fails',
    scripts: [failed],
    run: (client) => reacting(client).invoke(question),
    spans: failureIn(workflow, prompted),
  },
];

export function executor(client: LangChain): InstanceType<Library['AgentExecutor']> {
  const { AgentExecutor, ChatPromptTemplate, createToolCallingAgent } = client.core;
  const tools = [trackTool(client)];
  const prompt = ChatPromptTemplate.fromMessages([
    ['human', '{input}'],
    ['placeholder', '{agent_scratchpad}'],
  ]);
  const planner = createToolCallingAgent({
    llm: client.model as never,
    tools: tools as never,
    prompt: prompt as never,
  });
  return new AgentExecutor({ agent: planner, tools: tools as never });
}

/** Leaves when the next step is under way: how soon LangChain asks for it depends on the release of Node.js. */
async function firstStep(client: LangChain): Promise<unknown> {
  for await (const step of await executor(client).stream({ input: 'where?' })) {
    await setImmediate();
    return step;
  }
  return undefined;
}

/** It has no name, unless its run is given one. */
const unnamed = 'invoke_agent';
const planned: ModelCall = (one, root) => [
  { name: 'RunnableLambda', parent: 'RunnableMap' },
  { name: 'RunnableMap', parent: 'RunnableAssign' },
  { name: 'RunnableAssign', parent: 'ToolCallingAgent' },
  { name: 'ChatPromptTemplate', parent: 'ToolCallingAgent' },
  { ...one, parent: 'ToolCallingAgent' },
  ...(one.errorType === undefined
    ? [{ name: 'ToolCallingAgentOutputParser', parent: 'ToolCallingAgent' }]
    : []),
  { name: 'ToolCallingAgent', parent: root, ...like(one) },
];
const tracked: ExpectedSpan = { name: 'execute_tool track', parent: unnamed };
const executedLoop = loopIn(unnamed, planned, [tracked]);
const isOldest = ({ major }: Line): boolean => major === 0;

/** By `AgentExecutor` of `langchain` 0.3. */
const executed: readonly Case[] = [
  {
    name: 'AgentExecutor',
    on: isOldest,
    scripts: loop,
    run: async (client) => stable(await executor(client).invoke({ input: 'where?' })),
    spans: executedLoop,
  },
  {
    name: 'AgentExecutor, its steps streamed',
    on: isOldest,
    scripts: loop,
    run: async (client) => stable(await collect(executor(client).stream({ input: 'where?' }))),
    spans: executedLoop,
  },
  {
    name: 'AgentExecutor with a name of the run',
    on: isOldest,
    scripts: loop,
    run: async (client) =>
      stable(await executor(client).invoke({ input: 'where?' }, { runName: 'desk' })),
    spans: loopIn(desk, planned, [{ name: 'execute_tool track', parent: desk }]),
  },
  {
    name: 'AgentExecutor whose stream is left at its last step but one',
    on: isOldest,
    scripts: loop,
    run: async (client) => stable(await firstStep(client)),
    // It is at the last step already, and ends with it.
    spans: executedLoop,
  },
  {
    name: 'AgentExecutor whose stream is left early',
    on: isOldest,
    scripts: [{ ...loop[0], times: 2 }, ...loop.slice(1)],
    run: async (client) => stable(await firstStep(client)),
    // It ends with the step it is at.
    spans: [
      ...planned(asked, unnamed),
      tracked,
      ...planned(asked, unnamed),
      tracked,
      { name: unnamed, parent: undefined },
    ],
  },
  {
    name: 'AgentExecutor whose stream is never read',
    on: isOldest,
    scripts: loop,
    run: async (client) => (await executor(client).stream({ input: 'where?' })).constructor.name,
    spans: [
      ...planned(asked, unnamed),
      tracked,
      { name: unnamed, parent: undefined, atCollection: true },
    ],
  },
  {
    name: 'AgentExecutor whose model fails',
    on: isOldest,
    scripts: [failed],
    run: (client) => executor(client).invoke({ input: 'where?' }),
    spans: failureIn(unnamed, planned),
  },
];

/** Agents of each kind. */
export const agents: readonly Case[] = [...created, ...prebuilt, ...executed];
