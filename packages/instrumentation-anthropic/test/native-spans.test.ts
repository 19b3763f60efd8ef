import { context, diag, type DiagLogger, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import {
  expectTree,
  type ModelEmulator,
  recordSpans,
  type SpanRecorder,
  startModelEmulator,
} from '@llm-otel/testing';
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrument } from '../src/index.ts';
import { ask, collect, streamed } from './contract/shared.ts';

let emulator: ModelEmulator;
let recorder: SpanRecorder;
const warned = vi.fn<(...words: unknown[]) => void>();

beforeEach(async () => {
  recorder = recordSpans();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  diag.setLogger({ warn: warned, error: warned } as unknown as DiagLogger);
  warned.mockReset();
  emulator = await startModelEmulator();
});
afterEach(async () => {
  await emulator.close();
  trace.disable();
  context.disable();
  diag.disable();
});

function client(options: object = {}): Anthropic {
  const baseURL = emulator.anthropicBaseUrl;
  return new Anthropic({ baseURL, apiKey: 'none', maxRetries: 0, logLevel: 'off', ...options });
}

test('the span of the client is completed: its attributes stay, under the name of the conventions', async () => {
  await instrument(client()).messages.create(ask);

  const [span] = recorder.spans;
  expect(recorder.spans).toHaveLength(1);
  expect(span?.instrumentationScope.name).toBe('com.anthropic.sdk.typescript');
  expect(span?.name).toBe('chat claude-opus-4-8');
  // The client says OK, which the conventions leave to the application.
  expect(span?.status.code).toBe(SpanStatusCode.UNSET);
  expect(span?.attributes).toMatchObject({
    'anthropic.request.id': 'req_000001',
    'http.route': '/v1/messages',
    'http.response.status_code': 200,
    'gen_ai.response.finish_reasons': ['stop'],
    'server.address': '127.0.0.1',
  });
});

test.each([
  ['read to its end', (stream: AsyncIterable<unknown>) => collect(stream)],
  [
    'left early',
    async (stream: AsyncIterable<unknown>) => {
      for await (const _ of stream) break;
    },
  ],
])(
  'a stream that is %s has what the client writes at its end, and no warning',
  async (_how, read) => {
    emulator.script([
      { text: ['On ', 'its ', 'way.'], usage: { inputTokens: 12, outputTokens: 5 } },
    ]);

    await read(await instrument(client()).messages.create(streamed));

    expect(recorder.spans).toHaveLength(1);
    expect(recorder.openSpans).toEqual([]);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'anthropic.request.id': 'req_000001',
      'anthropic.response.service_tier': 'standard',
      'gen_ai.usage.input_tokens': 12,
    });
    expect(warned.mock.calls).toEqual([]);
  },
);

test('where the client is told to make no spans, there is ours', async () => {
  await instrument(client({ openTelemetry: false })).messages.create(ask);

  expect(recorder.spans.map(({ instrumentationScope }) => instrumentationScope.name)).toEqual([
    '@llm-otel/llm-conventions',
  ]);
});

test('a client with a tracer provider of its own writes there', async () => {
  const own = recordSpans();
  const tracerProvider = new TracerProvider({ spanProcessors: [own] });

  await instrument(client({ openTelemetry: { tracerProvider } })).messages.create(ask);

  expect(own.spans.map(({ name }) => name)).toEqual(['chat claude-opus-4-8']);
  expect(recorder.spans).toEqual([]);
});

test('an error has the words of ours, and the same status as with older clients', async () => {
  emulator.script([{ error: { status: 529 } }]);

  await instrument(client())
    .messages.create(ask)
    .catch(() => undefined);

  expect(recorder.spans[0]?.status).toMatchObject({ code: SpanStatusCode.ERROR });
  expect(recorder.spans[0]?.attributes).toMatchObject({
    'error.type': 'overloaded_error',
    'http.response.status_code': 529,
  });
});

test('what is left out by the sampler has no span at all', async () => {
  trace.disable();
  const out = recordSpans();
  trace.setGlobalTracerProvider(
    new TracerProvider({
      spanProcessors: [out],
      sampler: { shouldSample: () => ({ decision: 0 }), toString: () => 'none' },
    }),
  );

  await instrument(client()).messages.create(ask);
  await collect(await instrument(client()).messages.create(streamed));

  expect(out.spans).toEqual([]);
  expect(out.openSpans).toEqual([]);
});

test('without any telemetry, the client is as it was', async () => {
  trace.disable();

  expect((await instrument(client()).messages.create(ask)).type).toBe('message');
});

describe('what the client observes around its calls', () => {
  test('is one tree with ours: the loop, the calls, the tools', async () => {
    emulator.script([
      { toolCalls: [{ name: 'track', arguments: { id: 7 } }] },
      { text: 'In Lyon.' },
    ]);
    const track = {
      name: 'track',
      input_schema: { type: 'object', properties: {} },
      parse: (input: unknown) => input,
      run: () => 'Lyon',
    };

    await instrument(client()).beta.messages.toolRunner({ ...ask, tools: [track] as never });

    expectTree(recorder.spans, {
      name: 'anthropic.messages.tool_runner',
      children: [
        { name: 'chat claude-opus-4-8' },
        { name: 'anthropic.custom_tool_use track' },
        { name: 'chat claude-opus-4-8' },
      ],
    });
  });

  test('tells how a streamed loop went that we cannot see', async () => {
    emulator.script([
      {
        text: ['On ', 'its '],
        fault: { kind: 'error', afterChunks: 1, error: { type: 'overloaded_error' } },
      },
    ]);
    const runner = instrument(client()).beta.messages.toolRunner({
      ...ask,
      stream: true,
      tools: [],
    });

    await expect(collect(runner)).rejects.toThrow();

    const call = recorder.spans.find(({ name }) => name === 'chat claude-opus-4-8');
    expect(recorder.openSpans).toEqual([]);
    expect(call?.status.code).toBe(SpanStatusCode.ERROR);
    expect(call?.attributes['error.type']).toBe('overloaded_error');
  });

  test('and a streamed loop that is refused', async () => {
    emulator.script([{ error: { status: 429 } }]);
    const runner = instrument(client()).beta.messages.toolRunner({
      ...ask,
      stream: true,
      tools: [],
    });

    await expect(collect(runner)).rejects.toThrow();

    const call = recorder.spans.find(({ name }) => name === 'chat claude-opus-4-8');
    expect(recorder.openSpans).toEqual([]);
    expect(call?.attributes['error.type']).toBe('rate_limit_error');
  });

  test('is left alone where somebody else has given a span', async () => {
    const span = trace.getTracer('other').startSpan('theirs');

    await instrument(client()).messages.create(ask, {
      __span: { span, name: 'anthropic.messages.create', startTime: Date.now() },
    } as never);

    expect(recorder.spans.map(({ name }) => name)).toEqual(['theirs']);
  });

  test('stays as it is: tokens that are counted before', async () => {
    await instrument(client()).messages.countTokens({ model: ask.model, messages: ask.messages });

    expect(recorder.spans.map(({ name }) => name)).toEqual(['anthropic.messages.count_tokens']);
  });
});
