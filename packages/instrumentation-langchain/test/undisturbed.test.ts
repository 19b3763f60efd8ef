import { CallbackManager } from '@langchain/core/callbacks/manager';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda, RunnableParallel } from '@langchain/core/runnables';
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';
import { tool } from '@langchain/core/tools';
import { Annotation, Command, interrupt, MemorySaver, StateGraph } from '@langchain/langgraph';
import type { ChatOpenAI } from '@langchain/openai';
import type { ModelScripts } from '@llm-otel/testing';
import { createAgent } from 'langchain';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { instrument } from '../src/index.ts';
import { unwrapClasses } from '../src/wrap-classes.ts';
import { modelFor } from './model-for.ts';
import { observeOpenAi } from './observe-openai.ts';
import { startRecording } from './recording.ts';

interface Case {
  readonly name: string;
  readonly scripts?: ModelScripts;
  readonly run: (model: ChatOpenAI) => Promise<unknown>;
}

const classes = { CallbackManager, BaseChatModel, AsyncLocalStorageProviderSingleton };
const prompt = ChatPromptTemplate.fromTemplate('Where is {what}?');
const State = Annotation.Root({ question: Annotation<string>() });

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

const track = tool(({ id }: { id: number }) => `parcel ${id}`, {
  name: 'track',
  description: 'finds',
  schema: z.object({ id: z.number() }),
});

const cases: readonly Case[] = [
  { name: 'a model', run: (model) => model.invoke('where?') },
  { name: 'a stream', run: async (model) => collect(await model.stream('where?')) },
  {
    name: 'a stream, left early',
    async run(model) {
      for await (const chunk of await model.stream('where?')) return chunk;
      return undefined;
    },
  },
  { name: 'a batch', run: (model) => model.batch(['one', 'two']) },
  {
    name: 'structured output',
    scripts: [{ text: '{"place":"Lyon"}' }],
    run: (model) => model.withStructuredOutput(z.object({ place: z.string() })).invoke('where?'),
  },
  {
    name: 'a chain',
    run: (model) => prompt.pipe(model).pipe(new StringOutputParser()).invoke({ what: 'it' }),
  },
  {
    name: 'a chain as a stream',
    run: async (model) =>
      collect(await prompt.pipe(model).pipe(new StringOutputParser()).stream({ what: 'it' })),
  },
  {
    name: 'branches',
    run: (model) =>
      RunnableParallel.from({ a: model, b: RunnableLambda.from(() => 'b') }).invoke('x'),
  },
  {
    name: 'an agent',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }] }, { text: 'Lyon' }],
    run: (model) =>
      createAgent({ model, tools: [track] }).invoke({
        messages: [{ role: 'user', content: 'where?' }],
      }),
  },
  {
    name: 'a graph that waits and goes on',
    async run() {
      const graph = new StateGraph(State)
        .addNode('ask', () => ({ question: interrupt<string, string>('ok?') }))
        .addEdge('__start__', 'ask')
        .compile({ checkpointer: new MemorySaver() });
      const config = { configurable: { thread_id: 't' } };
      return [
        await graph.invoke({ question: 'q' }, config),
        await graph.invoke(new Command({ resume: 'yes' }), config),
      ];
    },
  },
  { name: '401', scripts: [{ error: { status: 401 } }], run: (model) => model.invoke('x') },
  {
    name: 'a lambda that throws',
    run: () =>
      RunnableLambda.from(() => {
        throw new RangeError('no');
      }).invoke('x'),
  },
  { name: 'wrong arguments of a tool', run: () => track.invoke({ id: 'seven' } as never) },
  {
    name: 'aborted before it begins',
    run: (model) => model.invoke('x', { signal: AbortSignal.abort() }),
  },
];

test.each(cases)('$name: the application sees what it would see', async ({ scripts, run }) => {
  const bare = await seenOf(run, scripts);
  const recorder = startRecording();
  instrument(classes);
  observeOpenAi();
  onTestFinished(() => unwrapClasses(classes));

  expect(await seenOf(run, scripts)).toEqual(bare);
  expect(recorder.openSpans).toEqual([]);
});

async function seenOf(run: Case['run'], scripts: ModelScripts | undefined): Promise<unknown> {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(String(reason));
  process.on('unhandledRejection', onUnhandled);
  const model = await modelFor(scripts ?? (() => ({ text: ['Ly', 'on'] })));
  const result = await run(model).then(
    (value) => ({ value: printed(value) }),
    (error: unknown) => ({
      class: (error as Error).constructor.name,
      message: (error as Error).message,
      keys: Object.keys(error as object),
    }),
  );
  process.off('unhandledRejection', onUnhandled);
  return { result, unhandled };
}

/**
 * Without the ids that are made up anew each time. LangChain gives a chunk without an id that of the run as soon as there
 * is any callback.
 */
function printed(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'id')
    .replaceAll(/"id":"[\da-f]{32}"/g, '"id"')
    .replaceAll(/,?"id":"run-id"/g, '');
}
