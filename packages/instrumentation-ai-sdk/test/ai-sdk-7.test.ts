// The AI SDK of version 7, with its own providers, against a server.
import { setImmediate } from 'node:timers/promises';
import { context, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import {
  expectTree,
  type ModelEmulator,
  type ModelScripts,
  recordSpans,
  startModelEmulator,
} from '@llm-otel/testing';
import { collectGarbageUntil } from '@llm-otel/tooling/contract';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import {
  embed,
  embedMany,
  generateObject,
  generateText,
  isStepCount,
  type LanguageModel,
  Output,
  streamObject,
  streamText,
  tool,
} from 'ai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { aiSdkTelemetry, type AiSdkOptions, instrumentAiSdk } from '../src/index.ts';

const recorder = recordSpans();
const provider = new TracerProvider({ spanProcessors: [recorder] });
const tracer = provider.getTracer('test');
let emulator: ModelEmulator;
let takeBack: () => void;

beforeEach(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  emulator = await startModelEmulator();
  takeBack = instrumentAiSdk({ tracer });
});
afterEach(async () => {
  takeBack();
  await emulator.close();
  recorder.clear();
  context.disable();
});

const usage = { inputTokens: 12, outputTokens: 5 };
const answer = { text: ['On ', 'its ', 'way', '.'], usage };
const prompt = 'Where is my parcel?';
const models: [string, () => LanguageModel, string][] = [
  ['openai chat', () => openAi().chat('gpt-5-mini'), 'chat gpt-5-mini'],
  ['openai responses', () => openAi().responses('gpt-5-mini'), 'chat gpt-5-mini'],
  ['anthropic', () => anthropic()('claude-opus-4-8'), 'chat claude-opus-4-8'],
];

function openAi(): ReturnType<typeof createOpenAI> {
  return createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });
}

function anthropic(): ReturnType<typeof createAnthropic> {
  return createAnthropic({ baseURL: `${emulator.anthropicBaseUrl}/v1`, apiKey: 'none' });
}

function chatModel(): LanguageModel {
  return openAi().chat('gpt-5-mini');
}

const track = tool({
  description: 'where a parcel is',
  inputSchema: z.object({ id: z.number() }),
  execute: ({ id }) => Promise.resolve(`parcel ${id} is in Lyon`),
});

const loop: ModelScripts = [
  { toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'call_1' }], usage },
  { text: 'In Lyon.', usage },
];

function attributesOf(name: string): Record<string, unknown> {
  return { ...recorder.spans.find((span) => span.name === name)?.attributes };
}

/** Every span keeps every rule, and a plain sum over all of them counts each token once. */
function expectSound(inputTokens: number): void {
  expect(recorder.openSpans).toEqual([]);
  expect(recorder.spans.flatMap((span) => checkConformance(span).errors)).toEqual([]);
  const sum = recorder.spans.reduce(
    (total, { attributes }) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
    0,
  );
  expect(sum).toBe(inputTokens);
}

