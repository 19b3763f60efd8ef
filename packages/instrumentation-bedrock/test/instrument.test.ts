import { getEventListeners } from 'node:events';
import v8 from 'node:v8';
import vm from 'node:vm';
import { context, diag, type DiagLogger, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { createGenAi, priceTable, withPrices } from '@llm-otel/llm-conventions';
import { checkConformance } from '@llm-otel/llm-conventions/conformance';
import { brokenTracers, recordSpans, startModelEmulator } from '@llm-otel/testing';
import { collectGarbageUntil } from '@llm-otel/tooling/contract';
import {
  BedrockRuntime,
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BedrockOptions, instrument } from '../src/index.ts';
import { ask, collect, invoked, MODEL } from './contract/shared.ts';

const recorder = recordSpans();
const provider = new TracerProvider({ spanProcessors: [recorder] });
const tracer = provider.getTracer('test');
// Put together here, so that nobody takes it for one that leaked.
const SECRET = ['a', 'secret', 'access', 'key', '0123456789'].join('/');
const KEY_ID = ['AKIA', 'ABCDEFGH', '01234567'].join('');
let emulator: Awaited<ReturnType<typeof startModelEmulator>>;

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

function bareClient(options: object = {}): BedrockRuntime {
  return new BedrockRuntime({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: KEY_ID, secretAccessKey: SECRET, sessionToken: SECRET },
    maxAttempts: 1,
    ...options,
  });
}

function observedClient(options: BedrockOptions = {}): BedrockRuntime {
  return instrument(bareClient(), { tracer, ...options });
}

function attributes(): Record<string, unknown> {
  return { ...recorder.spans[0]?.attributes };
}

function json(name: string): unknown {
  return JSON.parse(String(attributes()[name]));
}

