import type { Case } from './cases.ts';
import { answer, collect, completed, invoked, name, plain, usage } from './shared.ts';

interface Model {
  readonly model: string;
  readonly body: object;
  readonly operation?: 'text_completion';
}

/** A model of each family, asked in its own words. */
const models: readonly Model[] = [
  {
    model: 'amazon.nova-lite-v1:0',
    body: { messages: [{ role: 'user', content: [{ text: 'a' }] }] },
  },
  { model: 'amazon.titan-text-express-v1', body: { inputText: 'a' }, operation: 'text_completion' },
  {
    model: 'us.meta.llama3-3-70b-instruct-v1:0',
    body: { prompt: 'a' },
    operation: 'text_completion',
  },
  {
    model: 'mistral.mistral-7b-instruct-v0:2',
    body: { prompt: 'a' },
    operation: 'text_completion',
  },
  {
    model: 'mistral.mistral-large-2407-v1:0',
    body: { messages: [{ role: 'user', content: 'a' }] },
  },
  { model: 'cohere.command-text-v14', body: { prompt: 'a' }, operation: 'text_completion' },
  { model: 'cohere.command-r-v1:0', body: { message: 'a' } },
  { model: 'us.deepseek.r1-v1:0', body: { prompt: 'a' }, operation: 'text_completion' },
  { model: 'openai.gpt-oss-120b-1:0', body: { messages: [{ role: 'user', content: 'a' }] } },
];

const titan = {
  modelId: 'amazon.titan-text-express-v1',
  body: JSON.stringify({ inputText: 'Where is my parcel?' }),
};

/** `InvokeModel`, whose bodies are in the words of each model. */
export const invokeCases: readonly Case[] = [
  {
    name: 'invoke',
    scripts: [answer],
    async run(client) {
      const output = await client.invokeModel(invoked);
      return { output, text: output.body.transformToString() };
    },
    spans: [plain],
  },
  {
    name: 'invoke, with a body of bytes',
    scripts: [answer],
    run: (client) => client.invokeModel({ ...invoked, body: Buffer.from(invoked.body) }),
    spans: [plain],
  },
  {
    name: 'invoke, with a body that is no JSON',
    scripts: [],
    run: (client) => client.invokeModel({ ...invoked, body: 'no JSON' }),
    spans: [{ name, errorType: 'ValidationException' }],
  },
  {
    name: 'invoke, tool calls',
    scripts: [{ toolCalls: [{ name: 'track', arguments: { id: 7 } }], usage }],
    run: (client) => client.invokeModel(invoked),
    spans: [{ ...plain, finishReasons: ['tool_call'] }],
  },
  {
    name: 'invoke, streamed',
    scripts: [answer],
    run: async (client) => collect((await client.invokeModelWithResponseStream(invoked)).body),
    spans: [completed],
  },
  {
    name: 'invoke, streamed in writes of 1 byte',
    scripts: [{ ...answer, text: ['Grüße aus ', '東京 🚀'], writeBytes: 1 }],
    run: async (client) => collect((await client.invokeModelWithResponseStream(titan)).body),
    spans: [{ ...completed, name: `text_completion ${titan.modelId}` }],
  },
  {
    name: 'invoke, streamed, left early',
    scripts: [answer],
    async run(client) {
      const { body } = await client.invokeModelWithResponseStream(invoked);
      for await (const event of body ?? []) return event;
      return undefined;
    },
    spans: [{ name, outcome: 'cancelled', firstChunk: true }],
  },
  {
    name: 'invoke, streamed, an exception in the stream',
    scripts: [{ ...answer, fault: { kind: 'error', afterChunks: 2 } }],
    run: async (client) => collect((await client.invokeModelWithResponseStream(invoked)).body),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ModelStreamErrorException' }],
    spansOn: ({ losesErrors }) =>
      losesErrors
        ? [{ name, outcome: 'failed', firstChunk: true, errorType: '_OTHER' }]
        : undefined,
  },
  ...models.flatMap(({ model, body, operation = 'chat' }): readonly Case[] => {
    const input = { modelId: model, body: JSON.stringify(body) };
    return [
      {
        name: `invoke ${model}`,
        scripts: [answer],
        run: (client) => client.invokeModel(input),
        spans: [{ ...plain, name: `${operation} ${model}` }],
      },
      {
        name: `invoke ${model}, streamed`,
        scripts: [answer],
        run: async (client) => collect((await client.invokeModelWithResponseStream(input)).body),
        spans: [{ ...completed, name: `${operation} ${model}` }],
      },
    ];
  }),
  ...['amazon.titan-embed-text-v2:0', 'cohere.embed-english-v3'].map((modelId): Case => ({
    name: `invoke ${modelId}`,
    scripts: [],
    run: (client) =>
      client.invokeModel({
        modelId,
        body: JSON.stringify({ inputText: 'a parcel', texts: ['a parcel'], dimensions: 4 }),
      }),
    spans: [{ name: `embeddings ${modelId}` }],
  })),
];
