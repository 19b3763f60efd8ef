// The streams of the official clients, given to call.stream: a call is one span with the answer, whichever way they are read.
import Anthropic from '@anthropic-ai/sdk';
import { anthropicStream, createGenAi, openAiChatStream } from '@llm-otel/sdk/agents';
import { type ModelEmulator, startModelEmulator } from '@llm-otel/testing';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { ANTHROPIC_MODEL, OPENAI_MODEL } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

const messages = [{ role: 'user' as const, content: 'Where is my parcel?' }];
const options = { apiKey: 'emulator', maxRetries: 0 };

interface ReadableInManyWays extends AsyncIterable<unknown> {
  tee(): readonly AsyncIterable<unknown>[];
  toReadableStream(): ReadableStream;
}

async function openAi({ openAiBaseUrl: baseURL }: ModelEmulator): Promise<ReadableInManyWays> {
  return new OpenAI({ ...options, baseURL }).chat.completions.create({
    model: OPENAI_MODEL,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
}

async function anthropic({
  anthropicBaseUrl: baseURL,
}: ModelEmulator): Promise<ReadableInManyWays> {
  // This client makes spans of its own; beside ours they would count every token twice.
  return new Anthropic({ ...options, baseURL, openTelemetry: false }).messages.create({
    model: ANTHROPIC_MODEL,
    max_tokens: 100,
    messages,
    stream: true,
  });
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

const clients = [
  ['openai', openAi, openAiChatStream],
  ['anthropic', anthropic, anthropicStream],
] as const;

const readings: readonly [string, string, (stream: ReadableInManyWays) => Promise<void>][] = [
  ['in a loop', 'completed', readAll],
  [
    'in two branches',
    'completed',
    async (stream) => {
      for (const branch of stream.tee()) await readAll(branch);
    },
  ],
  ['as a web stream', 'completed', (stream) => readAll(stream.toReadableStream())],
  [
    'as a web stream that is cancelled',
    'cancelled',
    async (stream) => {
      const reader = stream.toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    },
  ],
  [
    'by an iterator that is left',
    'cancelled',
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
    },
  ],
];

describe.each(clients)('a stream of %s', (provider, open, format) => {
  test.each(readings)('read %s is one span, which is %s', async (_, outcome, read) => {
    await using emulator = await startModelEmulator({
      scripts: [{ text: 'It is on its way.', usage: { inputTokens: 100, outputTokens: 20 } }],
    });
    const { telemetry, sink } = await startWithSink({ content: 'span' });
    const genAi = createGenAi({ content: telemetry.content });
    await read(
      await genAi.inference({ provider, stream: true }, async (call) =>
        call.stream(await open(emulator), format),
      ),
    );
    await telemetry.shutdown();

    expect(sink.spans).toHaveLength(1);
    const { attributes } = sink.spans[0]!;
    expect(attributes['llm_otel.stream.outcome']).toBe(outcome);
    expect(attributes).not.toHaveProperty('error.type');
    if (outcome === 'completed')
      expect(attributes).toMatchObject({
        'gen_ai.usage.output_tokens': 20,
        'gen_ai.output.messages': expect.stringContaining('It is on its way.') as unknown,
      });
  });
});
