import { getEventListeners } from 'node:events';
import v8 from 'node:v8';
import vm from 'node:vm';
import {
  context,
  diag,
  type DiagLogger,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { priceTable, withPrices } from '@llm-otel/llm-conventions';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { type ModelEmulator, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { GoogleGenAI, type HttpOptions, Modality, ThinkingLevel } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GoogleGenAiOptions, instrument } from '../src/index.ts';
import { ask, collect, model } from './contract/shared.ts';

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

// Looks like a key, which no span may hold.
const apiKey = ['AI', 'za', 'Sy'].join('') + 'x'.repeat(33);

function bareClient(options: HttpOptions = {}): GoogleGenAI {
  const httpOptions = { baseUrl: emulator.geminiBaseUrl, ...options };
  return new GoogleGenAI({ apiKey, httpOptions });
}

function observedClient(options: GoogleGenAiOptions = {}): GoogleGenAI {
  return instrument(bareClient(), { tracer, ...options });
}

function attributes(index = 0): Record<string, unknown> {
  return { ...recorder.spans[index]?.attributes };
}

describe('the client', () => {
  test('is the one that was given', () => {
    const client = bareClient();

    expect(instrument(client, { tracer })).toBe(client);
    expect(Object.keys(client)).toEqual(Object.keys(bareClient()));
    expect(Object.keys(client.models)).toEqual(Object.keys(bareClient().models));
  });

  test('is observed once, however often that is asked for', async () => {
    const client = instrument(instrument(observedClient(), { tracer }), { tracer });

    await client.models.generateContent(ask);
    await client.models.embedContent({ model: 'gemini-embedding-001', contents: 'one' });

    expect(recorder.spans).toHaveLength(2);
  });

  test('may be something else, which is told once and left alone', () => {
    const warned = vi.fn<(message: string) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);

    expect(instrument({ models: 'a text' }, { tracer })).toEqual({ models: 'a text' });
    expect(warned.mock.calls[0]?.[0]).toContain('no client of the @google/genai package');
  });

  test('may be a stand-in of a test, with the methods an application calls', async () => {
    const failure = new Error('no network in tests');
    async function* chunks(): AsyncGenerator<object> {
      yield await Promise.resolve({ candidates: [{ finishReason: 'STOP' }] });
    }
    const models = {
      generateContent: () => Promise.resolve({ responseId: 'made up' }),
      generateContentStream: () => Promise.resolve(chunks()),
      embedContent: () => Promise.reject(failure),
      generateVideos: () => ({ name: 'operations/1' }),
    };

    const client = instrument({ models }, { tracer });

    expect(await client.models.generateContent()).toEqual({ responseId: 'made up' });
    expect(await collect(await client.models.generateContentStream())).toHaveLength(1);
    await expect(client.models.embedContent()).rejects.toBe(failure);
    expect(client.models.generateVideos()).toEqual({ name: 'operations/1' });
    expect(recorder.spans.map(({ name, status }) => [name, status.code])).toEqual([
      ['generate_content', SpanStatusCode.UNSET],
      ['generate_content', SpanStatusCode.UNSET],
      ['embeddings', SpanStatusCode.ERROR],
      ['google_genai.models.generate_videos', SpanStatusCode.UNSET],
    ]);
    expect(recorder.openSpans).toEqual([]);
  });
});

