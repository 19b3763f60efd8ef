import { SpanKind } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { inCurrentNames } from '../src/index.ts';
import { messageErrors, toolDefinitionErrors } from './message-shapes.ts';
import { readableSpan } from './readable-span.ts';

type Values = Record<string, unknown>;

/** Attributes after normalising, with content parsed. */
function normalised(attributes: Values, kind: SpanKind = SpanKind.INTERNAL): Values {
  const span = { ...readableSpan(attributes), kind };
  return Object.fromEntries(
    Object.entries(inCurrentNames(span).attributes).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[[{]/.test(value) ? parsed(value) : value,
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const question = { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] };
const answer = {
  role: 'assistant',
  parts: [
    { type: 'text', content: 'I look.' },
    { type: 'tool_call', id: 't-1', name: 'weather', arguments: { city: 'Bern' } },
  ],
};
const tool = {
  type: 'function',
  name: 'weather',
  description: 'Tells it.',
  parameters: { type: 'object' },
};

/** What every one of these libraries tells of the same call, in today's names. */
const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-5',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.max_tokens': 100,
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': 30,
  'gen_ai.usage.cache_read.input_tokens': 40,
  'gen_ai.usage.reasoning.output_tokens': 10,
  'gen_ai.input.messages': [question],
  'gen_ai.output.messages': [answer],
};
const toolCalls = [{ id: 't-1', function: { name: 'weather', arguments: '{"city":"Bern"}' } }];

describe('a model call of', () => {
  test('OpenInference', () => {
    const attributes = normalised({
      'openinference.span.kind': 'LLM',
      'llm.provider': 'azure',
      'llm.system': 'openai',
      'llm.model_name': 'gpt-5',
      'llm.finish_reason': 'tool_calls',
      'llm.invocation_parameters':
        '{"temperature":0.5,"max_completion_tokens":100,"logit_bias":{"1":2}}',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 30,
      'llm.token_count.total': 130,
      'llm.token_count.prompt_details.cache_read': 40,
      'llm.token_count.completion_details.reasoning': 10,
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'Weather?',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'I look.',
      'llm.output_messages.0.message.tool_calls.0.tool_call.id': 't-1',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'weather',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Bern"}',
      'llm.tools.0.tool.json_schema': JSON.stringify({
        type: 'function',
        function: { name: 'weather', description: 'Tells it.', parameters: { type: 'object' } },
      }),
      'input.value': '{"messages":[]}',
      'input.mime_type': 'application/json',
      'output.value': 'I look.',
      'session.id': 's-1',
      'user.id': 'u-1',
      'llm.cost.total': 0.001234,
      'app.own': 1,
    });

    expect(attributes).toEqual({
      ...call,
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.tool.definitions': [tool],
      'gen_ai.conversation.id': 's-1',
      'user.id': 'u-1',
      'llm_otel.cost.micro_usd': 1234,
      'llm_otel.cost.price_source': expect.stringContaining('llm.cost.total') as unknown,
      'llm_otel.dialect.source': 'openinference',
      // What no attribute of today stands for.
      'llm.invocation_parameters': { logit_bias: { '1': 2 } },
      'app.own': 1,
    });
    expect(messageErrors(attributes['gen_ai.output.messages'])).toEqual([]);
    expect(toolDefinitionErrors(attributes['gen_ai.tool.definitions'])).toEqual([]);
  });

  test('OpenLLMetry, of today and of earlier packages', () => {
    const attributes = normalised({
      'gen_ai.system': 'az.ai.openai',
      'llm.request.type': 'chat',
      'gen_ai.request.model': 'gpt-5',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.completion_tokens': 30,
      'llm.usage.total_tokens': 130,
      'gen_ai.usage.cache_read_input_tokens': 40,
      'gen_ai.usage.reasoning_tokens': 10,
      'gen_ai.is_streaming': true,
      'llm.top_k': 5,
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content': 'Weather?',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'I look.',
      'gen_ai.completion.0.finish_reason': 'tool_calls',
      'gen_ai.completion.0.tool_calls.0.id': 't-1',
      'gen_ai.completion.0.tool_calls.0.name': 'weather',
      'gen_ai.completion.0.tool_calls.0.arguments': '{"city":"Bern"}',
      'llm.request.functions.0.name': 'weather',
      'llm.request.functions.0.description': 'Tells it.',
      'llm.request.functions.0.parameters': '{"type":"object"}',
      'traceloop.association.properties.plan': 'pro',
    });

    expect(attributes).toEqual({
      ...call,
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.request.stream': true,
      'gen_ai.request.top_k': 5,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.tool.definitions': [tool],
      'llm_otel.dialect.source': 'openllmetry',
      'traceloop.association.properties.plan': 'pro',
    });
  });

  test('Langfuse', () => {
    const attributes = normalised({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-5',
      'langfuse.observation.model.parameters': '{"temperature":0.5,"max_tokens":100}',
      // Here the parts add up to the total.
      'langfuse.observation.usage_details':
        '{"input":60,"cache_read_input_tokens":40,"output":20,"output_reasoning_tokens":10,"total":130}',
      'langfuse.observation.cost_details': '{"total":0.002}',
      'langfuse.observation.input': '[{"role":"user","content":"Weather?"}]',
      'langfuse.observation.output': JSON.stringify({
        role: 'assistant',
        content: 'I look.',
        tool_calls: toolCalls,
      }),
      'langfuse.observation.prompt.name': 'ask',
      'langfuse.observation.prompt.version': 3,
      'langfuse.session.id': 's-1',
      'langfuse.trace.tags': ['a'],
    });

    expect(attributes).toEqual({
      ...call,
      'gen_ai.conversation.id': 's-1',
      'gen_ai.prompt.name': 'ask',
      'gen_ai.prompt.version': '3',
      'llm_otel.cost.micro_usd': 2000,
      'llm_otel.cost.price_source': 'langfuse.observation.cost_details',
      'llm_otel.dialect.source': 'langfuse',
      'langfuse.trace.tags': ['a'],
    });
  });

  test('the AI SDK, up to version 6', () => {
    const attributes = normalised({
      'ai.operationId': 'ai.streamText.doStream',
      'operation.name': 'ai.streamText.doStream weather-fn',
      'ai.model.provider': 'openai.chat',
      'ai.model.id': 'gpt-5',
      'gen_ai.system': 'openai.chat',
      'gen_ai.request.model': 'gpt-5',
      'ai.settings.temperature': 0.5,
      'ai.settings.maxOutputTokens': 100,
      'ai.usage.inputTokens': 100,
      'ai.usage.outputTokens': 30,
      'ai.usage.totalTokens': 130,
      'ai.usage.cachedInputTokens': 40,
      'ai.usage.reasoningTokens': 10,
      'ai.response.finishReason': 'tool-calls',
      'ai.response.msToFirstChunk': 250,
      'ai.prompt.messages': '[{"role":"user","content":[{"type":"text","text":"Weather?"}]}]',
      'ai.prompt.tools': [
        '{"type":"function","name":"weather","description":"Tells it.","inputSchema":{"type":"object"}}',
      ],
      'ai.response.text': 'I look.',
      'ai.response.toolCalls':
        '[{"toolCallId":"t-1","toolName":"weather","input":{"city":"Bern"}}]',
      'ai.telemetry.metadata.sessionId': 's-1',
      'ai.settings.maxRetries': 2,
    });

    expect(attributes).toEqual({
      ...call,
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.stream': true,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.tool.definitions': [tool],
      'gen_ai.conversation.id': 's-1',
      'llm_otel.dialect.source': 'ai_sdk',
      'ai.settings.maxRetries': 2,
    });
  });

  test('the AI SDK of version 7, which writes names of metrics as attributes', () => {
    expect(
      normalised({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.usage.cache_creation.input_tokens': 5,
        'gen_ai.client.operation.time_to_first_chunk': 0.3,
        'gen_ai.client.operation.time_per_output_chunk': 0.01,
        'gen_ai.client.operation.duration': 2,
      }),
    ).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.usage.cache_write.input_tokens': 5,
      'gen_ai.request.stream': true,
      'gen_ai.response.time_to_first_chunk': 0.3,
      'llm_otel.dialect.source': 'ai_sdk',
    });
  });

  test('OpenLLMetry of today, which passes on the tools as the API of OpenAI is given them', () => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5',
    };
    const tools = [
      { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } },
    ];

    expect(normalised({ ...attributes, 'gen_ai.tool.definitions': JSON.stringify(tools) })).toEqual(
      {
        ...attributes,
        'gen_ai.tool.definitions': [
          { type: 'function', name: 'weather', parameters: { type: 'object' } },
        ],
      },
    );
  });

  test('LangSmith', () => {
    expect(
      normalised({
        'langsmith.span.kind': 'llm',
        'gen_ai.system': 'anthropic',
        'gen_ai.usage.prompt_tokens': 3,
        'langsmith.metadata.session_id': 's-1',
        'langsmith.trace.name': 't',
      }),
    ).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.conversation.id': 's-1',
      'langsmith.trace.name': 't',
      'llm_otel.dialect.source': 'langsmith',
    });
  });
});

