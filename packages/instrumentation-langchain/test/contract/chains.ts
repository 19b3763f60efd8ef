import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import type { Runnable } from '@langchain/core/runnables';
import type { BaseRetrieverInterface } from '@langchain/core/retrievers';
import type { StructuredToolInterface } from '@langchain/core/tools';
import { z } from 'zod';
import {
  answer,
  answered,
  type Case,
  collect,
  failed,
  call,
  left,
  stable,
  usage,
} from './calls.ts';
import type { LangChain } from './lines.ts';

const sequence: ExpectedSpan = { name: 'RunnableSequence', parent: undefined };
const unread: ExpectedSpan = { ...call, outcome: 'cancelled' };
const part = (name: string): ExpectedSpan => ({ name, parent: 'RunnableSequence' });

/** What was under way ends with the stream, and nothing failed. */
function leftChain(model: ExpectedSpan, parent?: string): readonly ExpectedSpan[] {
  const { atCollection = false } = model;
  return [
    { ...part('ChatPromptTemplate'), atCollection },
    { ...part('StrOutputParser'), atCollection },
    { ...model, parent: 'RunnableSequence' },
    { ...sequence, parent, atCollection },
  ];
}

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
    name: 'a chain whose stream is left early',
    scripts: [answer],
    run: (client) => collect(chain(client).stream({ what: 'it' }), 1),
    spans: leftChain(left),
  },
  {
    name: 'a chain whose stream is cancelled',
    scripts: [answer],
    async run(client) {
      const stream = await chain(client).stream({ what: 'it' });
      await stream.cancel();
      return (await stream.next()).done;
    },
    spans: leftChain(unread),
  },
  {
    name: 'a chain whose stream is never read',
    scripts: [answer],
    run: async (client) => (await chain(client).stream({ what: 'it' })).constructor.name,
    spans: leftChain({ ...unread, atCollection: true }),
  },
  {
    name: 'a chain whose stream is left, inside another one',
    scripts: [answer],
    run: async (client) =>
      client.core.RunnableLambda.from(async (what: string) =>
        collect(chain(client).stream({ what }), 1),
      ).invoke('it'),
    spans: [...leftChain(left, 'RunnableLambda'), { name: 'RunnableLambda', parent: undefined }],
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
