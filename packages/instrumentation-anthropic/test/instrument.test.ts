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
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AnthropicOptions, instrument } from '../src/index.ts';
import { ask, collect, streamed } from './contract/shared.ts';

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

function bareClient(options: object = {}): Anthropic {
  const baseURL = emulator.anthropicBaseUrl;
  return new Anthropic({ baseURL, apiKey: 'none', maxRetries: 0, logLevel: 'off', ...options });
}

function observedClient(options: AnthropicOptions = {}): Anthropic {
  return instrument(bareClient(), { tracer, ...options });
}

function attributes(): Record<string, unknown> {
  return { ...recorder.spans[0]?.attributes };
}

describe('the client', () => {
  test('is the one that was given', () => {
    const client = bareClient();

    expect(instrument(client, { tracer })).toBe(client);
    expect(Object.keys(client)).toEqual(Object.keys(bareClient()));
  });

  test('is observed once, however often that is asked for', async () => {
    const client = instrument(instrument(observedClient(), { tracer }), { tracer });

    await client.messages.create(ask);

    expect(recorder.spans).toHaveLength(1);
  });

  test('may be something else, which is told once and left alone', () => {
    const warned = vi.fn<(message: string) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const other = { messages: 'a text' };

    expect(instrument(other, { tracer })).toEqual({ messages: 'a text' });
    expect(warned.mock.calls[0]?.[0]).toContain('no client of the @anthropic-ai/sdk package');
  });

  test('may have a method that a test has put there', async () => {
    const failure = new Error('no network in tests');
    const client = {
      messages: { create: () => Promise.resolve({ id: 'made up', content: [] }) },
      beta: { messages: { create: () => Promise.reject(failure) } },
      completions: { create: () => ({ id: 'at once' }) },
    };

    instrument(client, { tracer });

    expect(await client.messages.create()).toEqual({ id: 'made up', content: [] });
    await expect(client.beta.messages.create()).rejects.toBe(failure);
    expect(client.completions.create()).toEqual({ id: 'at once' });
    expect(recorder.spans.map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
      SpanStatusCode.UNSET,
    ]);
    expect(recorder.openSpans).toEqual([]);
  });

  test('may throw at once', () => {
    // The client reads the model's name before it returns.
    const bad = undefined as unknown as typeof ask;

    expect(() => observedClient().messages.create(bad)).toThrow(TypeError);
    expect(recorder.spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR]);
    expect(recorder.openSpans).toEqual([]);
  });
});

describe('what a span tells', () => {
  test('who was asked, and how', async () => {
    emulator.script([
      {
        text: 'In Lyon.',
        model: 'claude-opus-4-8-20260401',
        usage: {
          inputTokens: 100,
          outputTokens: 40,
          cacheReadTokens: 50,
          cacheWriteTokens: 30,
          cacheWriteOneHourTokens: 10,
          reasoningTokens: 8,
        },
      },
    ]);
    // Not in the types of the newest release, which has models without them.
    const sampling = { temperature: 0.2, top_p: 0.9, top_k: 40 };
    // The emulator stands for Anthropic, whose prices hold for its own servers only.
    const opus = priceTable.models.find(({ model }) => model === 'claude-opus-4-8')!;
    const prices = withPrices([{ ...opus, ownServers: undefined }], { version: 'anywhere' });
    await observedClient({ prices }).messages.create({
      ...ask,
      ...sampling,
      stop_sequences: ['END'],
      service_tier: 'auto',
      thinking: { type: 'enabled', budget_tokens: 1024 },
      output_config: { effort: 'low', format: { type: 'json_schema', schema: {} } },
    });

    expect(recorder.spans[0]?.name).toBe('chat claude-opus-4-8');
    expect(attributes()).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.model': 'claude-opus-4-8',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'gen_ai.response.model': 'claude-opus-4-8-20260401',
      'gen_ai.response.id': 'msg_000001',
      'gen_ai.response.finish_reasons': ['stop'],
      // Anthropic reports 20: what the cache was read and written for comes on top.
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 40,
      'gen_ai.usage.cache_read.input_tokens': 50,
      'gen_ai.usage.cache_write.input_tokens': 30,
      'llm_otel.usage.cache_write.one_hour.input_tokens': 10,
      'gen_ai.usage.reasoning.output_tokens': 8,
      'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': 20,
      'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 10,
      'anthropic.thinking.type': 'enabled',
      'anthropic.thinking.budget_tokens': 1024,
      'anthropic.response.service_tier': 'standard',
      'anthropic.message.stop_reason': 'end_turn',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(emulator.url).port),
    });
    // 20 in at 5 dollars a million, 50 read at a tenth, 20 and 10 written at 1.25 and 2 times that, 40 out at 25.
    expect(attributes()['llm_otel.cost.micro_usd']).toBe(100 + 25 + 125 + 100 + 1000);
  });

  test('no content, unless it is asked for', async () => {
    emulator.script([{ text: 'In Lyon.', reasoning: 'It moves.' }]);

    await observedClient().messages.create({ ...ask, system: 'Be brief about parcels.' });

    expect(JSON.stringify(attributes())).not.toMatch(/parcel|Lyon|moves/);
  });

  test.each([false, true])(
    'with content, what was asked, thought and answered (stream: %s)',
    async (stream) => {
      emulator.script([
        {
          reasoning: ['It ', 'moves.'],
          text: 'In Lyon.',
          toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'toolu_1' }],
        },
      ]);
      const client = observedClient({ content: 'span' });

      const answer: unknown = await client.messages.create({ ...ask, system: 'Be brief.', stream });
      if (stream) await collect(answer as AsyncIterable<unknown>);

      const json = (name: string): unknown => JSON.parse(String(attributes()[name]));
      expect(json('gen_ai.system_instructions')).toEqual([{ type: 'text', content: 'Be brief.' }]);
      expect(json('gen_ai.input.messages')).toEqual([
        { role: 'user', parts: [{ type: 'text', content: 'Where is my parcel?' }] },
      ]);
      expect(json('gen_ai.output.messages')).toMatchObject([
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'It moves.' },
            { type: 'text', content: 'In Lyon.' },
            { type: 'tool_call', id: 'toolu_1', name: 'track', arguments: { id: 7 } },
          ],
        },
      ]);
      expect(checkConformance(recorder.spans[0]!, { content: true }).errors).toEqual([]);
    },
  );

  test('each further attempt of the client', async () => {
    emulator.script([
      { error: { status: 529, headers: { 'retry-after-ms': '1' } } },
      { text: 'On its way.' },
    ]);

    await instrument(bareClient({ maxRetries: 1 }), { tracer }).messages.create(ask);

    expect(recorder.spans[0]?.events.map(({ name, attributes: facts }) => [name, facts])).toEqual([
      [
        'llm_otel.request.retry',
        {
          'http.request.resend_count': 1,
          'http.response.status_code': 529,
          'llm_otel.retry_after_seconds': 0.001,
        },
      ],
    ]);
    expect(attributes()['http.request.resend_count']).toBe(1);
  });
});