describe('what LangSmith was given and answered as JSON:', () => {
  const prompt = (value: unknown): Values => ({ 'gen_ai.prompt': JSON.stringify(value) });
  const completion = (value: unknown): Values => ({ 'gen_ai.completion': JSON.stringify(value) });
  const openAiAnswer = { role: 'assistant', content: 'I look.', tool_calls: toolCalls };
  const lc = (name: string, kwargs: object): object => ({
    lc: 1,
    type: 'constructor',
    id: ['langchain_core', 'messages', name],
    kwargs,
  });
  const calls = [{ id: 't-1', name: 'weather', args: { city: 'Bern' } }];

  test.each<[string, unknown, unknown]>([
    [
      'a chat completion',
      { messages: [{ role: 'user', content: 'Weather?' }], model: 'gpt-5' },
      { choices: [{ message: openAiAnswer, finish_reason: 'tool_calls' }] },
    ],
    ['messages alone', [{ role: 'user', content: 'Weather?' }], openAiAnswer],
    [
      'messages of LangChain',
      { messages: [[lc('HumanMessage', { content: 'Weather?' })]] },
      {
        generations: [
          [{ text: '', message: lc('AIMessageChunk', { content: 'I look.', tool_calls: calls }) }],
        ],
      },
    ],
    [
      'messages of LangChain in short',
      { messages: [{ type: 'human', content: 'Weather?' }] },
      { output: { type: 'ai', data: { content: 'I look.', tool_calls: calls } } },
    ],
    [
      'the responses API',
      { input: 'Weather?' },
      {
        output: [
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'I look.' }],
          },
          { type: 'function_call', call_id: 't-1', name: 'weather', arguments: '{"city":"Bern"}' },
        ],
      },
    ],
  ])('%s', (_, given, answered) => {
    const read = normalised({
      'langsmith.span.kind': 'llm',
      'gen_ai.system': 'openai',
      ...prompt(given),
      ...completion(answered),
    });

    expect(read).toMatchObject({
      'gen_ai.input.messages': [question],
      'gen_ai.output.messages': [answer],
    });
    expect(Object.keys(read).join()).not.toMatch(/gen_ai\.(?:prompt|completion)/);
    expect(messageErrors(read['gen_ai.output.messages'])).toEqual([]);
  });

  test('Anthropic, with its instructions', () => {
    expect(
      normalised({
        'gen_ai.system': 'anthropic',
        ...prompt({ system: 'Be short.', messages: [{ role: 'user', content: 'Weather?' }] }),
        ...completion({
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 't-1', name: 'weather', input: { city: 'Bern' } },
          ],
        }),
      }),
    ).toMatchObject({
      'gen_ai.system_instructions': [{ type: 'text', content: 'Be short.' }],
      'gen_ai.input.messages': [question],
      'gen_ai.output.messages': [answer],
    });
  });

  test('a text is what was asked and answered; what is not known stays', () => {
    expect(normalised({ 'gen_ai.prompt': 'Weather?', 'gen_ai.completion': 'Rain.' })).toEqual({
      'gen_ai.input.messages': [question],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'Rain.' }] },
      ],
    });
    const odd = { 'gen_ai.prompt': '{"a":1}', 'gen_ai.completion': '[1,null]' };
    expect(Object.keys(normalised(odd))).toEqual(Object.keys(odd));
  });

  test('a tool', () => {
    expect(
      normalised({
        'langsmith.span.kind': 'tool',
        ...prompt({ city: 'Bern' }),
        ...completion({ degrees: 7 }),
      }),
    ).toMatchObject({
      'gen_ai.tool.call.arguments': { city: 'Bern' },
      'gen_ai.tool.call.result': { degrees: 7 },
    });
  });
});