describe('the client', () => {
  test('is the one that was given', () => {
    const client = bareClient();

    expect(instrument(client, { tracer })).toBe(client);
    expect(Object.keys(client)).toEqual(Object.keys(bareClient()));
    expect(Object.hasOwn(client, 'send')).toBe(false);
  });

  test('is observed once, however often that is asked for', async () => {
    const client = instrument(instrument(observedClient(), { tracer }), { tracer });

    await client.converse(ask);

    expect(recorder.spans).toHaveLength(1);
  });

  test.each([
    ['something else', { send: 'a text' }],
    ['the client of another service', { ...bareClientOf('S3'), send: () => 'there' }],
  ])('may be %s, which is told and left alone', (_, other) => {
    const warned = vi.fn<(message: string) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const before = { ...other };

    expect(instrument(other, { tracer })).toEqual(before);
    expect(warned.mock.calls[0]?.[0]).toContain('no client of the @aws-sdk/client-bedrock-runtime');
  });

  test('is observed as well where it keeps the stacks of its commands and has made some before', async () => {
    const client = bareClient({ cacheMiddleware: true });
    await client.send(new ConverseCommand(ask));

    await instrument(client, { tracer }).send(new ConverseCommand(ask));

    expect(recorder.spans).toHaveLength(1);
  });

  test('may answer by a middleware of the application, without any request', async () => {
    const client = observedClient();
    client.middlewareStack.add(
      () => () =>
        Promise.resolve({
          response: {},
          output: { $metadata: {}, stopReason: 'end_turn' } as never,
        }),
      { step: 'serialize', priority: 'high' },
    );

    await client.converse(ask);

    expect(emulator.requests).toEqual([]);
    expect(recorder.spans.map(({ name }) => name)).toEqual([`chat ${MODEL}`]);
    expect(attributes()['server.address']).toBeUndefined();
  });

  test('may have a middleware that hands on only what it knows', async () => {
    const client = observedClient();
    let inside: string | undefined;
    client.middlewareStack.add(
      (next) => (args) => {
        const known = { input: args.input, request: (args as { request?: unknown }).request };
        return next(known);
      },
      { step: 'serialize', priority: 'low' },
    );
    client.middlewareStack.add(
      (next) => (args) => {
        inside = trace.getSpan(context.active())?.spanContext().spanId;
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );

    await client.converse(ask);

    expect(attributes()['server.address']).toBe('127.0.0.1');
    expect(inside).toBe(recorder.spans[0]?.spanContext().spanId);
  });

  test('may be an observed one beside another that is not', async () => {
    observedClient();

    await bareClient().converse(ask);

    expect(recorder.spans).toEqual([]);
  });

  test('leaves conversations in both directions alone', async () => {
    const client = observedClient();
    emulator.script([{ error: { status: 400 } }]);

    await client
      .invokeModelWithBidirectionalStream({
        modelId: 'amazon.nova-sonic-v1:0',
        // oxlint-disable-next-line typescript/require-await
        body: (async function* () {
          yield { chunk: { bytes: new Uint8Array(2) } };
        })(),
      })
      .catch(() => undefined);

    expect(recorder.spans).toEqual([]);
    expect(recorder.openSpans).toEqual([]);
  });
});

function bareClientOf(serviceId: string): object {
  return { config: { serviceId }, middlewareStack: { add: () => undefined } };
}

describe('what a span tells', () => {
  const everything = {
    ...ask,
    system: [{ text: 'Be brief.' }],
    inferenceConfig: { maxTokens: 100, temperature: 0.2, topP: 0.9, stopSequences: ['END'] },
    additionalModelRequestFields: { top_k: 40, output_config: { effort: 'low' } },
    guardrailConfig: { guardrailIdentifier: 'gr-1', guardrailVersion: '2' },
    performanceConfig: { latency: 'optimized' as const },
    serviceTier: { type: 'flex' as const },
  };

  test.each([false, true])('who was asked, and how (stream: %s)', async (stream) => {
    emulator.script([
      {
        text: 'In Lyon.',
        usage: {
          inputTokens: 100,
          outputTokens: 40,
          cacheReadTokens: 50,
          cacheWriteTokens: 30,
          cacheWriteOneHourTokens: 10,
        },
      },
    ]);
    // The emulator stands for Bedrock, whose prices hold for its own servers only.
    const opus = priceTable.models.find(
      ({ model, provider: of }) => of === 'aws.bedrock' && model === 'anthropic.claude-opus-4-8',
    )!;
    const prices = withPrices([{ ...opus, ownServers: undefined }], { version: 'anywhere' });
    const client = observedClient({ prices });

    if (stream) await collect((await client.converseStream(everything)).stream);
    else await client.converse(everything);

    expect(recorder.spans[0]?.name).toBe(`chat ${MODEL}`);
    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'aws.bedrock',
      'gen_ai.request.model': MODEL,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.response.finish_reasons': ['stop'],
      // Bedrock reports 20: what the cache was read and written for comes on top.
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.cache_read.input_tokens': 50,
      'gen_ai.usage.cache_write.input_tokens': 30,
      'llm_otel.usage.cache_write.one_hour.input_tokens': 10,
      'aws.bedrock.guardrail.id': 'gr-1',
      'aws.request_id': 'req_000001',
      'bedrock.guardrail.version': '2',
      'bedrock.request.service_tier': 'flex',
      'bedrock.request.performance_latency': 'optimized',
      'bedrock.invocation.latency': 0.25,
      'bedrock.stop_reason': 'end_turn',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(emulator.url).port),
    });
    // A tenth more than the list price: 20 in at 5.5 dollars a million, 50 read, 20 and 10 written, 40 out at 27.5.
    expect(attributes()['llm_otel.cost.micro_usd']).toBeCloseTo(
      (100 + 25 + 125 + 100 + 1000) * 1.1,
      5,
    );
    expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
  });

  test('nothing of the credentials, and no content, unless it is asked for', async () => {
    emulator.script([
      { text: 'In Lyon.', reasoning: 'It moves.' },
      { error: { status: 403, message: 'no access' } },
    ]);
    const client = observedClient();

    await client.converse(everything);
    await expect(client.converse(ask)).rejects.toThrow('no access');

    const told = JSON.stringify(recorder.spans.map(({ attributes: all, events }) => [all, events]));
    expect(told).not.toMatch(/parcel|Lyon|moves|brief/);
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(KEY_ID);
  });

  test.each([false, true])(
    'with content, what was asked, thought and answered (stream: %s)',
    async (stream) => {
      emulator.script([
        {
          reasoning: ['It ', 'moves.'],
          text: 'In Lyon.',
          toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'tooluse_1' }],
        },
      ]);
      const client = observedClient({ content: 'span' });
      const request = {
        ...ask,
        system: [{ text: 'Be brief.' }],
        messages: [
          {
            role: 'user' as const,
            content: [
              { text: 'Where is it?' },
              {
                image: { format: 'png' as const, source: { bytes: new Uint8Array([137, 80]) } },
              },
            ],
          },
        ],
        toolConfig: { tools: [{ toolSpec: { name: 'track', inputSchema: { json: {} } } }] },
      };

      if (stream) await collect((await client.converseStream(request)).stream);
      else await client.converse(request);

      expect(json('gen_ai.system_instructions')).toEqual([{ type: 'text', content: 'Be brief.' }]);
      expect(json('gen_ai.input.messages')).toMatchObject([
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'Where is it?' },
            { type: 'blob', modality: 'image', mime_type: 'image/png' },
          ],
        },
      ]);
      expect(json('gen_ai.tool.definitions')).toMatchObject([{ type: 'function', name: 'track' }]);
      expect(json('gen_ai.output.messages')).toMatchObject([
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'It moves.' },
            { type: 'text', content: 'In Lyon.' },
            { type: 'tool_call', id: 'tooluse_1', name: 'track', arguments: { id: 7 } },
          ],
        },
      ]);
      expect(
        checkConformance(recorder.spans[0]!, { content: true }).errors.filter(
          ({ attribute }) => attribute !== 'aws.bedrock.guardrail.id',
        ),
      ).toEqual([]);
    },
  );

  test('content on an event and not on the span, where that is asked for', async () => {
    const events: { readonly eventName?: string | undefined; readonly attributes?: object }[] = [];
    const logger = { emit: (event: (typeof events)[number]) => void events.push(event) };
    const genAi = createGenAi({ tracer, content: 'event', logger });

    await observedClient({ genAi }).converse(ask);

    expect(JSON.stringify(attributes())).not.toContain('parcel');
    expect(JSON.stringify(events)).toContain('Where is my parcel?');
  });

  test('where its server is: the endpoint that the client has found', async () => {
    const client = instrument(
      new BedrockRuntimeClient({
        region: 'eu-west-1',
        credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
        maxAttempts: 1,
        // Nothing leaves the machine.
        requestHandler: { handle: () => Promise.reject(new Error('no network in tests')) } as never,
      }),
      { tracer },
    );

    await expect(client.send(new ConverseCommand(ask))).rejects.toThrow('no network in tests');

    expect(attributes()).toMatchObject({
      'server.address': 'bedrock-runtime.eu-west-1.amazonaws.com',
      'server.port': 443,
    });
  });

  test('which model a prompt router has chosen', async () => {
    const invokedModelId = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
    const client = observedClient();
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        Object.assign(result.output ?? {}, { trace: { promptRouter: { invokedModelId } } });
        return result;
      },
      { step: 'deserialize', priority: 'high' },
    );

    await client.converse(ask);

    expect(attributes()['gen_ai.response.model']).toBe(invokedModelId);
  });

  test('each further attempt of the client', async () => {
    emulator.script([
      { error: { status: 503, headers: { 'retry-after': '0' } } },
      { text: 'On its way.' },
    ]);

    await instrument(bareClient({ maxAttempts: 2 }), { tracer }).converse(ask);

    expect(recorder.spans[0]?.events.map(({ name, attributes: facts }) => [name, facts])).toEqual([
      [
        'llm_otel.request.retry',
        {
          'http.request.resend_count': 1,
          'http.response.status_code': 503,
          'llm_otel.retry_after_seconds': 0,
        },
      ],
    ]);
    expect(attributes()['http.request.resend_count']).toBe(1);
  });

  test('the id of a request that was refused, and its status', async () => {
    emulator.script([{ error: { status: 429 } }]);

    await expect(observedClient().converse(ask)).rejects.toThrow();

    expect(recorder.spans[0]?.status.code).toBe(SpanStatusCode.ERROR);
    expect(attributes()).toMatchObject({
      'error.type': 'ThrottlingException',
      'http.response.status_code': 429,
      'aws.request_id': 'req_000001',
    });
  });
});

