// What ordinary calls do not come by.
import { SpanStatusCode } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import { createOpenAI } from '@ai-sdk/openai';
import { embed, generateText } from 'ai';
import { afterEach, describe, expect, test } from 'vitest';
import { aiSdkTelemetry, aiSdkTracer } from '../src/index.ts';
import { watchReadable } from '../src/watch-readable.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
afterEach(() => recorder.clear());

async function first(values: AsyncIterable<unknown>): Promise<unknown> {
  for await (const value of values) return value;
  return undefined;
}

const start = { callId: 'call-1', operationId: 'ai.generateText', provider: 'openai.chat' };

describe('version 7', () => {
  test('the settings of a call are on its span', async () => {
    await using emulator = await startModelEmulator();
    const openAi = createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });

    await generateText({
      model: openAi.chat('gpt-4.1'),
      prompt: 'hello',
      maxOutputTokens: 100,
      temperature: 0.2,
      topP: 0.9,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      stopSequences: ['END'],
      reasoning: 'low',
      telemetry: { integrations: [aiSdkTelemetry({ tracer })] },
    });

    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
    });
  });

  test('an attempt to embed that is made again is the same call', async () => {
    await using emulator = await startModelEmulator({
      scripts: (request) =>
        request.index === 0 ? { error: { status: 500, headers: { 'retry-after-ms': '1' } } } : {},
    });
    const openAi = createOpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });

    await embed({
      model: openAi.embedding('text-embedding-3-small'),
      value: 'Lyon',
      maxRetries: 1,
      telemetry: { integrations: [aiSdkTelemetry({ tracer })] },
    });

    expect(emulator.requests).toHaveLength(2);
    expect(recorder.spans).toHaveLength(1);
    expect(recorder.openSpans).toEqual([]);
  });

  test('what is open at the end of a run ends with it', () => {
    const telemetry = aiSdkTelemetry({ tracer });

    telemetry.onStart(start);
    telemetry.onToolExecutionStart({
      callId: 'call-1',
      toolCall: { toolCallId: 't-1', toolName: 'track' },
    });
    telemetry.onToolExecutionStart({ callId: 'call-1', toolCall: {} });
    telemetry.onToolExecutionEnd({ callId: 'call-1', toolCall: { toolCallId: 'unknown' } });
    telemetry.onEnd({ callId: 'call-1' });
    telemetry.onEnd({ callId: 'call-1' });

    expect(recorder.spans.map(({ name }) => name)).toEqual(['execute_tool track', 'invoke_agent']);
    expect(recorder.openSpans).toEqual([]);
  });

  test('a run that is told to have failed, or to be aborted, ends so with what is in it', () => {
    const telemetry = aiSdkTelemetry({ tracer });

    for (const callId of ['call-1', 'call-2']) {
      telemetry.onStart({ ...start, callId, operationId: 'ai.streamObject' });
      telemetry.onObjectStepStart({ callId, promptMessages: [] });
    }
    telemetry.onAbort({ callId: 'call-1' });
    telemetry.onEnd({ callId: 'call-2', error: new RangeError('no object') });

    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans.map(({ attributes }) => attributes['error.type'])).toEqual([
      'AbortError',
      'AbortError',
      'RangeError',
      'RangeError',
    ]);
  });

  test('embeddings whose end is not told end with their call', () => {
    const telemetry = aiSdkTelemetry({ tracer });

    telemetry.onStart({ ...start, operationId: 'ai.embedMany' });
    telemetry.onEmbedStart({ callId: 'call-1', modelId: 'e', values: ['a'] });
    telemetry.onEmbedEnd({ callId: 'call-1', embedCallId: 'unknown' });
    telemetry.onEnd({ callId: 'call-1' });

    expect(recorder.spans.map(({ name }) => name)).toEqual(['embeddings e']);
    expect(recorder.openSpans).toEqual([]);
  });

  test('calls and tools of unknown runs are made as they are', async () => {
    const telemetry = aiSdkTelemetry({ tracer });
    const execute = (): Promise<string> => Promise.resolve('answer');

    expect(await telemetry.executeLanguageModelCall({ callId: 'unknown', execute })).toBe('answer');
    expect(await telemetry.executeTool({ callId: 'unknown', toolCallId: 't', execute })).toBe(
      'answer',
    );
  });
});

