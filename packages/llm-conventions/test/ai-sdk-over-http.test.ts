// Spans that real releases of the Vercel AI SDK make of calls over HTTP, read in today's names.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { OpenTelemetry } from '@ai-sdk/otel';
import { type ModelEmulator, type ModelScript, startModelEmulator } from '@llm-otel/testing';
import { SpanStatusCode, type Tracer } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import * as ai7 from 'ai';
import * as ai6 from 'ai-6';
import { createOpenAI as createOpenAI3 } from 'ai-sdk-openai-3';
import { describe, expect, test } from 'vitest';
import { checkConformance } from '../src/conformance.ts';
import { costOfSpan, inCurrentNames } from '../src/index.ts';

const weather = { name: 'weather', arguments: { city: 'Bern' } };
const toolLoop: readonly ModelScript[] = [
  {
    toolCalls: [weather],
    usage: { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 400 },
  },
  { text: 'It is cold.', usage: { inputTokens: 2000, outputTokens: 100, reasoningTokens: 40 } },
];
const oneAnswer: readonly ModelScript[] = [
  { text: 'It is cold.', usage: { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 400 } },
];
const refusal: readonly ModelScript[] = [
  { error: { status: 400, type: 'invalid_request_error', message: 'no such thing' } },
];

/** One way to call a model: a release of the SDK, a provider, an API of it. */
interface Way {
  readonly provider: string;
  readonly model: string;
  /** Runs a loop with a tool, without or with streaming, and answers with the text. */
  run(emulator: ModelEmulator, tracer: Tracer, streaming: boolean): Promise<string>;
}

const inputSchema = { type: 'object', properties: { city: { type: 'string' } } } as const;
const prompt = 'How is the weather?';

async function withVersion7(
  model: ai7.LanguageModel,
  tracer: Tracer,
  streaming: boolean,
): Promise<string> {
  const request = {
    model,
    prompt,
    maxRetries: 0,
    tools: {
      weather: ai7.tool({
        inputSchema: ai7.jsonSchema<{ city: string }>(inputSchema),
        execute: () => Promise.resolve({ degrees: 7 }),
      }),
    },
    stopWhen: ai7.isStepCount(3),
    telemetry: { functionId: 'desk', integrations: [new OpenTelemetry({ tracer })] },
  };
  if (!streaming) return (await ai7.generateText(request)).text;
  let failure: unknown;
  const result = ai7.streamText({ ...request, onError: ({ error }) => void (failure = error) });
  await result.consumeStream();
  if (failure !== undefined) throw failure as Error;
  return await result.text;
}

async function withVersion6(
  model: ai6.LanguageModel,
  tracer: Tracer,
  streaming: boolean,
): Promise<string> {
  const request = {
    model,
    prompt,
    maxRetries: 0,
    tools: {
      weather: ai6.tool({
        inputSchema: ai6.jsonSchema<{ city: string }>(inputSchema),
        execute: () => Promise.resolve({ degrees: 7 }),
      }),
    },
    stopWhen: ai6.stepCountIs(3),
    experimental_telemetry: { isEnabled: true, functionId: 'desk', tracer },
  };
  if (!streaming) return (await ai6.generateText(request)).text;
  let failure: unknown;
  const result = ai6.streamText({ ...request, onError: ({ error }) => void (failure = error) });
  await result.consumeStream();
  if (failure !== undefined) throw failure as Error;
  return await result.text;
}

const ways: Readonly<Record<string, Way>> = {
  'version 7, chat completions': {
    provider: 'openai',
    model: 'gpt-5',
    run: ({ openAiBaseUrl: baseURL }, tracer, streaming) =>
      withVersion7(createOpenAI({ baseURL, apiKey: 'e' }).chat('gpt-5'), tracer, streaming),
  },
  'version 7, responses': {
    provider: 'openai',
    model: 'gpt-5',
    run: ({ openAiBaseUrl: baseURL }, tracer, streaming) =>
      withVersion7(createOpenAI({ baseURL, apiKey: 'e' }).responses('gpt-5'), tracer, streaming),
  },
  'version 7, Anthropic': {
    provider: 'anthropic',
    model: 'claude-opus-5',
    run: ({ anthropicBaseUrl }, tracer, streaming) =>
      withVersion7(
        createAnthropic({ baseURL: `${anthropicBaseUrl}/v1`, apiKey: 'e' })('claude-opus-5'),
        tracer,
        streaming,
      ),
  },
  'version 6, chat completions': {
    provider: 'openai',
    model: 'gpt-5',
    run: ({ openAiBaseUrl: baseURL }, tracer, streaming) =>
      withVersion6(createOpenAI3({ baseURL, apiKey: 'e' }).chat('gpt-5'), tracer, streaming),
  },
  'version 6, responses': {
    provider: 'openai',
    model: 'gpt-5',
    run: ({ openAiBaseUrl: baseURL }, tracer, streaming) =>
      withVersion6(createOpenAI3({ baseURL, apiKey: 'e' }).responses('gpt-5'), tracer, streaming),
  },
};