describe.each(models)('%s', (_name, model, chat) => {
  test('a text is a run with its call', async () => {
    emulator.script([answer]);

    const { text } = await generateText({
      model: model(),
      prompt,
      telemetry: { functionId: 'parcel desk' },
    });

    expect(text).toBe('On its way.');
    expectTree(recorder.spans, { name: 'invoke_agent parcel desk', children: [{ name: chat }] });
    expect(attributesOf(chat)).toMatchObject({
      'gen_ai.provider.name': chat.includes('claude') ? 'anthropic' : 'openai',
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.agent.name': 'parcel desk',
    });
    expectSound(12);
  });

  test('a stream is one, too, with the time to its first chunk', async () => {
    emulator.script([answer]);

    expect(await streamText({ model: model(), prompt }).text).toBe('On its way.');

    expectTree(recorder.spans, { name: 'invoke_agent', children: [{ name: chat }] });
    expect(attributesOf(chat)).toMatchObject({
      'gen_ai.request.stream': true,
      'llm_otel.stream.outcome': 'completed',
      'gen_ai.response.time_to_first_chunk': expect.any(Number) as number,
      'gen_ai.usage.output_tokens': 5,
    });
    expectSound(12);
  });

  test.each([false, true])('tools are called between the calls (stream: %s)', async (stream) => {
    emulator.script(loop);
    const request = { model: model(), prompt, tools: { track }, stopWhen: isStepCount(3) };

    const text = stream ? await streamText(request).text : (await generateText(request)).text;

    expect(text).toBe('In Lyon.');
    expectTree(recorder.spans, {
      name: 'invoke_agent',
      attributes: {
        'llm_otel.usage.rollup': true,
        'llm_otel.rollup.usage.input_tokens': 24,
        'llm_otel.rollup.usage.output_tokens': 10,
      },
      children: [{ name: chat }, { name: 'execute_tool track' }, { name: chat }],
    });
    expect(attributesOf('execute_tool track')['gen_ai.tool.call.id']).toBe('call_1');
    expectSound(24);
  });
});

describe('a stream that is not read to its end', () => {
  const streamed = (): ReturnType<typeof streamText> =>
    streamText({ model: chatModel(), prompt, onError: () => undefined });

  async function settled(): Promise<void> {
    await collectGarbageUntil(() => recorder.openSpans.length === 0);
  }

  test('left early: both spans end', async () => {
    emulator.script([{ ...answer, text: Array.from({ length: 100 }, () => 'word ') }]);

    await (async () => {
      for await (const _ of streamed().textStream) break;
    })();
    await settled();

    expect(attributesOf('chat gpt-5-mini')['llm_otel.stream.outcome']).toMatch(/cancelled|dropped/);
    expect(recorder.spans.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.UNSET,
    ]);
    expectSound(0);
  });

  test('that hangs, and has a deadline', async () => {
    emulator.script([{ ...answer, fault: { kind: 'hang', afterChunks: 3 } }]);
    const integrations = [aiSdkTelemetry({ tracer, streamTimeoutMillis: 50 })];

    const { textStream } = streamText({ model: chatModel(), prompt, telemetry: { integrations } });
    for await (const _ of textStream) break;
    await vi.waitFor(() => expect(recorder.openSpans).toEqual([]));

    expect(recorder.spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'timeout',
      'timeout',
    ]);
    expectSound(0);
  });

  test('that takes its time, and has a deadline that no timer of the runtime reaches', async () => {
    emulator.script([{ ...answer, chunkDelayMillis: 5 }]);
    const integrations = [aiSdkTelemetry({ tracer, streamTimeoutMillis: 2 ** 31 })];

    await streamText({ model: chatModel(), prompt, telemetry: { integrations } }).text;

    expect(recorder.spans.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.UNSET,
    ]);
    expectSound(12);
  });

  test('never read', async () => {
    emulator.script([answer]);

    await (async () => {
      streamed();
      await emulator.waitFor(1);
    })();
    await settled();

    expect(recorder.spans.map(({ name }) => name).toSorted()).toEqual([
      'chat gpt-5-mini',
      'invoke_agent',
    ]);
    expect(recorder.openSpans).toEqual([]);
  });

  test('whose steps before are garbage already: the run goes on', async () => {
    const collected = async (): Promise<void> => {
      let turns = 0;
      await collectGarbageUntil(() => ++turns > 5);
    };
    emulator.script([...(loop as object[])]);
    const slow = tool({
      inputSchema: z.object({ id: z.number() }),
      async execute() {
        // As long as a tool may take; the stream before it is over.
        await collected();
        return 'in Lyon';
      },
    });

    const result = streamText({
      model: chatModel(),
      prompt,
      tools: { track: slow },
      stopWhen: isStepCount(3),
      onStepFinish: collected,
    });
    expect(await result.text).toBe('In Lyon.');

    expectTree(recorder.spans, {
      name: 'invoke_agent',
      attributes: { 'llm_otel.rollup.usage.input_tokens': 24 },
      children: [
        { name: 'chat gpt-5-mini' },
        { name: 'execute_tool track' },
        { name: 'chat gpt-5-mini' },
      ],
    });
    expectSound(24);
  });

  test('aborted', async () => {
    emulator.script([{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }]);
    const abort = new AbortController();

    const { textStream } = streamText({
      model: chatModel(),
      prompt,
      abortSignal: abort.signal,
      onError: () => undefined,
    });
    for await (const _ of textStream) abort.abort();
    await settled();

    expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-5-mini', 'invoke_agent']);
    expect(recorder.spans[1]?.attributes['error.type']).toBe('AbortError');
    expectSound(0);
  });

  test.each([
    ['cut', { kind: 'cut', afterChunks: 2 }],
    ['with an error in it', { kind: 'error', afterChunks: 2, error: { type: 'server_error' } }],
  ] as const)('%s', async (_how, fault) => {
    emulator.script([{ ...answer, fault }]);

    await (async () => {
      for await (const _ of streamed().fullStream);
    })().catch(() => undefined);
    await settled();

    expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-5-mini', 'invoke_agent']);
    expect(recorder.spans[0]?.status.code).toBe(SpanStatusCode.ERROR);
    expect(attributesOf('chat gpt-5-mini')['llm_otel.stream.outcome']).toBe('failed');
    expectSound(0);
  });
});

