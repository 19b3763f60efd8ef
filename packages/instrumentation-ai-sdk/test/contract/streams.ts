import {
  type Case,
  answer,
  collect,
  loop,
  run,
  stable,
  stream,
  streamed,
  tools,
  call,
  streamedLoop,
} from './calls.ts';

/** Texts that are read as they come. */
export const streams: readonly Case[] = [
  {
    name: 'streamText',
    scripts: [answer],
    async run(client) {
      const { result, errors } = stream(client);
      return { chunks: await collect(result.textStream), errors };
    },
    spans: [streamed, run],
  },
  {
    name: 'streamText, all its parts and promises',
    scripts: [answer],
    async run(client) {
      const { result } = stream(client);
      const parts = stable(await collect(result.fullStream));
      const [usages, steps, content] = [
        await result.totalUsage,
        await result.steps,
        await result.content,
      ];
      return { parts, usages, steps: stable(steps), content: stable(content) };
    },
    spans: [streamed, run],
  },
  {
    name: 'the stream has its class, its members and no new ones',
    scripts: [answer],
    async run(client) {
      const { result } = stream(client);
      const facts = [
        result.constructor.name,
        Reflect.ownKeys(result),
        result.textStream.constructor.name,
      ];
      return { facts, text: await result.text };
    },
    spans: [streamed, run],
  },
  {
    name: 'streamText through responses',
    scripts: [answer],
    async run(client) {
      const { result } = stream(client, { model: client.openAi.responses('gpt-5-mini') });
      return collect(result.textStream);
    },
    spans: [streamed, run],
  },
  ...[1, 3, 7].map((writeBytes): Case => ({
    name: `streamText in writes of ${writeBytes} bytes`,
    scripts: [{ ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes }],
    run: async (client) => collect(stream(client).result.textStream),
    spans: [streamed, run],
  })),
  {
    name: 'streamText with CRLF, in writes of 1 byte',
    scripts: [{ ...answer, crlf: true, writeBytes: 1 }],
    run: async (client) => collect(stream(client).result.textStream),
    spans: [streamed, run],
  },
  {
    name: 'callbacks, in their order',
    scripts: loop,
    async run(client) {
      const told: string[] = [];
      const { result } = stream(client, {
        tools: tools(client),
        stopWhen: client.ai.stepCountIs(3),
        onChunk: ({ chunk }) => void told.push(chunk.type),
        onStepFinish: ({ finishReason }) => void told.push(`step ${finishReason}`),
        onFinish: ({ finishReason }) => void told.push(`finish ${finishReason}`),
      });
      await result.consumeStream();
      return told;
    },
    ...streamedLoop,
  },
  {
    name: 'break after two chunks',
    scripts: [answer],
    run: async (client) => collect(stream(client).result.textStream, 2),
    spans: [
      { ...call, firstChunk: true, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run(client) {
      for await (const chunk of stream(client).result.textStream)
        throw new Error(`no use for ${chunk}`);
    },
    spans: [
      { ...call, firstChunk: true, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'the reader returns by hand',
    scripts: [answer],
    async run(client) {
      const iterator = stream(client).result.textStream[Symbol.asyncIterator]();
      return [await iterator.next(), await iterator.return?.(), await iterator.next()];
    },
    spans: [
      { ...call, firstChunk: true, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    async run(client, { answered: arrived }) {
      const { constructor } = stream(client).result;
      await arrived;
      return constructor.name;
    },
    spans: [
      { ...call, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'consumeStream',
    scripts: [answer],
    async run(client) {
      const { result } = stream(client);
      await result.consumeStream();
      return result.text;
    },
    spans: [streamed, run],
  },
  {
    name: 'text and parts read at once',
    scripts: [answer],
    async run(client) {
      const { result } = stream(client);
      const [chunks, parts] = await Promise.all([
        collect(result.textStream),
        collect(result.fullStream),
      ]);
      return { chunks, parts: stable(parts) };
    },
    spans: [streamed, run],
  },
  {
    name: 'tee, both halves',
    scripts: [answer],
    async run(client) {
      const halves = stream(client).result.textStream.tee();
      return Promise.all(halves.map((half) => collect(half)));
    },
    spans: [streamed, run],
  },
  {
    name: 'toTextStreamResponse',
    scripts: [answer],
    async run(client) {
      const response = stream(client).result.toTextStreamResponse();
      return { response, text: await response.text() };
    },
    spans: [streamed, run],
  },
  {
    name: 'toUIMessageStreamResponse',
    scripts: [answer],
    run: async (client) => stream(client).result.toUIMessageStreamResponse().text(),
    spans: [streamed, run],
  },
  {
    name: 'toUIMessageStreamResponse, cancelled by the browser',
    scripts: [answer],
    async run(client) {
      const reader = stream(client).result.toUIMessageStreamResponse().body!.getReader();
      const { done } = await reader.read();
      await reader.cancel();
      return done;
    },
    spans: [
      { ...call, atCollection: true },
      { ...run, atCollection: true },
    ],
  },
  {
    name: 'smoothed by a transformation',
    scripts: [answer],
    async run(client) {
      const transform = client.ai.smoothStream({ delayInMs: null });
      return collect(stream(client, { experimental_transform: transform }).result.textStream);
    },
    spans: [streamed, run],
  },
  {
    name: 'a wrapped model that makes a stream of an answer',
    scripts: [answer],
    async run(client) {
      const { wrapLanguageModel, simulateStreamingMiddleware } = client.ai;
      const model = wrapLanguageModel({
        model: client.openAi.chat('gpt-5-mini'),
        middleware: simulateStreamingMiddleware(),
      });
      return collect(stream(client, { model }).result.textStream);
    },
    spans: [streamed, run],
  },
];
