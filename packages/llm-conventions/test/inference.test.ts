import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  createGenAi,
  type GenAi,
  type GenAiOptions,
  genAiMetricDefinitions,
  usageFromAnthropic,
  usageFromOpenAi,
  withAgentScope,
} from '../src/index.ts';
import { genAiSpanDefinitions } from '../src/model.ts';
import { type Recording, recordSignals } from './record-signals.ts';

function recordedGenAi(options: GenAiOptions = {}): Recording & { readonly genAi: GenAi } {
  const recording = recordSignals();
  const { tracer, meter, clock } = recording;
  return { ...recording, genAi: createGenAi({ tracer, meter, clock, ...options }) };
}

afterEach(() => context.disable());

const messages = [{ role: 'user', parts: [{ type: 'text', content: 'hello' }] }];

test('null where a provider answered nothing takes nothing else with it', () => {
  const { genAi, spans } = recordedGenAi();
  const nothing = null as unknown as undefined;
  const usage = { inputTokens: 1000, outputTokens: 100 };

  genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) => {
    call.recordResponse({ model: nothing, finishReasons: nothing, usage, serviceTier: nothing });
    call.recordResponse({ finishReasons: ['stop'], usage: nothing, outputMessages: nothing });
  });

  expect(spans()[0]?.attributes).toMatchObject({
    'gen_ai.usage.input_tokens': 1000,
    'gen_ai.response.finish_reasons': ['stop'],
    'llm_otel.cost.micro_usd': 450,
  });
});