describe('objects', () => {
  const schema = z.object({ place: z.string() });
  const structured = { text: '{"place":"Lyon"}', usage };

  test('generateObject', async () => {
    emulator.script([structured]);

    const { object } = await generateObject({ model: chatModel(), prompt, schema });

    expect(object).toEqual({ place: 'Lyon' });
    expectTree(recorder.spans, { name: 'invoke_agent', children: [{ name: 'chat gpt-5-mini' }] });
    expect(attributesOf('chat gpt-5-mini')['gen_ai.output.type']).toBe('json');
    expectSound(12);
  });

  test('streamObject', async () => {
    emulator.script([structured]);

    const result = streamObject({ model: chatModel(), prompt, schema });
    for await (const _ of result.partialObjectStream);

    expect(await result.object).toEqual({ place: 'Lyon' });
    expectTree(recorder.spans, { name: 'invoke_agent', children: [{ name: 'chat gpt-5-mini' }] });
    expectSound(12);
  });

  test('generateText with an output', async () => {
    emulator.script([structured]);

    const { output } = await generateText({
      model: chatModel(),
      prompt,
      output: Output.object({ schema }),
    });

    expect(output).toEqual({ place: 'Lyon' });
    expectSound(12);
  });

  test('what fails', async () => {
    emulator.script([{ error: { status: 400 } }]);

    await expect(
      generateObject({ model: chatModel(), prompt, schema, maxRetries: 0 }),
    ).rejects.toThrow();

    expect(recorder.spans.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.ERROR,
      SpanStatusCode.ERROR,
    ]);
    expectSound(0);
  });
});

test('embeddings are calls of their own, one for each request', async () => {
  const model = openAi().embedding('text-embedding-3-small');

  await embed({ model, value: 'Lyon' });
  await embedMany({ model, values: ['Lyon', 'Bern'] });

  expect(recorder.spans.map(({ name }) => name)).toEqual([
    'embeddings text-embedding-3-small',
    'embeddings text-embedding-3-small',
  ]);
  expect(recorder.spans[0]?.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': 1,
    'gen_ai.embeddings.dimension.count': 1536,
  });
  expectSound(3);
});

test('embeddings that fail', async () => {
  const model = createOpenAI({ baseURL: `${emulator.url}/none`, apiKey: 'none' }).embedding('e');

  await expect(embed({ model, value: 'Lyon', maxRetries: 0 })).rejects.toThrow();

  expect(recorder.spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR]);
  expect(recorder.openSpans).toEqual([]);
});

