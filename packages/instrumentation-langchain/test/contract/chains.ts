import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import type { Runnable } from '@langchain/core/runnables';
import type { BaseRetrieverInterface } from '@langchain/core/retrievers';
import type { StructuredToolInterface } from '@langchain/core/tools';
import { z } from 'zod';
import { answer, answered, type Case, collect, failed, call, stable, usage } from './calls.ts';
import type { LangChain } from './lines.ts';

const sequence: ExpectedSpan = { name: 'RunnableSequence', parent: undefined };
const part = (name: string): ExpectedSpan => ({ name, parent: 'RunnableSequence' });

function chain({
  core: { ChatPromptTemplate, StringOutputParser },
  model,
}: LangChain): Runnable<{ what: string }, string> {
  return ChatPromptTemplate.fromTemplate('Where is {what}?')
    .pipe(model)
    .pipe(new StringOutputParser());
}

export function trackTool({ core: { tool } }: LangChain): StructuredToolInterface {
  return tool(({ id }: { id: number }) => `parcel ${id}`, {
    name: 'track',
    description: 'finds',
    schema: z.object({ id: z.number() }),
  });
}

function retriever(
  { core: { BaseRetriever, Document } }: LangChain,
  error?: Error,
): BaseRetrieverInterface {
  class Shelf extends BaseRetriever {
    override lc_namespace = ['tests'];
    override async _getRelevantDocuments(query: string) {
      if (error !== undefined) throw error;
      return [new Document({ pageContent: query, id: 'd-1' })];
    }
  }
  return new Shelf();
}

/** Chains, tools and retrievers. */
export const chains: readonly Case[] = [
  {
    name: 'a chain',
    scripts: [answer],
    run: (client) => chain(client).invoke({ what: 'it' }),
    spans: [
      part('ChatPromptTemplate'),
      { ...answered, parent: 'RunnableSequence' },
      part('StrOutputParser'),
      sequence,
    ],
  },
  {
    name: 'a chain as a stream',
    scripts: [answer],
    run: (client) => collect(chain(client).stream({ what: 'it' })),
    spans: [
      part('ChatPromptTemplate'),
      { ...answered, parent: 'RunnableSequence' },
      part('StrOutputParser'),
      sequence,
    ],
  },
  {
    name: 'a chain whose model fails',
    scripts: [failed],
    run: (client) => chain(client).invoke({ what: 'it' }),
    spans: [
      part('ChatPromptTemplate'),
      { ...call, parent: 'RunnableSequence', errorType: 'rate_limit_exceeded' },
      { ...sequence, errorType: 'rate_limit_exceeded' },
    ],
  },
  {
    name: 'another model where the first fails',
    scripts: [failed, answer],
    run: async ({ model }) =>
      stable(await model.withFallbacks({ fallbacks: [model] }).invoke('where?')),
    spans: [
      { ...call, parent: 'RunnableWithFallbacks', errorType: 'rate_limit_exceeded' },
      { ...answered, parent: 'RunnableWithFallbacks' },
      { name: 'RunnableWithFallbacks', parent: undefined },
    ],
  },
  {
    name: 'structured output',
    scripts: [{ text: '{"place":"Lyon"}', usage }],
    on: ({ isWhole }) => isWhole,
    run: ({ model }) =>
      model.withStructuredOutput(z.object({ place: z.string() })).invoke('where?'),
    spans: [
      { ...answered, parent: 'RunnableSequence' },
      { name: 'StructuredOutputParser', parent: 'RunnableLambda' },
      part('RunnableLambda'),
      sequence,
    ],
  },
  {
    name: 'a lambda that throws',
    scripts: [],
    run: ({ core: { RunnableLambda } }) =>
      RunnableLambda.from((): string => {
        throw new RangeError('no');
      }).invoke('x'),
    spans: [{ name: 'RunnableLambda', errorType: 'RangeError' }],
  },
  {
    name: 'a tool',
    scripts: [],
    run: (client) => trackTool(client).invoke({ id: 7 }),
    spans: [{ name: 'execute_tool track', parent: undefined }],
  },
  {
    name: 'wrong arguments of a tool',
    scripts: [],
    run: (client) =>
      trackTool(client)
        .invoke({ id: 'seven' })
        .catch((error: Error) => error.constructor.name),
    spans: [],
  },
  {
    name: 'a tool that throws',
    scripts: [],
    run: ({ core: { tool } }) =>
      tool(
        (): string => {
          throw new RangeError('no such parcel');
        },
        { name: 'track', description: 'finds', schema: z.object({ id: z.number() }) },
      ).invoke({ id: 7 }),
    spans: [{ name: 'execute_tool track', errorType: 'RangeError' }],
  },
  {
    name: 'a retriever',
    scripts: [],
    run: async (client) => stable(await retriever(client).invoke('parcels')),
    spans: [{ name: 'retrieval', parent: undefined }],
  },
  {
    name: 'a retriever that fails',
    scripts: [],
    run: (client) => retriever(client, new RangeError('no shelf')).invoke('parcels'),
    spans: [{ name: 'retrieval', errorType: 'RangeError' }],
  },
];