describe('what asks no model has a plain span', () => {
  test('a guardrail', async () => {
    await observedClient().applyGuardrail({
      guardrailIdentifier: 'gr-1',
      guardrailVersion: '1',
      source: 'OUTPUT',
      content: [{ text: { text: 'a secret' } }],
    });

    expect(recorder.spans[0]?.name).toBe('bedrock.apply_guardrail');
    expect(attributes()).toEqual({
      'aws.bedrock.guardrail.id': 'gr-1',
      'bedrock.guardrail.version': '1',
      'bedrock.guardrail.source': 'OUTPUT',
      'bedrock.guardrail.action': 'NONE',
      'aws.request_id': 'req_000001',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(emulator.url).port),
    });
    expect(checkConformance(recorder.spans[0]!).errors).toEqual([]);
  });

  test('a count of tokens, and a call that goes on in the background', async () => {
    const client = observedClient();
    await client.countTokens({ modelId: MODEL, input: { converse: ask } });
    await client.startAsyncInvoke({
      modelId: 'amazon.nova-reel-v1:0',
      modelInput: {},
      outputDataConfig: { s3OutputDataConfig: { s3Uri: 's3://parcels' } },
    });
    await client.getAsyncInvoke({ invocationArn: 'arn:aws:bedrock:1' }).catch(() => undefined);

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'bedrock.count_tokens',
      'bedrock.start_async_invoke',
      'bedrock.get_async_invoke',
    ]);
    expect(attributes()['bedrock.count_tokens.input_tokens']).toBeGreaterThan(0);
    expect(recorder.spans[1]?.attributes['bedrock.async_invoke.arn']).toContain(':async-invoke/');
    expect(recorder.spans[2]?.status.code).toBe(SpanStatusCode.ERROR);
  });
});