describe('an attempt that fails', () => {
  const again = { error: { status: 500, headers: { 'retry-after-ms': '1' } } };

  test.each([false, true])(
    'is an event on the one span of its call (stream: %s)',
    async (stream) => {
      emulator.script([again, answer]);
      const request = { model: chatModel(), prompt, maxRetries: 1 };

      const text = stream ? await streamText(request).text : (await generateText(request)).text;

      expect(text).toBe('On its way.');
      const call = recorder.spans.find(({ name }) => name === 'chat gpt-5-mini');
      expect(recorder.spans).toHaveLength(2);
      expect(call?.status.code).toBe(SpanStatusCode.UNSET);
      expect(call?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
        [
          'llm_otel.request.retry',
          {
            'http.request.resend_count': 1,
            'http.response.status_code': 500,
            'llm_otel.retry_after_seconds': 0.001,
          },
        ],
      ]);
      expectSound(12);
    },
  );

  test('is the error of the call when it was the last', async () => {
    emulator.script([
      { ...again, times: 2 },
      { error: { status: 429, headers: { 'retry-after-ms': '1' } } },
    ]);

    await expect(generateText({ model: chatModel(), prompt, maxRetries: 2 })).rejects.toThrow();

    expect(recorder.spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['chat gpt-5-mini', SpanStatusCode.ERROR],
      ['invoke_agent', SpanStatusCode.ERROR],
    ]);
    expect(recorder.spans[0]?.attributes['http.request.resend_count']).toBe(2);
    expectSound(0);
  });

  test('of a tool is the error of the tool', async () => {
    emulator.script(loop);
    const failing = tool({
      inputSchema: z.object({ id: z.number() }),
      execute: (): Promise<string> => Promise.reject(new RangeError('no such parcel')),
    });

    await generateText({
      model: chatModel(),
      prompt,
      tools: { track: failing },
      stopWhen: isStepCount(3),
    });

    const span = recorder.spans.find(({ name }) => name === 'execute_tool track');
    expect(span?.status.code).toBe(SpanStatusCode.ERROR);
    expect(span?.attributes['error.type']).toBe('RangeError');
    expectSound(24);
  });
});

test('what a tool asks a model for is below the tool', async () => {
  emulator.script([
    { toolCalls: [{ name: 'ask', arguments: {} }], usage },
    { text: 'In Lyon.', usage },
    { text: 'It is in Lyon.', usage },
  ]);
  const ask = tool({
    inputSchema: z.object({}),
    execute: async () => (await generateText({ model: chatModel(), prompt: 'Where?' })).text,
  });

  await generateText({ model: chatModel(), prompt, tools: { ask }, stopWhen: isStepCount(3) });

  expectTree(recorder.spans, {
    name: 'invoke_agent',
    children: [
      { name: 'chat gpt-5-mini' },
      {
        name: 'execute_tool ask',
        children: [{ name: 'invoke_agent', children: [{ name: 'chat gpt-5-mini' }] }],
      },
      { name: 'chat gpt-5-mini' },
    ],
  });
  expectSound(36);
});

test('requests over HTTP are below their model call', async () => {
  emulator.script([answer]);
  const model = createOpenAI({
    baseURL: emulator.openAiBaseUrl,
    apiKey: 'none',
    fetch: (...request) =>
      tracer.startActiveSpan('POST', (span) => fetch(...request).finally(() => span.end())),
  }).chat('gpt-5-mini');

  await generateText({ model, prompt });

  expectTree(recorder.spans, {
    name: 'invoke_agent',
    children: [{ name: 'chat gpt-5-mini', children: [{ name: 'POST' }] }],
  });
});