describe('what a span tells', () => {
  test('who was asked, and how', async () => {
    emulator.script([
      {
        text: 'In Lyon.',
        model: 'gemini-2.5-flash-001',
        usage: { inputTokens: 200, outputTokens: 40, cacheReadTokens: 100, reasoningTokens: 8 },
      },
    ]);
    // The emulator stands for Google, whose prices hold for its own servers only.
    const flash = priceTable.models.find(({ model: known }) => known === model)!;
    const prices = withPrices([{ ...flash, ownServers: undefined }], { version: 'anywhere' });
    await observedClient({ prices }).models.generateContent({
      ...ask,
      config: {
        temperature: 0.2,
        topP: 0.9,
        topK: 40,
        maxOutputTokens: 100,
        stopSequences: ['END'],
        frequencyPenalty: 0.1,
        presencePenalty: 0.3,
        seed: 7,
        candidateCount: 2,
        responseMimeType: 'application/json',
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW },
      },
    });

    expect(recorder.spans[0]?.name).toBe(`generate_content ${model}`);
    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'generate_content',
      'gen_ai.provider.name': 'gcp.gemini',
      'gen_ai.request.model': model,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.3,
      'gen_ai.request.seed': 7,
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'gen_ai.response.model': 'gemini-2.5-flash-001',
      'gen_ai.response.id': 'resp-000001',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 200,
      // 32 of the answer and 8 of thoughts, which Gemini counts by themselves.
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.cache_read.input_tokens': 100,
      'gen_ai.usage.reasoning.output_tokens': 8,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(emulator.url).port),
    });
    // 100 in at 0.3 dollars a million, 100 read at a tenth of that, 40 out at 2.5.
    expect(attributes()['llm_otel.cost.micro_usd']).toBe(30 + 3 + 100);
    expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
  });

  test.each([
    [{ responseModalities: [Modality.TEXT, Modality.IMAGE] }, 'image'],
    [{ responseModalities: [Modality.AUDIO] }, 'speech'],
    [{ responseMimeType: 'text/plain' }, 'text'],
    [{ responseMimeType: 'text/x.enum' }, undefined],
    [{ thinkingConfig: { thinkingLevel: ThinkingLevel.THINKING_LEVEL_UNSPECIFIED } }, undefined],
  ])('what comes out with %o is %s', async (config, type) => {
    await observedClient().models.generateContent({ ...ask, config });

    expect(attributes()['gen_ai.output.type']).toBe(type);
    expect(attributes()['gen_ai.request.reasoning.level']).toBeUndefined();
  });

  test.each([
    ['models/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['tunedModels/parcels-7', 'tunedModels/parcels-7'],
  ])('the model %s is %s', async (written, known) => {
    // Not a path that the emulator has: the request is what counts.
    await observedClient()
      .models.generateContent({ ...ask, model: written })
      .catch(() => undefined);

    expect(attributes()['gen_ai.request.model']).toBe(known);
  });

  test('a request may go to another server than those of its client', async () => {
    const client = instrument(bareClient({ baseUrl: 'http://nowhere.invalid' }), { tracer });
    const httpOptions = { baseUrl: emulator.geminiBaseUrl };
    await client.models.generateContent({ ...ask, config: { httpOptions } });

    expect(attributes()['server.address']).toBe('127.0.0.1');
  });

  test('Vertex AI is another provider, and its models are the same', async () => {
    const httpOptions = { baseUrl: emulator.geminiBaseUrl };
    const authClient = { getRequestHeaders: () => Promise.resolve(new Headers()) };
    const express = instrument(new GoogleGenAI({ vertexai: true, apiKey, httpOptions }), {
      tracer,
    });
    const project = instrument(
      new GoogleGenAI({
        vertexai: true,
        project: 'parcels',
        location: 'europe-west1',
        googleAuthOptions: { authClient } as never,
        httpOptions,
      }),
      { tracer },
    );
    const resource = `projects/parcels/locations/europe-west1/publishers/google/models/${model}`;

    await express.models.generateContent(ask);
    await collect(await project.models.generateContentStream({ ...ask, model: resource }));
    await project.models.embedContent({
      model: 'text-embedding-005',
      contents: ['one', 'two'],
      config: { outputDimensionality: 4 },
    });
    await project.models.embedContent({ model: 'gemini-embedding-2', contents: 'one two' });

    expect(
      recorder.spans.map(({ name, attributes: facts }) => [
        name,
        facts['gen_ai.provider.name'],
        facts['gen_ai.usage.input_tokens'],
        facts['gen_ai.embeddings.dimension.count'],
      ]),
    ).toEqual([
      [`generate_content ${model}`, 'gcp.vertex_ai', 5, undefined],
      [`generate_content ${model}`, 'gcp.vertex_ai', 5, undefined],
      ['embeddings text-embedding-005', 'gcp.vertex_ai', 2, 4],
      ['embeddings gemini-embedding-2', 'gcp.vertex_ai', 2, undefined],
    ]);
    expect(recorder.spans.flatMap((span) => checkConformance(span).errors)).toEqual([]);
  });

  test.each([
    ['gcp.gemini', {}, 'generativelanguage.googleapis.com'],
    [
      'gcp.vertex_ai',
      { vertexai: true, project: 'parcels', location: 'us-central1' },
      'us-central1-aiplatform.googleapis.com',
    ],
  ])('the server of %s is that of the client', async (providerName, options, host) => {
    const key = 'vertexai' in options ? {} : { apiKey };
    const client = new GoogleGenAI({
      ...key,
      ...options,
      googleAuthOptions: {
        authClient: { getRequestHeaders: () => Promise.resolve(new Headers()) },
      } as never,
      httpOptions: { fetch: () => Promise.resolve(Response.json({})) },
    });
    await instrument(client, { tracer }).models.generateContent(ask);

    expect(attributes()).toMatchObject({
      'gen_ai.provider.name': providerName,
      'server.address': host,
      'server.port': 443,
    });
  });

  test('no content, unless it is asked for', async () => {
    emulator.script([{ text: 'In Lyon.', reasoning: 'It moves.' }]);

    await observedClient().models.generateContent({
      ...ask,
      config: { systemInstruction: 'Be brief about parcels.' },
    });

    expect(JSON.stringify(attributes())).not.toMatch(/parcel|Lyon|moves/);
  });

  test('never the key, whatever happens', async () => {
    const client = observedClient({ content: 'span' });
    emulator.script([{ error: { status: 400 } }, { text: 'In Lyon.' }]);
    await client.models.generateContent(ask).catch(() => undefined);
    await collect(await client.models.generateContentStream(ask));
    await client.files.list().catch(() => undefined);

    expect(emulator.requests[0]?.headers['x-goog-api-key']).toBe(apiKey);
    expect(recorder.spans).toHaveLength(3);
    for (const { name, attributes: facts, events, status } of recorder.spans)
      expect(JSON.stringify([name, facts, events, status])).not.toContain(apiKey);
  });

  test.each([false, true])(
    'with content, what was asked, thought and answered (stream: %s)',
    async (stream) => {
      emulator.script([
        {
          reasoning: ['It ', 'moves.'],
          text: 'In Lyon.',
          toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'call_1' }],
        },
      ]);
      const { models } = observedClient({ content: 'span' });
      const asked = {
        ...ask,
        config: {
          systemInstruction: 'Be brief.',
          tools: [{ functionDeclarations: [{ name: 'track', description: 'where it is' }] }],
        },
      };

      if (stream) await collect(await models.generateContentStream(asked));
      else await models.generateContent(asked);

      const json = (name: string): unknown => JSON.parse(String(attributes()[name]));
      expect(json('gen_ai.system_instructions')).toEqual([{ type: 'text', content: 'Be brief.' }]);
      expect(json('gen_ai.input.messages')).toEqual([
        { role: 'user', parts: [{ type: 'text', content: 'Where is my parcel?' }] },
      ]);
      expect(json('gen_ai.tool.definitions')).toEqual([{ type: 'function', name: 'track' }]);
      expect(json('gen_ai.output.messages')).toMatchObject([
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'It moves.' },
            { type: 'text', content: 'In Lyon.' },
            { type: 'tool_call', id: 'call_1', name: 'track', arguments: { id: 7 } },
          ],
        },
      ]);
      expect(checkConformance(recorder.spans[0]!, { content: true }).errors).toEqual([]);
    },
  );

  test('with content on events, none on the span', async () => {
    const events: unknown[] = [];
    const logger = { emit: (event: object) => void events.push(event) };
    emulator.script([{ text: 'In Lyon.' }, { text: ['In ', 'Lyon.'] }]);
    const { models } = observedClient({ content: 'event', logger });

    await models.generateContent(ask);
    await collect(await models.generateContentStream(ask));

    expect(JSON.stringify(recorder.spans.map(({ attributes: facts }) => facts))).not.toMatch(
      /parcel|Lyon/,
    );
    expect(events).toMatchObject(
      [1, 2].map(() => ({
        eventName: 'gen_ai.client.inference.operation.details',
        attributes: {
          'gen_ai.input.messages': [
            { role: 'user', parts: [{ type: 'text', content: 'Where is my parcel?' }] },
          ],
          'gen_ai.output.messages': [
            { role: 'assistant', parts: [{ type: 'text', content: 'In Lyon.' }] },
          ],
        },
      })),
    );
  });

  test('each further attempt of the client', async () => {
    emulator.script([{ error: { status: 503 } }, { error: { status: 429 } }, { text: 'Here.' }]);
    const retryOptions = { attempts: 3, initialDelay: 0.001 };

    await instrument(bareClient({ retryOptions }), { tracer }).models.generateContent(ask);

    expect(recorder.spans[0]?.events.map(({ name, attributes: facts }) => [name, facts])).toEqual([
      [
        'llm_otel.request.retry',
        { 'http.request.resend_count': 1, 'http.response.status_code': 503 },
      ],
      [
        'llm_otel.request.retry',
        { 'http.request.resend_count': 2, 'http.response.status_code': 429 },
      ],
    ]);
    expect(attributes()['http.request.resend_count']).toBe(2);
    expect(emulator.requests).toHaveLength(3);
  });
});