describe('an LLM span', () => {
  test('basic: a call is one client span named after operation and model', () => {
    const { genAi, spans } = recordedGenAi();

    genAi.startInference({ provider: 'openai', model: 'gpt-5-mini' }).end();

    expect(spans()).toHaveLength(1);
    expect(spans()[0]).toMatchObject({
      name: 'chat gpt-5-mini',
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5-mini',
      },
    });
  });

  test('with_model: requested and answering model, and every request parameter, are on the span', () => {
    const { genAi, spans } = recordedGenAi();

    const call = genAi.startInference({
      operation: 'text_completion',
      provider: 'azure.ai.openai',
      model: 'gpt-5',
      serverAddress: 'api.example.com',
      serverPort: 443,
      conversationId: 'c-1',
      maxTokens: 100,
      temperature: 0.5,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      seed: 7,
      stopSequences: ['END'],
      choiceCount: 2,
      reasoningLevel: 'low',
      outputType: 'json',
      previousResponseId: 'r-0',
      promptName: 'greet',
      promptVersion: '3',
      attributes: { 'gen_ai.conversation.compacted': true },
      extra: { 'app.tier': 'gold' },
    });
    call.recordResponse({ id: 'r-1', model: 'gpt-5-2025-08-07', finishReasons: ['stop'] });
    call.setAttributes({ 'gen_ai.usage.audio.input_tokens': 3 });
    call.end();

    expect(spans()[0]?.attributes).toEqual({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.request.model': 'gpt-5',
      'server.address': 'api.example.com',
      'server.port': 443,
      'gen_ai.conversation.id': 'c-1',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.top_k': 40,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'gen_ai.request.previous_response.id': 'r-0',
      'gen_ai.prompt.name': 'greet',
      'gen_ai.prompt.version': '3',
      'gen_ai.conversation.compacted': true,
      'app.tier': 'gold',
      'gen_ai.response.id': 'r-1',
      'gen_ai.response.model': 'gpt-5-2025-08-07',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.audio.input_tokens': 3,
    });
  });

  test('with_tokens: the counts of both providers end up in one form', () => {
    const { genAi, spans } = recordedGenAi();
    const usages = [
      usageFromOpenAi({
        prompt_tokens: 100,
        completion_tokens: 20,
        prompt_tokens_details: { cached_tokens: 60 },
        completion_tokens_details: { reasoning_tokens: 5 },
      }),
      usageFromAnthropic({
        input_tokens: 30,
        cache_read_input_tokens: 60,
        cache_creation_input_tokens: 10,
        output_tokens: 20,
      }),
    ];

    for (const usage of usages) {
      const call = genAi.startInference({ provider: 'openai' });
      call.recordResponse({ usage });
      call.end();
    }

    const [openai, anthropic] = spans().map(({ attributes }) => attributes);
    expect(openai).toMatchObject({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.reasoning.output_tokens': 5,
    });
    expect(anthropic).toMatchObject({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.cache_write.input_tokens': 10,
    });
  });

  test('with_cost: the cost in micro-USD and the price table are on the span, for a known model only', async () => {
    const { genAi, spans, points } = recordedGenAi();

    for (const model of ['gpt-5-mini', 'my-own-model']) {
      const call = genAi.startInference({ provider: 'openai', model });
      call.recordResponse({
        usage: { inputTokens: 1000, outputTokens: 500, cacheReadTokens: 400 },
      });
      call.end();
    }

    const [known, unknown] = spans().map(({ attributes }) => attributes);
    // 600 x 0.25 + 400 x 0.025 + 500 x 2.00
    expect(known?.['llm_otel.cost.micro_usd']).toBe(1160);
    expect(known?.['llm_otel.cost.price_table']).toMatch(/^llm-otel-\d{4}-\d{2}-\d{2}$/);
    expect(unknown).not.toHaveProperty('llm_otel.cost.micro_usd');
    const costs = (await points()).filter(
      ({ metric }) => metric === 'llm_otel.client.inference.cost',
    );
    expect(costs.map(({ sum }) => sum)).toEqual([1160]);
  });

  test('streaming: a stream read to its end is one span with the outcome', async () => {
    const { genAi, spans } = recordedGenAi();

    const stream = await genAi.inference(
      { provider: 'openai', model: 'gpt-5-mini', stream: true },
      async (call) =>
        call.stream(chunks('a', 'b'), (chunk) => {
          if (chunk === 'b') call.recordResponse({ finishReasons: ['stop'] });
        }),
    );
    expect(spans()).toHaveLength(0);
    const read: string[] = [];
    for await (const chunk of stream) read.push(chunk);

    expect(read).toEqual(['a', 'b']);
    expect(spans()).toHaveLength(1);
    expect(spans()[0]?.attributes).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.finish_reasons': ['stop'],
      'llm_otel.stream.outcome': 'completed',
    });
    // Two chunks are not two tokens.
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.usage.output_tokens');
  });

  test('ttft_recorded: time to first chunk and time per chunk are measured', async () => {
    const { genAi, spans, points, clock } = recordedGenAi();
    const call = genAi.startInference({ provider: 'openai', model: 'm', stream: true });
    async function* slow(): AsyncGenerator<number> {
      clock.advance(250);
      yield 1;
      clock.advance(40);
      yield 2;
      clock.advance(60);
      yield 3;
    }

    for await (const _ of call.stream(slow(), () => call.recordResponse({ model: 'm-1' })));

    expect(spans()[0]?.attributes['gen_ai.response.time_to_first_chunk']).toBe(0.25);
    const recorded = await points();
    const find = (name: string): (typeof recorded)[number] | undefined =>
      recorded.find(({ metric }) => metric === `gen_ai.client.inference.${name}`);
    expect(find('time_to_first_chunk')).toMatchObject({
      sum: 0.25,
      count: 1,
      attributes: { 'gen_ai.response.model': 'm-1' },
    });
    expect(find('time_per_output_chunk')).toMatchObject({ count: 2 });
    expect(find('time_per_output_chunk')?.sum).toBeCloseTo(0.1);
    expect(find('duration')?.sum).toBeCloseTo(0.35);
  });

  test('error_handling: the error reaches the caller unchanged and is on span and metric once', async () => {
    const { genAi, spans, points } = recordedGenAi();
    const error = Object.assign(new TypeError('socket closed'), { code: 'ECONNRESET' });

    const failing = genAi.inference({ provider: 'openai', model: 'm' }, () =>
      Promise.reject(error),
    );
    await expect(failing).rejects.toBe(error);
    expect(() =>
      genAi.inference({ provider: 'openai', model: 'm' }, () => {
        throw error;
      }),
    ).toThrow(error);

    expect(spans()).toHaveLength(2);
    expect(spans()[0]).toMatchObject({
      status: { code: SpanStatusCode.ERROR, message: 'socket closed' },
      attributes: { 'error.type': 'ECONNRESET' },
    });
    // The stack trace is on the first span the error passed.
    expect(spans().map(({ events }) => events.length)).toEqual([1, 0]);
    const durations = (await points()).filter(({ metric }) => metric.endsWith('.duration'));
    expect(durations).toMatchObject([{ count: 2, attributes: { 'error.type': 'ECONNRESET' } }]);
  });

  test('rate_limit_error: status, the provider’s word and the asked wait set it apart', () => {
    const { genAi, spans } = recordedGenAi();
    class RateLimitError extends Error {
      readonly status = 429;
      readonly headers = new Headers({ 'retry-after': '12' });
      readonly code = 'rate_limit_exceeded';
    }

    genAi.startInference({ provider: 'openai' }).fail(new RateLimitError('slow down'));

    expect(spans()[0]?.attributes).toMatchObject({
      'error.type': 'rate_limit_exceeded',
      'http.response.status_code': 429,
      'llm_otel.retry_after_seconds': 12,
    });
  });

  test('an attempt that is retried with success is not an error', async () => {
    const { genAi, spans } = recordedGenAi();

    await genAi.inference({ provider: 'openai' }, async (call) => {
      const attempt = (n: number): Promise<string> =>
        n === 0 ? Promise.reject(new Error('429')) : Promise.resolve('ok');
      const answer = await attempt(0).catch(() => attempt(1));
      call.recordResponse({ id: answer });
    });

    expect(spans()[0]?.status.code).toBe(SpanStatusCode.UNSET);
    expect(spans()[0]?.attributes).not.toHaveProperty('error.type');
  });

  test('prompt_redaction_enabled: without a content mode no prompt, answer or tool schema is recorded', () => {
    const { genAi, spans } = recordedGenAi();

    const call = genAi.startInference({
      provider: 'openai',
      inputMessages: messages,
      systemInstructions: [{ type: 'text', content: 'be brief' }],
      toolDefinitions: [{ type: 'function', name: 'search' }],
    });
    call.recordInput({ inputMessages: messages });
    call.recordResponse({ outputMessages: messages });
    call.end();

    expect(JSON.stringify(spans()[0]?.attributes)).not.toMatch(/hello|be brief|search/);
  });

  test('prompt_redaction_disabled: content mode span records JSON text in the shapes of the conventions', () => {
    const { genAi, spans } = recordedGenAi({ content: 'span' });

    const call = genAi.startInference({
      provider: 'openai',
      inputMessages: messages,
      systemInstructions: [{ type: 'text', content: 'be brief' }],
      toolDefinitions: [{ type: 'function', name: 'search', description: 'd', parameters: {} }],
    });
    call.recordResponse({ outputMessages: [{ role: 'assistant', parts: [] }] });
    call.end();

    expect(spans()[0]?.attributes).toMatchObject({
      'gen_ai.input.messages': JSON.stringify(messages),
      'gen_ai.system_instructions': '[{"type":"text","content":"be brief"}]',
      'gen_ai.tool.definitions': '[{"type":"function","name":"search"}]',
      'gen_ai.output.messages': '[{"role":"assistant","parts":[]}]',
    });
  });

  test('semantic_conventions: only attributes that the model lists for this span are set', () => {
    const { genAi, spans } = recordedGenAi({ content: 'span' });
    const definition = genAiSpanDefinitions['gen_ai.client.inference'];

    const call = genAi.startInference({
      provider: 'anthropic',
      model: 'claude-haiku-4-5',
      serverAddress: 'api.example.com',
      serverPort: 443,
      conversationId: 'c',
      maxTokens: 1,
      temperature: 1,
      inputMessages: messages,
      stream: true,
    });
    call.recordResponse({
      id: 'x',
      model: 'claude-haiku-4-5-20251001',
      finishReasons: ['stop'],
      usage: { inputTokens: 1, outputTokens: 1 },
    });
    call.end();

    const names = Object.keys(spans()[0]?.attributes ?? {}).filter(
      (n) => !n.startsWith('llm_otel.'),
    );
    expect(names.filter((name) => !(name in definition.attributes))).toEqual([]);
    const required = Object.entries(definition.attributes).filter(
      ([, { level }]) => level === 'required',
    );
    expect(required.every(([name]) => names.includes(name))).toBe(true);
  });

  test('metrics_recorded: every metric once, with the buckets and attributes of the conventions', async () => {
    const { genAi, points } = recordedGenAi();
    const call = genAi.startInference({
      provider: 'openai',
      model: 'gpt-5-mini',
      serverAddress: 'api.openai.com',
    });
    call.recordResponse({
      model: 'gpt-5-mini-2025-08-07',
      usage: {
        inputTokens: 10,
        outputTokens: 4,
        cacheReadTokens: 2,
        cacheWriteTokens: 0,
        reasoningTokens: 1,
      },
    });

    call.end();
    call.end();
    call.fail(new Error('late'));

    const recorded = await points();
    expect(recorded.map(({ metric }) => metric).toSorted()).toEqual([
      'gen_ai.client.inference.duration',
      'gen_ai.client.inference.operation.input_tokens',
      'gen_ai.client.inference.operation.output_tokens',
      'gen_ai.client.inference.usage.cache_read.input_tokens',
      'gen_ai.client.inference.usage.cache_write.input_tokens',
      'gen_ai.client.inference.usage.input_tokens',
      'gen_ai.client.inference.usage.output_tokens',
      'gen_ai.client.inference.usage.reasoning.output_tokens',
      // No price for cache writes of this model, and none were made.
      'llm_otel.client.inference.cost',
    ]);
    for (const { metric, unit, count, boundaries, attributes } of recorded) {
      const definition = genAiMetricDefinitions[metric as keyof typeof genAiMetricDefinitions];
      expect({ metric, unit, count }).toEqual({ metric, unit: definition.unit, count: 1 });
      expect(boundaries).toEqual(definition.buckets);
      expect(Object.keys(attributes).filter((name) => !(name in definition.attributes))).toEqual(
        [],
      );
    }
  });
});