describe('content', () => {
  const system = 'Be brief about parcels.';

  async function recorded(
    options: AiSdkOptions,
    telemetry: { recordInputs?: boolean; recordOutputs?: boolean } = {},
  ): Promise<string> {
    emulator.script(loop);
    const integrations = [aiSdkTelemetry({ tracer, ...options })];
    await generateText({
      model: chatModel(),
      instructions: system,
      prompt,
      tools: { track },
      stopWhen: isStepCount(3),
      telemetry: { ...telemetry, integrations },
    });
    return JSON.stringify(recorder.spans.map(({ attributes }) => attributes));
  }

  test('is not recorded unless it is asked for', async () => {
    expect(await recorded({})).not.toMatch(/parcel|Lyon/);
  });

  test('is recorded in the shapes of the conventions', async () => {
    const all = await recorded({ content: 'span' });

    expect(all).toMatch(/Where is my parcel/);
    expect(all).toMatch(/Be brief/);
    expect(all).toMatch(/parcel 7 is in Lyon/);
    expect(
      recorder.spans.flatMap((span) => checkConformance(span, { content: true }).errors),
    ).toEqual([]);
  });

  test('is left out where the call says so', async () => {
    const inputs = await recorded({ content: 'span' }, { recordOutputs: false });
    expect(inputs).toMatch(/Where is my parcel/);
    recorder.clear();
    const outputs = await recorded({ content: 'span' }, { recordInputs: false });

    expect(outputs).not.toMatch(/Where is my parcel|Be brief/);
    expect(outputs).toMatch(/In Lyon/);
  });
});

describe('who is observed', () => {
  test('a call may opt out, or have telemetry of its own', async () => {
    await generateText({ model: chatModel(), prompt, telemetry: { isEnabled: false } });
    await generateText({ model: chatModel(), prompt, telemetry: { integrations: [] } });

    expect(recorder.spans).toEqual([]);
  });

  test('it is registered once, and can be taken back', async () => {
    const again = instrumentAiSdk({ tracer });
    await generateText({ model: chatModel(), prompt });
    expect(recorder.spans).toHaveLength(2);

    again();
    takeBack();
    await generateText({ model: chatModel(), prompt });
    expect(recorder.spans).toHaveLength(2);
  });

  test('events that say of no call which one it is are left alone', () => {
    const telemetry = aiSdkTelemetry({ tracer });

    telemetry.onStart({ operationId: 'ai.generateText' });
    telemetry.onEnd(undefined);
    telemetry.onToolExecutionStart({ callId: 'unknown' });

    expect(recorder.openSpans).toEqual([]);
  });
});

test('telemetry that fails never fails the call', async () => {
  const boom = (): never => {
    throw new Error('vendor bug');
  };
  const failing: Tracer = { startSpan: boom, startActiveSpan: boom };
  const integrations = [aiSdkTelemetry({ tracer: failing, content: 'span' })];
  emulator.script([...(loop as object[]), answer]);

  const { text } = await generateText({
    model: chatModel(),
    prompt,
    tools: { track },
    stopWhen: isStepCount(3),
    telemetry: { integrations },
  });
  const streamed = await streamText({ model: chatModel(), prompt, telemetry: { integrations } })
    .text;

  expect([text, streamed]).toEqual(['In Lyon.', 'On its way.']);
});

test('the context of the application is the one it was', async () => {
  emulator.script([answer, answer]);
  const outer = tracer.startSpan('outer');

  await context.with(trace.setSpan(context.active(), outer), async () => {
    await generateText({ model: chatModel(), prompt });
    expect(trace.getActiveSpan()).toBe(outer);
    for await (const _ of streamText({ model: chatModel(), prompt }).textStream)
      expect(trace.getActiveSpan()).toBe(outer);
  });
  await setImmediate();
  outer.end();

  const runs = recorder.spans.filter(({ name }) => name === 'invoke_agent');
  expect(runs.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    outer.spanContext().spanId,
    outer.spanContext().spanId,
  ]);
});

test.each([0, -1, Number.NaN])('a deadline of %s ms is refused at once', (streamTimeoutMillis) => {
  expect(() => aiSdkTelemetry({ streamTimeoutMillis })).toThrow('streamTimeoutMillis is');
});
