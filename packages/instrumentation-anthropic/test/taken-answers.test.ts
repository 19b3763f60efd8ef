import { context, createNoopMeter, type Meter, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import {
  type ModelEmulator,
  recordSpans,
  type SpanRecorder,
  startModelEmulator,
} from '@llm-otel/testing';
import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnthropicOptions, instrument } from '../src/index.ts';
import { answer, ask, collect, name } from './contract/shared.ts';

let emulator: ModelEmulator;
let recorder: SpanRecorder;

beforeEach(async () => {
  recorder = recordSpans();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  emulator = await startModelEmulator();
});
afterEach(async () => {
  await emulator.close();
  trace.disable();
  context.disable();
});

function observed(settings: ClientOptions = {}, options?: AnthropicOptions): Anthropic {
  const baseURL = emulator.anthropicBaseUrl;
  const quiet = { apiKey: 'none', maxRetries: 0, logLevel: 'off' } as const;
  return instrument(new Anthropic({ baseURL, ...quiet, ...settings }), options);
}

function loop(client: Anthropic): AsyncIterable<unknown> {
  return client.beta.messages.toolRunner({ ...ask, stream: true, tools: [] });
}

function call(): SpanRecorder['spans'][number] | undefined {
  return recorder.spans.find((span) => span.name === name);
}

describe.each<[string, ClientOptions]>([
  ['makes spans', {}],
  ['makes none', { openTelemetry: false }],
])(
  'a streamed answer that a client takes and parses by itself, one that %s',
  (_which, settings) => {
    test('of a thread', async () => {
      emulator.script([answer]);

      await observed(settings).beta.messages.thread(ask).stream(ask.messages).finalMessage();

      expect(recorder.openSpans).toEqual([]);
      expect(call()?.attributes).toMatchObject({
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.response.time_to_first_chunk': expect.any(Number),
      });
    });

    test('that reports an error', async () => {
      const error = { type: 'overloaded_error' };
      emulator.script([{ ...answer, fault: { kind: 'error', afterChunks: 1, error } }]);

      await expect(collect(loop(observed(settings)))).rejects.toThrow();

      expect(recorder.openSpans).toEqual([]);
      expect(call()?.status.code).toBe(SpanStatusCode.ERROR);
      expect(call()?.attributes['error.type']).toBe('overloaded_error');
    });

    test('that is refused', async () => {
      emulator.script([{ error: { status: 429 } }]);

      await expect(collect(loop(observed(settings)))).rejects.toThrow();

      expect(recorder.openSpans).toEqual([]);
      expect(call()?.attributes['error.type']).toBe('rate_limit_error');
    });

    test('that is aborted', async () => {
      emulator.script([{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }]);
      const stream = observed(settings).beta.messages.thread(ask).stream(ask.messages);
      stream.on('text', () => stream.abort());

      await expect(stream.finalMessage()).rejects.toThrow();

      expect(recorder.openSpans).toEqual([]);
      expect(call()?.attributes['gen_ai.usage.input_tokens']).toBe(12);
    });

    test('that is left out by the sampler: metrics have it', async () => {
      const measured: string[] = [];
      const meter: Meter = Object.assign(Object.create(createNoopMeter()) as Meter, {
        createHistogram: (metric: string) => ({ record: () => measured.push(metric) }),
      });
      trace.disable();
      trace.setGlobalTracerProvider(
        new TracerProvider({
          spanProcessors: [recorder],
          sampler: { shouldSample: () => ({ decision: 0 }), toString: () => 'none' },
        }),
      );
      emulator.script([answer]);

      await collect(loop(observed(settings, { meter })));

      expect(recorder.spans).toEqual([]);
      expect(measured).toContain('gen_ai.client.inference.duration');
      expect(measured).toContain('gen_ai.client.inference.operation.input_tokens');
    });

    test('has its content where it is not streamed', async () => {
      emulator.script([answer]);

      await observed(settings, { content: 'span' }).beta.messages.toolRunner({ ...ask, tools: [] });

      expect(call()?.attributes['gen_ai.output.messages']).toContain('On its way.');
    });
  },
);

test('what a client with its spans off is told to record of content is not on ours', async () => {
  emulator.script([answer]);

  await collect(
    loop(observed({ openTelemetry: { traces: { enabled: false, contentMode: 'content' } } })),
  );

  expect(recorder.spans).toHaveLength(1);
  expect(JSON.stringify(recorder.spans[0]?.attributes)).not.toContain('parcel');
  expect(JSON.stringify(recorder.spans[0]?.attributes)).not.toContain('way');
});