test('numbers that were written as text are numbers, and have a price', () => {
  const old = { 'gen_ai.usage.prompt_tokens': '10', 'gen_ai.usage.completion_tokens': '2' };
  expect(normalised(old)).toEqual({
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 2,
  });
  const today = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.usage.input_tokens': '10',
    'gen_ai.request.temperature': '0.5',
    'gen_ai.request.max_tokens': '1.5',
    'gen_ai.response.id': '12',
  };
  expect(normalised(today)).toEqual({
    ...today,
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.request.temperature': 0.5,
  });
});

describe('a tool of', () => {
  const expected = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'weather',
    'gen_ai.tool.call.arguments': { city: 'Bern' },
    'gen_ai.tool.call.result': { degrees: 7 },
  };

  test.each([
    [
      'OpenInference',
      {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'weather',
        'input.value': '{"city":"Bern"}',
        'output.value': '{"degrees":7}',
        'output.mime_type': 'application/json',
      },
    ],
    [
      'OpenLLMetry',
      {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'weather',
        'traceloop.entity.input': '{"city":"Bern"}',
        'traceloop.entity.output': '{"degrees":7}',
      },
    ],
    [
      'Langfuse',
      {
        'langfuse.observation.type': 'tool',
        'gen_ai.tool.name': 'weather',
        'langfuse.observation.input': '{"city":"Bern"}',
        'langfuse.observation.output': '{"degrees":7}',
      },
    ],
    [
      'the AI SDK',
      {
        'ai.operationId': 'ai.toolCall',
        'operation.name': 'ai.toolCall',
        'ai.toolCall.name': 'weather',
        'ai.toolCall.args': '{"city":"Bern"}',
        'ai.toolCall.result': '{"degrees":7}',
      },
    ],
  ])('%s', (_, attributes) => {
    expect(normalised(attributes)).toMatchObject(expected);
  });
});

