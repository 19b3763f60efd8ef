import { createServer } from 'node:http';
import { getEventListeners } from 'node:events';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { AddressInfo } from 'node:net';
import { context, diag, type DiagLogger, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import {
  brokenTracers,
  type ModelEmulator,
  recordSpans,
  startModelEmulator,
} from '@llm-otel/testing';
import { AzureOpenAI, OpenAI } from 'openai';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { instrument, type OpenAiOptions } from '../src/index.ts';

const recorder = recordSpans();
const provider = new TracerProvider({ spanProcessors: [recorder] });
const tracer = provider.getTracer('test');
let emulator: ModelEmulator;

beforeEach(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  emulator = await startModelEmulator();
});
afterEach(async () => {
  await emulator.close();
  recorder.clear();
  context.disable();
  diag.disable();
});

const messages = [{ role: 'user' as const, content: 'Where is my parcel?' }];
const chat = { model: 'gpt-5-mini', messages };

function observedClient(options: OpenAiOptions = {}): OpenAI {
  const client = new OpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none', maxRetries: 0 });
  return instrument(client, { tracer, ...options });
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

function attributes(): Record<string, unknown> {
  return { ...recorder.spans[0]?.attributes };
}

describe('the client', () => {
  test('is the one that was given', () => {
    const client = new OpenAI({ apiKey: 'none' });

    expect(instrument(client, { tracer })).toBe(client);
    expect(Object.keys(client)).toEqual(Object.keys(new OpenAI({ apiKey: 'none' })));
  });

  test('is observed once, however often that is asked for', async () => {
    const client = instrument(instrument(observedClient(), { tracer }), { tracer });

    await client.chat.completions.create(chat);

    expect(recorder.spans).toHaveLength(1);
  });

  test('may be something else, which is told once and left alone', () => {
    const warned = vi.fn<(message: string) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const other = { chat: 'a text' };

    expect(instrument(other, { tracer })).toEqual({ chat: 'a text' });
    expect(warned.mock.calls[0]?.[0]).toContain('no client of the openai package');
  });

  test('may be frozen, and then is left alone', async () => {
    const client = new OpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none' });
    Object.freeze(client.chat.completions);

    instrument(client, { tracer });
    await client.chat.completions.create(chat);
    await client.responses.create({ model: 'gpt-5-mini', input: 'hello' });

    expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-5-mini']);
  });

  test('may have a method that a test has put there', async () => {
    const failure = new Error('no network in tests');
    const client = {
      chat: { completions: { create: () => Promise.resolve({ id: 'made up', choices: [] }) } },
      responses: { create: () => Promise.reject(failure) },
      completions: { create: () => ({ id: 'at once' }) },
    };

    instrument(client, { tracer });

    expect(await client.chat.completions.create()).toEqual({ id: 'made up', choices: [] });
    await expect(client.responses.create()).rejects.toBe(failure);
    expect(client.completions.create()).toEqual({ id: 'at once' });
    expect(recorder.spans.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
    expect(recorder.openSpans).toEqual([]);
  });

  test('may throw at once', () => {
    const failure = new Error('wrong arguments');
    const create = (): never => {
      throw failure;
    };
    const client = instrument({ chat: { completions: { create } } }, { tracer });

    expect(() => client.chat.completions.create()).toThrow(failure);
    expect(recorder.spans[0]?.status.code).toBe(SpanStatusCode.ERROR);
  });
});

describe('what a span tells', () => {
  test('who was asked, and how', async () => {
    await observedClient().chat.completions.create({
      ...chat,
      max_completion_tokens: 100,
      temperature: 0.2,
      top_p: 0.9,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      seed: 7,
      n: 2,
      stop: 'END',
      service_tier: 'flex',
      reasoning_effort: 'low',
      response_format: { type: 'json_object' },
    });

    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
      'gen_ai.request.seed': 7,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'openai.api.type': 'chat_completions',
      'openai.request.service_tier': 'flex',
      'openai.response.service_tier': 'default',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(emulator.url).port),
    });
  });

  test('of the responses API, the conversation, the prompt and the response before', async () => {
    await observedClient().responses.create({
      model: 'gpt-5-mini',
      input: 'Where is my parcel?',
      conversation: { id: 'conv_1' },
      previous_response_id: 'resp_0',
      prompt: { id: 'pmpt_1', version: '3' },
      reasoning: { effort: 'high' },
      max_output_tokens: 50,
      text: { format: { type: 'text' } },
    });

    expect(attributes()).toMatchObject({
      'gen_ai.conversation.id': 'conv_1',
      'gen_ai.request.previous_response.id': 'resp_0',
      'gen_ai.prompt.name': 'pmpt_1',
      'gen_ai.prompt.version': '3',
      'gen_ai.request.reasoning.level': 'high',
      'gen_ai.request.max_tokens': 50,
      'gen_ai.output.type': 'text',
      'openai.api.type': 'responses',
    });
  });

  test('no content, unless it is asked for', async () => {
    emulator.script([{ text: 'In Lyon.' }]);

    await observedClient().chat.completions.create(chat);

    expect(JSON.stringify(attributes())).not.toMatch(/parcel|Lyon/);
  });

  test.each([false, true])(
    'with content, what was asked and answered (stream: %s)',
    async (stream) => {
      emulator.script([{ text: 'In Lyon.' }]);
      const client = observedClient({ content: 'span' });

      const answer: unknown = await client.chat.completions.create({ ...chat, stream });
      if (stream) await collect(answer as AsyncIterable<unknown>);

      expect(JSON.parse(String(attributes()['gen_ai.input.messages']))).toEqual([
        { role: 'user', parts: [{ type: 'text', content: 'Where is my parcel?' }] },
      ]);
      expect(JSON.parse(String(attributes()['gen_ai.output.messages']))).toMatchObject([
        { role: 'assistant', parts: [{ type: 'text', content: 'In Lyon.' }] },
      ]);
    },
  );

  test.each([
    ['http://my-resource.openai.azure.com/openai', 'azure.ai.openai', 80],
    ['https://api.deepseek.com', 'deepseek', 443],
    ['https://api.groq.com/openai/v1', 'groq', 443],
    ['https://notapi.groq.com.example/v1', 'openai', 443],
    ['http://localhost:11434/v1', 'openai', 11_434],
  ])('the provider behind %s is %s', async (baseURL, providerName, port) => {
    const unreachable = (): Promise<Response> => Promise.reject(new Error('no network'));
    const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0, fetch: unreachable });

    await instrument(client, { tracer })
      .chat.completions.create(chat)
      .catch(() => undefined);

    expect(attributes()).toMatchObject({
      'gen_ai.provider.name': providerName,
      'server.address': new URL(baseURL).hostname,
      'server.port': port,
    });
  });

  test('Azure, whatever its base URL is', async () => {
    const client = new AzureOpenAI({
      baseURL: emulator.openAiBaseUrl,
      apiKey: 'none',
      apiVersion: '2026-01-01',
    });

    await instrument(client, { tracer }).responses.create({ model: 'gpt-5-mini', input: 'hi' });

    expect(attributes()['gen_ai.provider.name']).toBe('azure.ai.openai');
  });
});