describe('images are content that a model generates', () => {
  const images = { predictions: [{ mimeType: 'image/png', bytesBase64Encoded: 'AAAA' }] };

  function imagen(): GoogleGenAI {
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    const fetchNow = (): Promise<Response> => Promise.resolve(Response.json(images));
    const client = new GoogleGenAI({ vertexai: true, apiKey, httpOptions: { fetch: fetchNow } });
    return instrument(client, { tracer, content: 'span' });
  }

  test('with their number and the words they are made of, and without their bytes', async () => {
    const { generatedImages } = await imagen().models.generateImages({
      model: 'imagen-4.0-generate-001',
      prompt: 'A parcel in Lyon',
      config: { numberOfImages: 2 },
    });

    expect(generatedImages).toHaveLength(1);
    expect(recorder.spans[0]?.name).toBe('generate_content imagen-4.0-generate-001');
    expect(attributes()).toMatchObject({
      'gen_ai.output.type': 'image',
      'gen_ai.request.choice.count': 2,
    });
    expect(attributes()['gen_ai.input.messages']).toContain('A parcel in Lyon');
    expect(JSON.stringify(attributes())).not.toContain('AAAA');
    expect(checkConformance(recorder.spans[0]!, { content: true }).errors).toEqual([]);
  });
});

describe('nothing is left behind', () => {
  test('no listener on the signal of a request', async () => {
    const listeners = async (client: GoogleGenAI): Promise<number> => {
      const { signal } = new AbortController();
      await collect(
        await client.models.generateContentStream({ ...ask, config: { abortSignal: signal } }),
      );
      return getEventListeners(signal, 'abort').length;
    };

    expect(await listeners(observedClient())).toBe(await listeners(bareClient()));
  });

  test('the context of the application is the one it was', async () => {
    const client = observedClient();
    const outer = tracer.startSpan('outer');

    await context.with(trace.setSpan(context.active(), outer), async () => {
      for await (const _ of await client.models.generateContentStream(ask))
        expect(trace.getActiveSpan()).toBe(outer);
      await client.models.generateContent(ask);
      expect(trace.getActiveSpan()).toBe(outer);
    });
    outer.end();

    expect(recorder.spans.slice(0, 2).map((span) => span.parentSpanContext?.spanId)).toEqual(
      Array(2).fill(outer.spanContext().spanId),
    );
  });

  test('no chunk of a long stream', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage = vm.runInNewContext('gc') as () => void;
    const heap = (): number => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const data = { candidates: [{ content: { role: 'model', parts: [{ text: 'word' }] } }] };
    const event = new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 30_000) controller.enqueue(event);
        else controller.close();
      },
    });
    const client = instrument(bareClient({ fetch: () => Promise.resolve(new Response(body)) }), {
      tracer,
    });

    const heaps: number[] = [];
    let read = 0;
    for await (const _ of await client.models.generateContentStream(ask))
      if (++read % 10_000 === 0) heaps.push(heap());

    expect(read).toBe(30_000);
    // 20,000 chunks of 100 bytes and more would be 2 MB.
    expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(1_000_000);
  });
});