describe('totals that repeat those of other spans', () => {
  const usage = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 30 };
  const moved = {
    'llm_otel.usage.rollup': true,
    'llm_otel.rollup.usage.input_tokens': 100,
    'llm_otel.rollup.usage.output_tokens': 30,
  };

  test.each([
    ['our agents', { 'gen_ai.operation.name': 'invoke_agent', ...usage }],
    [
      'the AI SDK of version 7',
      { 'gen_ai.operation.name': 'invoke_agent', ...usage, 'gen_ai.client.operation.duration': 1 },
    ],
    [
      'the AI SDK up to version 6',
      {
        'ai.operationId': 'ai.generateText',
        'ai.usage.inputTokens': 100,
        'ai.usage.outputTokens': 30,
      },
    ],
    ['its embeddings', { 'ai.operationId': 'ai.embedMany', ...usage }],
  ])('are moved out of the way of a sum: %s', (_, attributes) => {
    const result = normalised(attributes);

    expect(result).toMatchObject(moved);
    expect(Object.keys(result).filter((name) => name.startsWith('gen_ai.usage'))).toEqual([]);
  });

  test('a plain sum over a trace of the AI SDK counts each token once', () => {
    const trace = [
      normalised({ 'ai.operationId': 'ai.generateText', 'ai.usage.inputTokens': 300 }),
      normalised({ 'ai.operationId': 'ai.generateText.doGenerate', 'ai.usage.inputTokens': 100 }),
      normalised({ 'ai.operationId': 'ai.generateText.doGenerate', 'ai.usage.inputTokens': 200 }),
    ];
    const sum = trace.reduce(
      (total, attributes) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
      0,
    );

    expect(sum).toBe(300);
  });

  const counts = { 'llm.token_count.prompt': 100, 'llm.token_count.completion': 30 };
  const details = { 'langfuse.observation.usage_details': '{"input":100,"output":30}' };
  test.each<[string, Values]>([
    ...['chain', 'tool', 'retriever', 'prompt', 'parser'].map((kind): [string, Values] => [
      `a ${kind} of LangSmith`,
      { 'langsmith.span.kind': kind, 'gen_ai.operation.name': kind, ...usage },
    ]),
    ...['CHAIN', 'TOOL', 'RETRIEVER', 'RERANKER', 'GUARDRAIL', 'EVALUATOR', 'PROMPT'].map(
      (kind): [string, Values] => [
        `${kind} of OpenInference`,
        { 'openinference.span.kind': kind, ...counts },
      ],
    ),
    ...['span', 'tool', 'retriever', 'evaluator', 'guardrail', 'event'].map(
      (type): [string, Values] => [
        `a ${type} of Langfuse`,
        { 'langfuse.observation.type': type, ...details },
      ],
    ),
    ...['task', 'tool'].map((kind): [string, Values] => [
      `a ${kind} of OpenLLMetry`,
      { 'traceloop.span.kind': kind, ...usage },
    ]),
  ])('are moved where nobody saw what stands below: %s', (_, attributes) => {
    const span = normalised(attributes);

    expect(span).toMatchObject(moved);
    expect(span).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    // A span that calls something elsewhere may be the only one that knows.
    expect(normalised(attributes, SpanKind.CLIENT)).toMatchObject(usage);
  });

  test('stay where they are the only ones: on the call of an agent elsewhere, and on a model call', () => {
    const remote = { 'gen_ai.operation.name': 'invoke_agent', ...usage };

    expect(normalised(remote, SpanKind.CLIENT)).toEqual(remote);
    expect(normalised({ 'gen_ai.operation.name': 'chat', ...usage })).toMatchObject(usage);
  });
});