describe('nothing is left behind', () => {
  test('no listener on the signal of a request', async () => {
    const listeners = async (client: BedrockRuntime): Promise<number> => {
      const { signal } = new AbortController();
      const { stream } = await client.send(new ConverseStreamCommand(ask), { abortSignal: signal });
      await collect(stream);
      return getEventListeners(signal, 'abort').length;
    };

    expect(await listeners(observedClient())).toEqual(await listeners(bareClient()));
  });

  test('the context of the application is the one it was', async () => {
    const client = observedClient();
    const outer = tracer.startSpan('outer');

    await context.with(trace.setSpan(context.active(), outer), async () => {
      for await (const _ of (await client.converseStream(ask)).stream ?? [])
        expect(trace.getActiveSpan()).toBe(outer);
      expect(trace.getActiveSpan()).toBe(outer);
    });
    outer.end();

    expect(recorder.spans[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  });

  test('the span is the parent of what the client does for the call', async () => {
    const client = observedClient();
    let inside: string | undefined;
    client.middlewareStack.add(
      (next) => (args) => {
        inside = trace.getActiveSpan()?.spanContext().spanId;
        return next(args);
      },
      { step: 'deserialize' },
    );

    await client.converse(ask);

    expect(inside).toBe(recorder.spans[0]?.spanContext().spanId);
  });

  test('a client that is dropped is garbage', async () => {
    const collected = vi.fn<() => void>();
    const registry = new FinalizationRegistry(collected);
    await (async () => {
      const client = observedClient();
      registry.register(client, undefined);
      await client.converse(ask);
      client.destroy();
    })();

    await collectGarbageUntil(() => collected.mock.calls.length > 0);

    expect(collected).toHaveBeenCalledOnce();
  });

  test('no event of a long stream', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage = vm.runInNewContext('gc') as () => void;
    const heap = (): number => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    emulator.script([{ text: Array.from({ length: 6000 }, () => 'word '.repeat(40)) }]);

    const heaps: number[] = [];
    let read = 0;
    for await (const _ of (await observedClient().converseStream(ask)).stream ?? [])
      if (++read % 1500 === 0) heaps.push(heap());

    expect(read).toBeGreaterThan(6000);
    // 4,500 events of more than 200 bytes would be 1 MB and more.
    expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(900_000);
  });
});

const broken = brokenTracers((processor) =>
  new TracerProvider({ spanProcessors: [processor] }).getTracer('test'),
);

test.each(broken)('%s never fails the call', async (_, failing) => {
  const client = observedClient({ tracer: failing() });

  const output = await client.converse(ask);
  const { stream } = await client.converseStream(ask);
  const answered = await client.invokeModel(invoked);

  expect(output.output?.message?.content).toEqual([{ text: 'You said: Where is my parcel?' }]);
  expect((await collect(stream)).length).toBeGreaterThan(4);
  expect(answered.body.transformToString()).toContain('You said');
});

test.each([0, -1, Number.NaN])('a deadline of %s ms is refused at once', (streamTimeoutMillis) => {
  expect(() => instrument({}, { streamTimeoutMillis })).toThrow('streamTimeoutMillis is');
});

test('a stream that is not over in time ends its span, and goes on', async () => {
  emulator.script([{ text: ['a', 'b'], fault: { kind: 'hang', afterChunks: 1 } }]);
  const { stream } = await observedClient({ streamTimeoutMillis: 1 }).converseStream(ask);
  const iterator = stream?.[Symbol.asyncIterator]();
  await iterator?.next();
  await vi.waitUntil(() => recorder.spans.length > 0);

  expect(attributes()['error.type']).toBe('timeout');
  expect(await iterator?.next()).toMatchObject({ done: false });
});
