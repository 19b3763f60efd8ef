// Model calls of the official clients, as they arrive at a receiver.
import { createGenAi } from '@llm-otel/sdk/agents';
import { expectTree, type ModelScript, startModelEmulator } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ANTHROPIC_MODEL, chat, OPENAI_MODEL, streamedMessage } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

const answer: ModelScript = {
  text: 'It is on its way.',
  usage: { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 400, reasoningTokens: 50 },
};
const question = { messages: [{ role: 'user' as const, content: 'Where is my parcel?' }] };

test('llm_call_with_real_sdk: a chat completion of the openai client is one span with what was asked and answered', async () => {
  await using emulator = await startModelEmulator({ scripts: [answer] });
  const { telemetry, sink } = await startWithSink({ content: 'span' });
  const genAi = createGenAi({ content: telemetry.content });

  const completion = await chat(genAi, emulator, question);
  await telemetry.shutdown();

  expect(completion.choices[0]?.message.content).toBe('It is on its way.');
  expectTree(sink.spans, {
    name: `chat ${OPENAI_MODEL}`,
    kind: 'client',
    status: 'unset',
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': OPENAI_MODEL,
      'gen_ai.response.model': OPENAI_MODEL,
      'gen_ai.response.id': completion.id,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 200,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.reasoning.output_tokens': 50,
      'gen_ai.input.messages': /Where is my parcel\?/,
      'gen_ai.output.messages': /It is on its way\./,
    },
    children: [],
  });
});

test('llm_call_with_real_sdk: an error of the openai client reaches the caller and is on the span', async () => {
  const error = { status: 429, headers: { 'retry-after': '7' } };
  await using emulator = await startModelEmulator({ scripts: [{ error }] });
  const { telemetry, sink } = await startWithSink();

  await expect(chat(createGenAi(), emulator, question)).rejects.toMatchObject({ status: 429 });
  await telemetry.shutdown();

  expectTree(sink.spans, {
    name: `chat ${OPENAI_MODEL}`,
    status: 'error',
    attributes: {
      'error.type': 'rate_limit_exceeded',
      'http.response.status_code': 429,
      'gen_ai.usage.input_tokens': undefined,
    },
  });
});

test('streaming_response_tracing: a streamed message of the anthropic client is one span, from the request to the last event', async () => {
  const script = { ...answer, text: ['It is ', 'on its ', 'way.'], chunkDelayMillis: 20 };
  await using emulator = await startModelEmulator({ scripts: [script] });
  const { telemetry, sink } = await startWithSink();

  const stream = await streamedMessage(createGenAi(), emulator, 'Where is my parcel?');
  await telemetry.forceFlush();
  expect(sink.spans).toEqual([]);
  let text = '';
  for await (const event of stream) {
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
      text += event.delta.text;
  }
  await telemetry.shutdown();

  expect(text).toBe('It is on its way.');
  expectTree(sink.spans, {
    name: `chat ${ANTHROPIC_MODEL}`,
    kind: 'client',
    status: 'unset',
    attributes: {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.stream': true,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': (seconds: number) => seconds > 0 && seconds < 10,
      // As the provider counts, not one for each chunk.
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 200,
      'llm_otel.stream.outcome': 'completed',
    },
    children: [],
  });
  const [span] = sink.spans;
  const nanos = (span?.endTimeUnixNano ?? 0n) - (span?.startTimeUnixNano ?? 0n);
  // Two waits between three pieces; timers may be a millisecond early.
  expect(nanos).toBeGreaterThan(38_000_000n);
});

test('streaming_response_tracing: a stream that breaks off is an error for the caller and on the span', async () => {
  const fault = { kind: 'cut', afterChunks: 2 } as const;
  await using emulator = await startModelEmulator({ scripts: [{ text: ['a', 'b', 'c'], fault }] });
  const { telemetry, sink } = await startWithSink();

  const reading = async (): Promise<void> => {
    for await (const _ of await streamedMessage(createGenAi(), emulator, 'Tell me'));
  };
  await expect(reading()).rejects.toThrow();
  await telemetry.shutdown();

  expectTree(sink.spans, {
    name: `chat ${ANTHROPIC_MODEL}`,
    status: 'error',
    attributes: { 'llm_otel.stream.outcome': 'failed', 'error.type': /./ },
  });
});