/** A server for what the emulator does not speak: each path has one answer. */
async function clientOf(answers: Record<string, unknown>): Promise<OpenAI> {
  const server = createServer((request, response) => {
    request.resume();
    const answer = answers[String(request.url)];
    const binary = answer instanceof Uint8Array;
    response.setHeader('content-type', binary ? 'audio/mpeg' : 'application/json');
    response.end(binary ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'none' });
  return instrument(client, { tracer, content: 'span' });
}

describe('images, sound and old completions', () => {
  test('an image is generated content, with its tokens', async () => {
    const client = await clientOf({
      '/images/generations': {
        data: [{ b64_json: 'aGk=' }],
        usage: { input_tokens: 9, output_tokens: 100, total_tokens: 109 },
      },
    });

    const image = await client.images.generate({ model: 'gpt-image-1', prompt: 'a parcel' });

    expect(image.data?.[0]?.b64_json).toBe('aGk=');
    expect(recorder.spans[0]?.name).toBe('generate_content gpt-image-1');
    expect(attributes()).toMatchObject({
      'gen_ai.output.type': 'image',
      'gen_ai.usage.input_tokens': 9,
      'gen_ai.usage.output_tokens': 100,
    });
    expect(JSON.stringify(attributes())).not.toContain('aGk=');
  });

  test('speech is left to the application to read', async () => {
    const client = await clientOf({ '/audio/speech': new Uint8Array([1, 2, 3]) });

    const speech = await client.audio.speech.create({
      model: 'gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'On its way.',
    });

    expect([...new Uint8Array(await speech.arrayBuffer())]).toEqual([1, 2, 3]);
    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.output.type': 'speech',
    });
    expect(recorder.openSpans).toEqual([]);
  });

  test('a transcript is the answer of its call', async () => {
    const client = await clientOf({ '/audio/transcriptions': { text: 'hello there' } });

    await client.audio.transcriptions.create({
      model: 'whisper-1',
      file: new File([new Uint8Array([1])], 'hello.mp3'),
    });

    expect(attributes()['gen_ai.output.messages']).toContain('hello there');
  });

  test('an old completion is a text completion', async () => {
    const client = await clientOf({
      '/completions': {
        id: 'cmpl-1',
        model: 'gpt-3.5-turbo-instruct',
        choices: [{ text: ' Lyon', finish_reason: 'stop' }],
        usage: { prompt_tokens: 3, completion_tokens: 1 },
      },
    });

    await client.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: ['It is in'] });

    expect(recorder.spans[0]?.name).toBe('text_completion gpt-3.5-turbo-instruct');
    expect(attributes()).toMatchObject({
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 1,
      'gen_ai.response.finish_reasons': ['stop'],
    });
  });
});

