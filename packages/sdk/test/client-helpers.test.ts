// The helpers of the official clients tell what happens as events: a call is one span, whichever way they are read.
import Anthropic from '@anthropic-ai/sdk';
import { anthropicStream, createGenAi, openAiChatStream } from '@llm-otel/sdk/agents';
import { type ModelEmulator, type ModelScript, startModelEmulator } from '@llm-otel/testing';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import { ANTHROPIC_MODEL, OPENAI_MODEL } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

const answer: ModelScript = {
  text: 'It is on its way.',
  usage: { inputTokens: 100, outputTokens: 20 },
};
const messages = [{ role: 'user' as const, content: 'Where is my parcel?' }];

function openAiHelper({ openAiBaseUrl: baseURL }: ModelEmulator) {
  const client = new OpenAI({ baseURL, apiKey: 'emulator', maxRetries: 0 });
  return client.chat.completions.stream({
    model: OPENAI_MODEL,
    messages,
    stream_options: { include_usage: true },
  });
}

function anthropicHelper({ anthropicBaseUrl: baseURL }: ModelEmulator) {
  // This client makes spans of its own; beside ours they would count every token twice.
  const client = new Anthropic({
    baseURL,
    apiKey: 'emulator',
    maxRetries: 0,
    openTelemetry: false,
  });
  return client.messages.stream({ model: ANTHROPIC_MODEL, max_tokens: 100, messages });
}

type Helper = ReturnType<typeof openAiHelper> | ReturnType<typeof anthropicHelper>;

const clients = [
  ['openai', openAiHelper, openAiChatStream],
  ['anthropic', anthropicHelper, anthropicStream],
] as const;

describe.each(clients)('%s', (provider, open, format) => {
  async function spanOf(script: ModelScript, read: (helper: Helper) => Promise<unknown>) {
    await using emulator = await startModelEmulator({ scripts: [script] });
    const { telemetry, sink } = await startWithSink({ content: 'span' });
    const genAi = createGenAi({ content: telemetry.content });
    const helper = await genAi.inference({ provider, stream: true }, async (call) =>
      call.stream<Helper>(open(emulator), format),
    );
    const outcome = await read(helper);
    await telemetry.shutdown();
    expect(sink.spans).toHaveLength(1);
    return { outcome, attributes: sink.spans[0]?.attributes ?? {} };
  }

  test('listened to: the text arrives, and the span has the answer', async () => {
    const { outcome, attributes } = await spanOf(answer, async (helper) => {
      let text = '';
      const listen = helper as { on(event: string, listener: (delta: string) => void): unknown };
      listen.on(provider === 'openai' ? 'content' : 'text', (delta) => (text += delta));
      await helper.done();
      return text;
    });

    expect(outcome).toBe('It is on its way.');
    expect(attributes).toMatchObject({
      'llm_otel.stream.outcome': 'completed',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.output_tokens': 20,
    });
    expect(attributes['gen_ai.output.messages']).toContain('It is on its way.');
  });

  test('iterated: every chunk counts once', async () => {
    const { outcome, attributes } = await spanOf(answer, async (helper) => {
      let chunks = 0;
      for await (const _ of helper) chunks++;
      return chunks;
    });

    expect(outcome).toBeGreaterThan(2);
    expect(attributes).toMatchObject({
      'llm_otel.stream.outcome': 'completed',
      'gen_ai.usage.output_tokens': 20,
    });
    const [message] = JSON.parse(attributes['gen_ai.output.messages'] as string) as [
      { parts: unknown },
    ];
    expect(message.parts).toEqual([{ type: 'text', content: 'It is on its way.' }]);
  });

  test('left in the middle: cancelled, and not an error', async () => {
    const { attributes } = await spanOf(answer, async (helper) => {
      for await (const _ of helper) break;
    });

    expect(attributes['llm_otel.stream.outcome']).toBe('cancelled');
    expect(attributes).not.toHaveProperty('error.type');
  });

  test('refused by the provider: failed, with the error the application gets', async () => {
    const { outcome, attributes } = await spanOf(
      { error: { status: 429 } },
      async (helper) => await helper.done().catch((error: unknown) => error),
    );

    expect(outcome).toBeInstanceOf(Error);
    expect(attributes['llm_otel.stream.outcome']).toBe('failed');
    expect(attributes['http.response.status_code']).toBe(429);
  });
});