describe('around the call', () => {
  test('agent name and conversation id of the scope are taken over, and the call is counted', () => {
    const { genAi, spans } = recordedGenAi();
    let counted = 0;
    const parent = withAgentScope(ROOT_CONTEXT, {
      agentName: 'writer',
      conversationId: 'c-9',
      countInference: () => counted++,
    });

    genAi.startInference({ provider: 'openai', parent }).end();

    expect(spans()[0]?.attributes).toMatchObject({
      [ATTR_GEN_AI_AGENT_NAME]: 'writer',
      [ATTR_GEN_AI_CONVERSATION_ID]: 'c-9',
    });
    expect(counted).toBe(1);
  });

  test('what happens inside the call has its span as parent', () => {
    const { genAi, tracer, spans } = recordedGenAi();

    genAi.inference({ provider: 'openai' }, () => tracer.startSpan('inner').end());

    const [inner, outer] = spans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  test('what is recorded after the end is ignored', () => {
    const { genAi, spans } = recordedGenAi({ content: 'span' });
    const call = genAi.startInference({ provider: 'openai' });
    call.end();

    call.recordInput({ inputMessages: messages });
    call.recordResponse({ id: 'late' });
    call.setAttributes({ 'gen_ai.request.seed': 1 });
    const source = chunks('a');

    expect(call.stream(source)).toBe(source);
    expect(Object.keys(spans()[0]?.attributes ?? {})).toHaveLength(2);
  });

  test('a request that cannot be read costs the span, not the application', () => {
    const { genAi } = recordedGenAi();
    const request = {
      provider: 'openai',
      get model(): string {
        throw new Error('hostile');
      },
    };

    const answer = genAi.inference(request, (call) => {
      call.recordResponse({
        get usage(): never {
          throw new Error('hostile');
        },
      });
      return 42;
    });

    expect(answer).toBe(42);
  });

  test('a hostile response is skipped and the span still ends', () => {
    const { genAi, spans } = recordedGenAi({ content: 'span' });
    const call = genAi.startInference({ provider: 'openai' });

    call.recordResponse({
      get model(): never {
        throw new Error('hostile');
      },
    });
    call.recordInput({
      get inputMessages(): never {
        throw new Error('hostile');
      },
    });
    call.recordResponse({ usage: { inputTokens: Number.NaN, outputTokens: -1 } });
    call.end();

    expect(spans()).toHaveLength(1);
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
  });

  test('without any provider nothing is recorded and everything passes through', async () => {
    const genAi = createGenAi();
    const source = chunks('a');

    const result = genAi.inference({ provider: 'openai' }, (call) => {
      call.recordInput({ inputMessages: messages });
      call.recordResponse({ id: 'x' });
      call.setAttributes({});
      call.end();
      call.fail(new Error('x'));
      expect(call.span.isRecording()).toBe(false);
      return call.stream(source);
    });

    expect(result).toBe(source);
    expect(await genAi.embeddings({ provider: 'openai' }, async () => 1)).toBe(1);
  });

  test('a provider registered after createGenAi is used', () => {
    const recording = recordSignals();
    const genAi = createGenAi();
    const provider = { getTracer: () => recording.tracer };
    trace.setGlobalTracerProvider(provider);

    genAi.startInference({ provider: 'openai' }).end();
    trace.disable();
    genAi.startInference({ provider: 'openai' }).end();

    expect(recording.spans()).toHaveLength(1);
  });

  test('an unknown content mode is refused with the values that are accepted', () => {
    expect(() => createGenAi({ content: 'yes' as 'span' })).toThrow(
      'content is "yes": use "none", "span", "event" or "both"',
    );
  });

  test('embeddings have their own span and the duration of client operations', async () => {
    const { genAi, spans, points, clock } = recordedGenAi();

    await genAi.embeddings(
      { provider: 'openai', model: 'text-embedding-3-small', encodingFormats: ['float'] },
      async (call) => {
        clock.advance(30);
        call.recordResponse({ model: 'e-1', inputTokens: 8, dimensions: 1536 });
      },
    );
    const failed = genAi.startEmbeddings({ provider: 'openai' });
    failed.fail(new Error('no'));
    failed.end();

    expect(spans()).toMatchObject([
      {
        name: 'embeddings text-embedding-3-small',
        kind: SpanKind.CLIENT,
        attributes: {
          'gen_ai.usage.input_tokens': 8,
          'gen_ai.embeddings.dimension.count': 1536,
          'gen_ai.request.encoding_formats': ['float'],
        },
      },
      { name: 'embeddings', attributes: { 'error.type': 'Error' } },
    ]);
    const durations = (await points()).filter(
      ({ metric }) => metric === 'gen_ai.client.operation.duration',
    );
    expect(durations).toMatchObject([
      { metric: 'gen_ai.client.operation.duration', sum: 0.03, count: 1 },
      { metric: 'gen_ai.client.operation.duration', count: 1 },
    ]);
  });
});

async function* chunks<T>(...values: T[]): AsyncGenerator<T> {
  yield* values;
}