describe('telemetry that fails', () => {
  const boom = (): never => {
    throw new Error('vendor bug');
  };
  const broken: [string, Tracer][] = [
    ['a tracer that throws', { startSpan: boom, startActiveSpan: boom }],
    [
      'a processor that throws at the end',
      new TracerProvider({
        spanProcessors: [
          {
            onStart: () => undefined,
            onEnd: boom,
            forceFlush: () => Promise.resolve(),
            shutdown: () => Promise.resolve(),
          },
        ],
      }).getTracer('test'),
    ],
  ];

  test.each(broken)('never fails the call: %s', async (_name, failing) => {
    const { models } = observedClient({ tracer: failing });

    const { text } = await models.generateContent(ask);
    const chunks = await collect(await models.generateContentStream(ask));

    expect(text).toBe('You said: Where is my parcel?');
    expect(chunks.length).toBeGreaterThan(4);
  });

  test('arguments that cannot be read do not either', async () => {
    const params = {
      ...ask,
      get config(): object {
        return boom();
      },
    };
    const client = instrument(
      { models: { generateContentInternal: () => Promise.resolve('answer') } },
      { tracer },
    );

    const call = client.models.generateContentInternal as (body: unknown) => unknown;
    expect(await call(params)).toBe('answer');
  });
});

test('a stream that is not over in time has a span that is, and goes on', async () => {
  emulator.script([{ text: ['a ', 'b'], fault: { kind: 'hang', afterChunks: 1 } }]);
  const abort = new AbortController();
  const stream = await observedClient({ streamTimeoutMillis: 20 }).models.generateContentStream({
    ...ask,
    config: { abortSignal: abort.signal },
  });

  expect((await stream.next()).done).toBe(false);
  await vi.waitFor(() => expect(recorder.openSpans).toEqual([]));
  expect(attributes()).toMatchObject({
    'error.type': 'timeout',
    'llm_otel.stream.outcome': 'failed',
  });
  abort.abort();
  await expect(stream.next()).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([0, -1, Number.NaN])('a deadline of %s ms is refused at once', (streamTimeoutMillis) => {
  expect(() => instrument({}, { streamTimeoutMillis })).toThrow('streamTimeoutMillis is');
});