describe('traps:', () => {
  test('lists are in the order of their numbers, with more than nine entries and gaps', () => {
    const entries = Array.from({ length: 12 }, (_, n) => n * 3);
    const flat = Object.fromEntries(
      entries.toReversed().flatMap((n) => [
        [`llm.input_messages.${n}.message.role`, 'user'],
        [`llm.input_messages.${n}.message.content`, `m${n}`],
      ]),
    );
    const messages = normalised({ 'openinference.span.kind': 'LLM', ...flat })[
      'gen_ai.input.messages'
    ] as (typeof question)[];

    expect(messages.map(({ parts }) => parts[0]?.content)).toEqual(entries.map((n) => `m${n}`));
  });

  describe('an input that leaves out the cache is completed by who wrote it, whatever the sizes:', () => {
    const anthropic = { 'gen_ai.system': 'Anthropic', 'llm.request.type': 'chat' };
    const openLlmetry = {
      ...anthropic,
      'gen_ai.usage.prompt_tokens': 100,
      'gen_ai.usage.cache_read_input_tokens': 90,
      'gen_ai.usage.cache_creation_input_tokens': 5,
    };
    const ofNode = {
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.total_tokens': 130,
      'gen_ai.usage.cache_read.input_tokens': 90,
      'gen_ai.usage.cache_creation.input_tokens': 5,
    };
    const aiSdk = (provider: string): Values => ({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': provider,
      'gen_ai.usage.input_tokens': 100,
      'ai.usage.inputTokens': 100,
      'ai.usage.cachedInputTokens': 90,
      'ai.response.providerMetadata':
        '{"anthropic":{"cacheCreationInputTokens":5},"bedrock":{"usage":{"cacheWriteInputTokens":5}}}',
    });
    /** A span that is not streamed tells the cache in the metadata alone. */
    const whole = (provider: string, metadata: object, input = 100): Values => ({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': provider,
      'gen_ai.usage.input_tokens': input,
      'ai.usage.promptTokens': input,
      'ai.response.providerMetadata': JSON.stringify(metadata),
    });
    const asItCame = {
      input_tokens: 100,
      cache_read_input_tokens: 90,
      cache_creation_input_tokens: 5,
      cache_creation: { ephemeral_1h_input_tokens: 3 },
    };
    const ofFour = { cacheReadInputTokens: 90, cacheCreationInputTokens: 5 };
    const python = 'opentelemetry.instrumentation';
    test.each<[string, string, Values, number]>([
      ['OpenLLMetry for Anthropic', '@traceloop/instrumentation-anthropic', openLlmetry, 195],
      ['the same of today', '@traceloop/instrumentation-anthropic', ofNode, 195],
      [
        'the same with a cache as large',
        'other',
        { ...openLlmetry, 'gen_ai.usage.cache_read_input_tokens': 101 },
        206,
      ],
      ['that of Python adds up itself', `${python}.anthropic`, openLlmetry, 100],
      [
        'that of Python for Bedrock does not',
        `${python}.bedrock`,
        { ...ofNode, 'gen_ai.provider.name': 'AWS' },
        195,
      ],
      [
        'OpenLLMetry for OpenAI',
        '@traceloop/instrumentation-openai',
        { ...openLlmetry, 'gen_ai.system': 'OpenAI' },
        100,
      ],
      ['AI SDK 5 for Anthropic', 'ai', aiSdk('anthropic.messages'), 195],
      ['AI SDK 5 for Claude at Vertex AI', 'ai', aiSdk('vertex.anthropic.messages'), 195],
      ['AI SDK 5 for Bedrock', 'ai', aiSdk('amazon-bedrock'), 195],
      [
        'AI SDK 5 for Anthropic, not streamed',
        'ai',
        whole('anthropic.messages', {
          anthropic: { usage: asItCame, cacheCreationInputTokens: 5 },
        }),
        195,
      ],
      ['AI SDK 4 for Anthropic', 'ai', whole('anthropic.messages', { anthropic: ofFour }), 195],
      [
        'AI SDK 4 for Bedrock',
        'ai',
        whole('amazon-bedrock', {
          bedrock: { usage: { cacheReadInputTokens: 90, cacheWriteInputTokens: 5 } },
        }),
        195,
      ],
      [
        'an object of AI SDK 6 for Anthropic',
        'ai',
        whole('anthropic.messages', { anthropic: { usage: asItCame } }, 195),
        195,
      ],
      ['AI SDK 5 without a cache', 'ai', whole('anthropic.messages', { anthropic: {} }), 100],
      ['AI SDK 5 for OpenAI', 'ai', aiSdk('openai.responses'), 100],
      [
        'AI SDK 6',
        'ai',
        { ...aiSdk('anthropic.messages'), 'ai.usage.inputTokenDetails.noCacheTokens': 5 },
        100,
      ],
      [
        'today’s names of any other library',
        'ours',
        { ...ofNode, 'gen_ai.usage.input_tokens': 95 },
        95,
      ],
    ])('%s', (_, name, attributes, input) => {
      const span = { ...readableSpan(attributes), instrumentationScope: { name } };

      expect(inCurrentNames(span).attributes['gen_ai.usage.input_tokens']).toBe(input);
    });
  });

  test('what the AI SDK 5 tells of a cache beside the usage of Anthropic has its names and its price', () => {
    const usage = {
      input_tokens: 40,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 20,
      cache_creation: { ephemeral_1h_input_tokens: 8 },
    };
    const read = normalised({
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.usage.promptTokens': 40,
      'ai.usage.completionTokens': 6,
      'ai.response.providerMetadata': JSON.stringify({ anthropic: { usage } }),
    });

    const counts = {
      'gen_ai.usage.input_tokens': 160,
      'gen_ai.usage.output_tokens': 6,
      'gen_ai.usage.cache_read.input_tokens': 100,
      'gen_ai.usage.cache_write.input_tokens': 20,
      'llm_otel.usage.cache_write.one_hour.input_tokens': 8,
    };
    expect(read).toMatchObject(counts);
    // Read again, behind a collector, it is the same.
    const again = {
      ...read,
      'ai.response.providerMetadata': JSON.stringify({ anthropic: { usage } }),
    };
    expect(normalised(again)).toMatchObject(counts);
  });

  test('an attribute without a value says nothing: openinference-vercel writes them for what a part has not', () => {
    const members = ['id', 'function.name', 'function.arguments'];
    const call = members.map((name) => [
      `llm.input_messages.0.message.tool_calls.0.tool_call.${name}`,
      undefined,
    ]);
    const content = 'llm.input_messages.0.message.contents';
    const read = normalised({
      'openinference.span.kind': 'LLM',
      'llm.input_messages.0.message.role': 'user',
      [`${content}.0.message_content.type`]: 'text',
      [`${content}.0.message_content.text`]: 'Weather?',
      [`${content}.1.message_content.type`]: undefined,
      ...Object.fromEntries(call),
      'llm.input_messages.1.message.role': undefined,
      'llm.tools.0.tool.json_schema': undefined,
      'gen_ai.prompt.0.content': null,
      'gen_ai.completion.0.content': undefined,
      'llm.request.functions.0.name': undefined,
    });

    expect(read).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.input.messages': [question],
      'llm_otel.dialect.source': 'openinference',
    });
  });

  test('a kind without an operation of today keeps its name', () => {
    expect(normalised({ 'openinference.span.kind': 'GUARDRAIL' })).toMatchObject({
      'openinference.span.kind': 'GUARDRAIL',
    });
  });

  test('a name of today wins over every old one', () => {
    expect(
      normalised({
        'gen_ai.request.model': 'new',
        'llm.model_name': 'old',
        'ai.model.id': 'older',
      }),
    ).toMatchObject({ 'gen_ai.request.model': 'new' });
  });

  test('attributes that are prompts by name only are left alone', () => {
    const span = readableSpan({
      'gen_ai.operation.name': 'chat',
      'gen_ai.prompt.name': 'ask',
      'gen_ai.prompt.variable.city': 'Bern',
      'aiven.host': 'x',
      'db.system.name': 'postgresql',
    });

    expect(inCurrentNames(span)).toBe(span);
    expect(
      normalised({ 'gen_ai.prompt.name': 'ask', 'gen_ai.prompt.0.content': 'hi' }),
    ).toMatchObject({
      'gen_ai.prompt.name': 'ask',
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }],
    });
  });

  test('broken values neither throw nor get lost', () => {
    const broken = {
      'openinference.span.kind': 7,
      'llm.invocation_parameters': '{broken',
      'llm.token_count.prompt': 'many',
      'llm.input_messages.x.message.role': 'user',
      'langfuse.observation.usage_details': '[]',
      'langfuse.observation.completion_start_time': '"never"',
      'ai.prompt.messages': '{"role":1}',
      'ai.response.toolCalls': 'null',
      'traceloop.prompt.template_variables': '"text"',
    };

    expect(normalised(broken)).toMatchObject({
      'openinference.span.kind': 7,
      'llm.invocation_parameters': '{broken',
      'llm.input_messages.x.message.role': 'user',
      'traceloop.prompt.template_variables': 'text',
      'llm.token_count.prompt': 'many',
    });
  });
});