describe('nothing is left behind', () => {
  test('no listener on the signal of a request', async () => {
    const listeners = async (client: Anthropic): Promise<number[]> => {
      const { signal } = new AbortController();
      const stream = await client.messages.create(streamed, { signal });
      await collect(stream);
      return [signal, stream.controller.signal].map(
        (each) => getEventListeners(each, 'abort').length,
      );
    };

    expect(await listeners(observedClient())).toEqual(await listeners(bareClient()));
  });

  test('the context of the application is the one it was', async () => {
    const client = observedClient();
    const outer = tracer.startSpan('outer');

    await context.with(trace.setSpan(context.active(), outer), async () => {
      for await (const _ of await client.messages.create(streamed))
        expect(trace.getActiveSpan()).toBe(outer);
      expect(trace.getActiveSpan()).toBe(outer);
    });
    outer.end();

    expect(recorder.spans[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  });

  test('no chunk of a long stream', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collectGarbage = vm.runInNewContext('gc') as () => void;
    const heap = (): number => {
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const data = {
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: 'word' },
    };
    const event = new TextEncoder().encode(
      `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`,
    );
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        if (sent++ < 100_000) controller.enqueue(event);
        else controller.close();
      },
    });
    const client = instrument(bareClient({ fetch: () => Promise.resolve(new Response(body)) }), {
      tracer,
    });

    const heaps: number[] = [];
    let read = 0;
    for await (const _ of await client.messages.create(streamed))
      if (++read % 30_000 === 0) heaps.push(heap());

    expect(read).toBe(100_000);
    // 60,000 chunks of 100 bytes would be 6 MB.
    expect((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)).toBeLessThan(3_000_000);
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
    const client = observedClient({ tracer: failing });

    const body = await client.messages.create(ask);
    const stream = await client.messages.create(streamed);

    expect(body.content).toMatchObject([{ text: 'You said: Where is my parcel?' }]);
    expect((await collect(stream)).length).toBeGreaterThan(4);
  });

  test('arguments that cannot be read do not either', async () => {
    const body = {
      ...ask,
      get temperature(): number {
        return boom();
      },
    };
    const client = instrument(
      { messages: { create: () => Promise.resolve('answer') } },
      { tracer },
    );

    expect(await (client.messages.create as (body: unknown) => unknown)(body)).toBe('answer');
  });
});

test.each([0, -1, Number.NaN])('a deadline of %s ms is refused at once', (streamTimeoutMillis) => {
  expect(() => instrument({}, { streamTimeoutMillis })).toThrow('streamTimeoutMillis is');
});