/** What a run leaves: its spans as they are read, and the outcome. */
async function spansOf(
  way: Way,
  scripts: readonly ModelScript[],
  streaming: boolean,
): Promise<{ readonly read: readonly ReadableSpan[]; readonly outcome: unknown }> {
  await using emulator = await startModelEmulator({ scripts });
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const outcome = await way
    .run(emulator, provider.getTracer('ai'), streaming)
    .catch((error: unknown) => error);
  const read = exporter.getFinishedSpans().map((span) => inCurrentNames(span) as ReadableSpan);
  return { read, outcome };
}

function operation(spans: readonly ReadableSpan[], name: string): readonly ReadableSpan[] {
  return spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] === name);
}

function sum(spans: readonly ReadableSpan[], name: string): number {
  return spans.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0);
}

describe.each(Object.entries(ways))('the AI SDK, %s', (_, way) => {
  test.each([
    ['at once', false],
    ['streamed', true],
  ])('a run with a tool, answered %s, is spans of the conventions', async (__, streaming) => {
    const { read, outcome } = await spansOf(way, toolLoop, streaming);

    expect(outcome).toBe('It is cold.');
    const chats = operation(read, 'chat');
    expect(chats).toHaveLength(2);
    expect(chats[0]?.attributes).toMatchObject({
      'gen_ai.provider.name': way.provider,
      'gen_ai.request.model': way.model,
      'gen_ai.response.model': way.model,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_read.input_tokens': 400,
      'gen_ai.usage.output_tokens': 200,
    });
    expect(chats[1]?.attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
    expect(String(chats[1]?.attributes['gen_ai.output.messages'])).toContain('It is cold.');
    expect(operation(read, 'execute_tool')).toHaveLength(1);
    expect(operation(read, 'execute_tool')[0]?.attributes).toMatchObject({
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.arguments': '{"city":"Bern"}',
      'gen_ai.tool.call.result': '{"degrees":7}',
    });
    for (const name of ['chat', 'execute_tool', 'invoke_agent'])
      for (const span of operation(read, name))
        expect(
          checkConformance(span, { content: true }).errors.map(
            ({ attribute, message }) => `${attribute}: ${message}`,
          ),
          span.name,
        ).toEqual([]);
  });

  test.each([
    ['at once', false],
    ['streamed', true],
  ])(
    'a plain sum over the spans of a run, answered %s, counts each token once',
    async (__, streaming) => {
      const { read } = await spansOf(way, toolLoop, streaming);

      expect(sum(read, 'gen_ai.usage.input_tokens')).toBe(3000);
      expect(sum(read, 'gen_ai.usage.output_tokens')).toBe(300);
      expect(operation(read, 'invoke_agent').map(({ attributes }) => attributes)).toMatchObject([
        {
          'gen_ai.agent.name': 'desk',
          'llm_otel.usage.rollup': true,
          'llm_otel.rollup.usage.input_tokens': 3000,
          'llm_otel.rollup.usage.output_tokens': 300,
        },
      ]);
      const at = new Date('2026-11-20');
      const costs = read.map(({ attributes }) => {
        // This server is none of the provider's own.
        const { 'server.address': _, ...anywhere } = attributes;
        return costOfSpan(anywhere, at)?.microUsd;
      });
      // gpt-5: 600 x 1.25 + 400 x 0.125 + 200 x 10, and 2000 x 1.25 + 100 x 10; claude-opus-5: 600 x 5 + 400 x 0.5 +
      // 200 x 25, and 2000 x 5 + 100 x 25.
      expect(costs.filter((cost) => cost !== undefined)).toEqual(
        way.provider === 'openai' ? [2800, 3500] : [8200, 12_500],
      );
    },
  );

  test('a call that is refused is an error of the conventions', async () => {
    const { read, outcome } = await spansOf(way, refusal, false);

    expect(outcome).toBeInstanceOf(Error);
    const [chat] = operation(read, 'chat');
    expect(chat?.status.code).toBe(SpanStatusCode.ERROR);
    expect(chat?.attributes['error.type']).toBeDefined();
    expect(
      checkConformance(chat!, { content: true }).errors.map(
        ({ attribute, message }) => `${attribute}: ${message}`,
      ),
    ).toEqual([]);
  });

  test('an answer without a tool is one call below its agent', async () => {
    const { read } = await spansOf(way, oneAnswer, true);

    expect(operation(read, 'chat')).toHaveLength(1);
    expect(operation(read, 'execute_tool')).toEqual([]);
    expect(sum(read, 'gen_ai.usage.input_tokens')).toBe(1000);
  });
});
