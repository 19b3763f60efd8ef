// The AI SDK of version 6, with its own provider, against a server.
import { context, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { expectTree, type ModelEmulator, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { collectGarbageUntil } from '@llm-otel/tooling/contract';
import {
  embed,
  embedMany,
  generateObject,
  generateText,
  type LanguageModel,
  stepCountIs,
  streamText,
  tool,
} from 'ai-6';
import { createOpenAI } from 'ai-sdk-openai-3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { aiSdkTracer, type AiSdkOptions } from '../src/index.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
let emulator: ModelEmulator;
beforeEach(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  emulator = await startModelEmulator();
});
afterEach(async () => {
  await emulator.close();
  recorder.clear();
  context.disable();
});

const usage = { inputTokens: 12, outputTokens: 5 };
const prompt = 'Where is my parcel?';
const chat = 'chat gpt-5-mini';
const track = tool({
  inputSchema: z.object({ id: z.number() }),
  execute: ({ id }: { id: number }) => Promise.resolve(`parcel ${id} is in Lyon`),
});

function openAi(): ReturnType<typeof createOpenAI> {
  return createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });
}

function model(): LanguageModel {
  return openAi().chat('gpt-5-mini');
}

function telemetry(options: AiSdkOptions = {}): {
  readonly isEnabled: true;
  readonly functionId: string;
  readonly tracer: Tracer;
} {
  return {
    isEnabled: true,
    functionId: 'parcel desk',
    tracer: aiSdkTracer({ tracer, ...options }),
  };
}

function expectSound(inputTokens: number, content = false): void {
  expect(recorder.openSpans).toEqual([]);
  expect(recorder.spans.flatMap((span) => checkConformance(span, { content }).errors)).toEqual([]);
  const sum = recorder.spans.reduce(
    (total, { attributes }) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
    0,
  );
  expect(sum).toBe(inputTokens);
}

test.each([false, true])('calls and tools are one run (stream: %s)', async (stream) => {
  emulator.script([
    { toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'call_1' }], usage },
    { text: 'In Lyon.', usage },
  ]);
  const request = {
    model: model(),
    prompt,
    tools: { track },
    stopWhen: stepCountIs(3),
    experimental_telemetry: telemetry(),
  };

  const text = stream ? await streamText(request).text : (await generateText(request)).text;

  expect(text).toBe('In Lyon.');
  // The run of a stream ends a moment behind its text.
  await vi.waitFor(() => expect(recorder.openSpans).toEqual([]));
  const toolSpan = { name: 'execute_tool track' };
  expectTree(recorder.spans, {
    name: 'invoke_agent parcel desk',
    attributes: {
      'llm_otel.usage.rollup': true,
      'llm_otel.rollup.usage.input_tokens': 24,
      'llm_otel.rollup.usage.output_tokens': 10,
    },
    children: [{ name: chat }, toolSpan, { name: chat }],
  });
  const call = recorder.spans.find(({ name }) => name === chat);
  expect(call?.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.response.finish_reasons': ['tool_call'],
    'gen_ai.usage.output_tokens': 5,
    'llm_otel.cost.price_table': expect.any(String) as string,
  });
  if (stream) expect(call?.attributes['gen_ai.response.time_to_first_chunk']).toBeGreaterThan(0);
  expect(JSON.stringify(recorder.spans.map(({ attributes }) => attributes))).not.toMatch(
    /Where is my|Lyon/,
  );
  expectSound(24);
});

test('with content, in the shapes of the conventions', async () => {
  emulator.script([{ text: 'In Lyon.', usage }]);

  await generateText({
    model: model(),
    system: 'Be brief.',
    prompt,
    experimental_telemetry: telemetry({ content: 'span' }),
  });

  const { attributes } = recorder.spans.find(({ name }) => name === chat)!;
  expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toMatchObject([
    { role: 'assistant', parts: [{ type: 'text', content: 'In Lyon.' }] },
  ]);
  expect(String(attributes['gen_ai.input.messages'])).toContain('Where is my parcel?');
  expectSound(12, true);
});

test('objects and embeddings', async () => {
  emulator.script([{ text: '{"place":"Lyon"}', usage }]);
  const embedding = openAi().embedding('text-embedding-3-small');

  await generateObject({
    model: model(),
    prompt,
    schema: z.object({ place: z.string() }),
    experimental_telemetry: telemetry(),
  });
  await embed({ model: embedding, value: 'Lyon', experimental_telemetry: telemetry() });
  await embedMany({
    model: embedding,
    values: ['Lyon', 'Bern'],
    experimental_telemetry: telemetry(),
  });

  expect(recorder.spans.map(({ name }) => name)).toEqual([
    chat,
    'invoke_agent parcel desk',
    'embeddings text-embedding-3-small',
    'embeddings text-embedding-3-small',
  ]);
  expectSound(15);
});

test('what fails', async () => {
  emulator.script([{ error: { status: 400 } }]);

  await expect(
    generateText({ model: model(), prompt, maxRetries: 0, experimental_telemetry: telemetry() }),
  ).rejects.toThrow();

  expect(recorder.spans.map(({ name, status }) => [name, status.code])).toEqual([
    [chat, SpanStatusCode.ERROR],
    ['invoke_agent parcel desk', SpanStatusCode.ERROR],
  ]);
  expectSound(0);
});

test('a stream that is left early ends when it is garbage', async () => {
  emulator.script([{ text: ['On ', 'its ', 'way.'] }]);

  await (async () => {
    const { textStream } = streamText({
      model: model(),
      prompt,
      experimental_telemetry: telemetry(),
    });
    for await (const _ of textStream) break;
  })();
  await collectGarbageUntil(() => recorder.openSpans.length === 0);

  expect(recorder.openSpans).toEqual([]);
  expect(recorder.spans.map(({ name }) => name).toSorted()).toEqual([
    chat,
    'invoke_agent parcel desk',
  ]);
});

test('spans of another kind stay as they are', () => {
  const other = aiSdkTracer({ tracer });

  other.startSpan('ai.rerank', { attributes: { 'ai.model.id': 'rerank-1' } }).end();
  other.startActiveSpan('mine', (span) => span.end());

  expect(recorder.spans.map(({ name }) => name)).toEqual(['ai.rerank', 'mine']);
});