describe('a stream watched in place', () => {
  const source = (): ReadableStream<number> =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(1);
        controller.enqueue(2);
        controller.close();
      },
    });
  const through = new TransformStream();

  test.each<[string, (stream: ReadableStream<number>) => Promise<unknown>]>([
    ['its reader', async (stream) => (await stream.getReader().read()).value],
    ['a loop', (stream) => first(stream)],
    ['its values', (stream) => first(stream.values())],
    ['a half of it', async (stream) => (await stream.tee()[1].getReader().read()).value],
    [
      'a pipe',
      async (stream) => (await stream.pipeThrough(through).getReader().read()).value as unknown,
    ],
  ])('is read through %s', async (_how, read) => {
    const stream = source();
    const seen: unknown[] = [];

    watchReadable(stream, {}, (given) => {
      const reader = given.getReader();
      return new ReadableStream({
        async pull(controller) {
          const { done, value } = await reader.read();
          if (done) return controller.close();
          seen.push(value);
          return controller.enqueue(value);
        },
      });
    });

    expect(stream.locked).toBe(false);
    const reading = read(stream);
    expect(stream.locked).toBe(true);
    expect(await reading).toBe(1);
    expect(seen).toContain(1);
  });

  test('is left alone where it cannot be observed, and tells when its reader leaves', async () => {
    const stream = source();
    let left = 0;
    let reader: { cancel(): Promise<void>; releaseLock?: () => void } | undefined;

    const watched = watchReadable(stream, { left: () => left++ }, (given) => {
      reader = given.getReader() as typeof reader;
      reader?.releaseLock?.();
      reader = given.getReader() as typeof reader;
      return given;
    });
    await reader?.cancel();

    expect(watched).toBeUndefined();
    expect(left).toBe(1);
  });
});

describe('version 6', () => {
  const chat = {
    'ai.operationId': 'ai.generateText.doGenerate',
    'ai.model.provider': 'openai.chat',
    'ai.model.id': 'gpt-4.1',
    'ai.settings.maxOutputTokens': 100,
    'ai.settings.stopSequences': ['END'],
  };

  test('a span may be written in every way of the API', () => {
    const span = aiSdkTracer({ tracer, content: 'span' }).startSpan('ai', { attributes: chat });

    span
      .setAttribute('ai.response.id', 'r-1')
      .setAttributes({ 'ai.response.text': 'In Lyon.', 'ai.response.finishReason': 'stop' })
      .addEvent('ai.stream.firstChunk')
      .addLink({ context: span.spanContext() })
      .addLinks([])
      .updateName('other')
      .setStatus({ code: SpanStatusCode.OK });
    expect(span.isRecording()).toBe(true);
    span.end();
    span.end();

    expect(span.isRecording()).toBe(false);
    expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-4.1']);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.response.id': 'r-1',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.finish_reasons': ['stop'],
    });
    expect(checkConformance(recorder.spans[0]!, { content: true }).errors).toEqual([]);
  });

  test('an error without an exception is told by its message', () => {
    const span = aiSdkTracer({ tracer }).startSpan('ai', { attributes: chat });

    span.setStatus({ code: SpanStatusCode.ERROR, message: 'no connection' }).end();

    expect(recorder.spans[0]?.status).toEqual({
      code: SpanStatusCode.ERROR,
      message: 'no connection',
    });
  });

  test('a tool whose result is no JSON keeps it as text', () => {
    const span = aiSdkTracer({ tracer, content: 'span' }).startSpan('ai', {
      attributes: { 'ai.operationId': 'ai.toolCall', 'ai.toolCall.name': 'track' },
    });

    span.setAttribute('ai.toolCall.result', 'in Lyon').end();

    expect(recorder.spans[0]?.name).toBe('execute_tool track');
    expect(JSON.stringify(recorder.spans[0]?.attributes)).toContain('in Lyon');
  });

  test('a function may be given at each place', () => {
    const given = aiSdkTracer({ tracer });

    expect(given.startActiveSpan('one', (span) => span.isRecording())).toBe(true);
    expect(given.startActiveSpan('two', { attributes: chat }, (span) => span.isRecording())).toBe(
      true,
    );
    expect(given.startActiveSpan('ai.embed', {}, (span) => span.isRecording())).toBe(false);
  });
});