test('a response that was made in the background is fetched, without its tokens', async () => {
  const client = await clientOf({
    '/responses/resp_1': {
      id: 'resp_1',
      object: 'response',
      model: 'gpt-5-mini',
      status: 'completed',
      output: [],
      usage: { input_tokens: 3, output_tokens: 1 },
    },
  });

  await client.responses.retrieve('resp_1');

  expect(recorder.spans[0]?.name).toBe('fetch_response');
  expect(attributes()).toMatchObject({
    'gen_ai.response.id': 'resp_1',
    'gen_ai.response.status': 'completed',
    'gen_ai.response.model': 'gpt-5-mini',
  });
  expect(attributes()).not.toHaveProperty(['gen_ai.usage.input_tokens']);
});

test('each attempt of the client is a child of the one span of its call', async () => {
  const httpTracer = provider.getTracer('http');
  emulator.script([
    { error: { status: 500, headers: { 'retry-after-ms': '1' } } },
    { text: 'On its way.' },
  ]);
  const client = new OpenAI({
    baseURL: emulator.openAiBaseUrl,
    apiKey: 'none',
    maxRetries: 1,
    // As an instrumentation of HTTP does it.
    fetch: (...request) =>
      httpTracer.startActiveSpan('POST', (span) => fetch(...request).finally(() => span.end())),
  });

  await instrument(client, { tracer }).chat.completions.create(chat);

  const call = recorder.spans.find(({ name }) => name === 'chat gpt-5-mini');
  const attempts = recorder.spans.filter(({ name }) => name === 'POST');
  expect(recorder.spans).toHaveLength(3);
  expect(attempts.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual([
    call?.spanContext().spanId,
    call?.spanContext().spanId,
  ]);
});

test('each further attempt of the client is an event on the span of the call', async () => {
  emulator.script([
    { error: { status: 429, headers: { 'retry-after-ms': '1' } } },
    { fault: { kind: 'cut' } },
    { text: 'On its way.' },
  ]);
  const client = new OpenAI({ baseURL: emulator.openAiBaseUrl, apiKey: 'none', maxRetries: 2 });

  await instrument(client, { tracer }).chat.completions.create(chat);

  const [call] = recorder.spans;
  expect(recorder.spans).toHaveLength(1);
  expect(call?.status.code).toBe(SpanStatusCode.UNSET);
  expect(call?.events.map(({ name, attributes: facts }) => [name, facts])).toEqual([
    [
      'llm_otel.request.retry',
      {
        'http.request.resend_count': 1,
        'http.response.status_code': 429,
        'llm_otel.retry_after_seconds': 0.001,
      },
    ],
    ['llm_otel.request.retry', { 'http.request.resend_count': 2 }],
  ]);
  expect(attributes()).toMatchObject({ 'http.request.resend_count': 2 });
});

describe('nothing is left behind', () => {
  test('no listener on the signal of a request', async () => {
    const { signal } = new AbortController();
    const client = observedClient();

    for (let count = 0; count < 3; count++) {
      const stream = await client.chat.completions.create({ ...chat, stream: true }, { signal });
      await collect(stream);
      // The client's own controller, which the span listens to.
      expect(getEventListeners(stream.controller.signal, 'abort').length).toBeLessThanOrEqual(1);
    }
  });

  test('the context of the application is the one it was', async () => {
    const client = observedClient();
    const outer = tracer.startSpan('outer');

    await context.with(trace.setSpan(context.active(), outer), async () => {
      const stream = await client.chat.completions.create({ ...chat, stream: true });
      for await (const _ of stream) expect(trace.getActiveSpan()).toBe(outer);
      expect(trace.getActiveSpan()).toBe(outer);
    });
    outer.end();

    expect(recorder.spans[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  });
});

describe('telemetry that fails', () => {
  const broken = brokenTracers((processor) =>
    new TracerProvider({ spanProcessors: [processor] }).getTracer('test'),
  );

  test.each(broken)('never fails the call: %s', async (_name, failing) => {
    const client = observedClient({ tracer: failing() });

    const body = await client.chat.completions.create(chat);
    const stream = await client.chat.completions.create({ ...chat, stream: true });

    expect(body.choices[0]?.message.content).toBe('You said: Where is my parcel?');
    expect((await collect(stream)).length).toBeGreaterThan(2);
  });

  test('arguments that cannot be read do not either', async () => {
    const body = {
      ...chat,
      get temperature(): number {
        if (recorder.openSpans.length === 0) throw new Error('unreadable');
        return 1;
      },
    };
    const client = instrument(
      { chat: { completions: { create: () => Promise.resolve('answer') } } },
      { tracer },
    );

    expect(await (client.chat.completions.create as (body: unknown) => unknown)(body)).toBe(
      'answer',
    );
  });
});

test('a stream of 100,000 chunks keeps none of them', async () => {
  v8.setFlagsFromString('--expose-gc');
  const collectGarbage = vm.runInNewContext('gc') as () => void;
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const data = {
    id: 'c',
    model: 'm',
    choices: [{ index: 0, delta: { content: 'word '.repeat(8) } }],
  };
  const event = new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);
  let sent = 0;
  const body = (): ReadableStream => {
    sent = 0;
    return new ReadableStream({
      pull(controller) {
        if (sent++ < 100_000) controller.enqueue(event);
        else controller.close();
      },
    });
  };
  const client = instrument(
    new OpenAI({ apiKey: 'none', fetch: () => Promise.resolve(new Response(body())) }),
    { tracer },
  );

  const heaps: number[] = [];
  const stream = await client.chat.completions.create({ ...chat, stream: true });
  let read = 0;
  for await (const _ of stream) if (++read % 30_000 === 0) heaps.push(heap());

  expect(read).toBe(100_000);
  // 70,000 chunks of 100 bytes would be 7 MB.
  expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(1_000_000);
});

test.each([0, -1, Number.NaN])('a deadline of %s ms is refused at once', (streamTimeoutMillis) => {
  expect(() => instrument({}, { streamTimeoutMillis })).toThrow('streamTimeoutMillis is');
});
