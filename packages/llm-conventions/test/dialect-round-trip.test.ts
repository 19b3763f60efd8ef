import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Dialect, DIALECTS, emitDialects, inCurrentNames } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';

type Values = Record<string, unknown>;

function emitted(attributes: Values, ...dialects: readonly Dialect[]): Values {
  return emitDialects(dialects).transform(readableSpan(attributes)).attributes;
}

/** Said in other vocabularies and read again. */
function readBack(attributes: Values, ...dialects: readonly Dialect[]): Values {
  const said = emitDialects(dialects).transform(readableSpan(attributes));
  const { attributes: read, events } = inCurrentNames(said);
  // What is read is in one place again.
  expect(events).toEqual([]);
  const { 'llm_otel.dialect.source': _, ...rest } = read;
  return parsed(rest);
}

/** JSON text parsed, so that only the order of members may differ. */
function parsed(attributes: Values): Values {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === 'string' && /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}

const word = fc.stringMatching(/^[a-z][a-z0-9 ]{0,10}[a-z0-9]$/);
const count = fc.nat({ max: 1000 });
const text = fc.record({ type: fc.constant('text'), content: word });
const toolCall = fc.record({
  type: fc.constant('tool_call'),
  id: word,
  name: word,
  arguments: fc.dictionary(word, fc.oneof(word, count)),
});
const toolResponse = fc.record({
  type: fc.constant('tool_call_response'),
  id: word,
  response: fc.dictionary(word, count),
});

// In every one of these vocabularies an answer is text and then calls, and a result is a message of its own.
const inputMessages = fc.array(
  fc.oneof(
    fc.record({ role: fc.constantFrom('user', 'system'), parts: fc.tuple(text) }),
    fc.record({ role: fc.constant('assistant'), parts: fc.tuple(text, toolCall) }),
    fc.record({ role: fc.constant('tool'), parts: fc.tuple(toolResponse) }),
  ),
  { minLength: 1, maxLength: 5 },
);
const outputMessages = fc.record({
  role: fc.constant('assistant'),
  parts: fc.oneof(fc.tuple(text), fc.tuple(text, toolCall), fc.tuple(text, toolCall, toolCall)),
});

function json<T>(value: fc.Arbitrary<T>): fc.Arbitrary<string> {
  return value.map((one) => JSON.stringify(one));
}

/** Parts that fit into their totals, or no usage at all. */
const usage: fc.Arbitrary<Values> = fc.oneof(
  fc.constant({}),
  fc.tuple(count, count, count, count, count).map(([read, written, plain, reasoning, said]) => ({
    'gen_ai.usage.cache_read.input_tokens': read,
    'gen_ai.usage.cache_write.input_tokens': written,
    'gen_ai.usage.input_tokens': read + written + plain,
    'gen_ai.usage.reasoning.output_tokens': reasoning,
    'gen_ai.usage.output_tokens': reasoning + said,
  })),
);

/** A model call that all vocabularies have words for. */
const modelCall: fc.Arbitrary<Values> = fc
  .record(
    {
      'gen_ai.operation.name': fc.constant('chat'),
      'gen_ai.provider.name': fc.constantFrom(
        'openai',
        'anthropic',
        'azure.ai.openai',
        'azure.ai.inference',
        'aws.bedrock',
        'gcp.vertex_ai',
        'gcp.gemini',
        'mistral_ai',
        'x_ai',
        'groq',
      ),
      'gen_ai.request.model': word,
      'gen_ai.response.model': word,
      'gen_ai.response.id': word,
      'gen_ai.response.finish_reasons': fc.constantFrom(['stop'], ['length'], ['tool_call']),
      'gen_ai.request.temperature': fc.constantFrom(0, 0.5, 1),
      'gen_ai.request.max_tokens': count,
      'gen_ai.request.top_p': fc.constant(0.9),
      'gen_ai.request.seed': count,
      'gen_ai.request.stop_sequences': fc.array(word, { minLength: 1, maxLength: 3 }),
      'gen_ai.request.stream': fc.constant(true),
      'gen_ai.conversation.id': word,
      'gen_ai.response.time_to_first_chunk': fc.constantFrom(0.25, 1.5),
      'gen_ai.input.messages': json(inputMessages),
      'gen_ai.output.messages': json(outputMessages.map((message) => [message])),
      'gen_ai.tool.definitions': json(
        fc.array(fc.record({ type: fc.constant('function'), name: word, description: word }), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      'app.own': word,
    },
    { requiredKeys: ['gen_ai.operation.name', 'gen_ai.provider.name'] },
  )
  .chain((attributes) => usage.map((counts) => Object.assign({}, attributes, counts)));

const toolSpan: fc.Arbitrary<Values> = fc.record({
  'gen_ai.operation.name': fc.constant('execute_tool'),
  'gen_ai.tool.name': word,
  'gen_ai.tool.call.arguments': json(fc.dictionary(word, count)),
  'gen_ai.tool.call.result': json(fc.dictionary(word, count)),
});

const agentSpan: fc.Arbitrary<Values> = fc.record({
  'gen_ai.operation.name': fc.constant('invoke_agent'),
  'gen_ai.agent.name': word,
  'gen_ai.conversation.id': word,
});

test('the AI SDK brings back files, pictures of any kind, names of speakers and failures of tools', () => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.input.messages': JSON.stringify([
      {
        role: 'user',
        parts: [
          { type: 'file', modality: 'document', file_id: 'file-1', mime_type: 'application/pdf' },
          { type: 'file', modality: 'image', file_id: 'file-2' },
          { type: 'blob', modality: 'image', content: 'AAEC' },
          { type: 'blob', modality: 'audio', content: 'AAEC', mime_type: 'audio/wav' },
          { type: 'uri', modality: 'document', uri: 'https://example.com/a' },
        ],
        name: 'ada',
      },
      {
        role: 'tool',
        parts: [{ type: 'tool_call_response', id: 't', response: { a: 1 }, is_error: true }],
      },
    ]),
  };

  expect(readBack(attributes, 'ai-sdk')).toMatchObject(parsed(attributes));
});

/** Whatever the conventions can say, also what a vocabulary has no words for. */
const anyJson = fc.jsonValue({ maxDepth: 2 });
const anyText = fc.oneof(
  word,
  fc.constantFrom('', 'raw text', '12', 'null', '{"a":1}', '[{"type":"text"}]'),
);
const anyPart = fc.oneof(
  fc.record({ type: fc.constantFrom('text', 'reasoning'), content: anyText }),
  fc.record({
    type: fc.constant('tool_call'),
    id: word,
    name: word,
    arguments: fc.oneof(anyText, anyJson),
  }),
  fc.record(
    {
      type: fc.constant('tool_call_response'),
      id: word,
      response: fc.oneof(anyText, anyJson),
      is_error: fc.constant(true),
    },
    { requiredKeys: ['type', 'response'] },
  ),
  fc.record({ type: fc.constant('file'), modality: fc.constant('document'), file_id: word }),
  fc.record({
    type: fc.constant('blob'),
    modality: fc.constantFrom('image', 'document'),
    content: fc.constant('AAEC'),
  }),
  fc.record({
    type: fc.constant('uri'),
    modality: fc.constantFrom('image', 'video'),
    uri: fc.constant('https://example.com/a'),
  }),
  fc.record({ type: fc.constant('compaction'), id: word, content: word }),
  fc.record({
    type: fc.constant('server_tool_call'),
    name: word,
    server_tool_call: fc.record({ type: word, query: anyText }),
  }),
  fc.record({
    type: fc.constant('server_tool_call_response'),
    server_tool_call_response: fc.record({ type: word, output: anyJson }),
  }),
  fc.record({ type: fc.constant('own'), what: anyJson }),
);
const anyMessage = fc.record(
  {
    role: fc.constantFrom('user', 'assistant', 'tool', 'system', 'developer', 'own'),
    parts: fc.array(anyPart, { maxLength: 4 }),
    name: word,
  },
  { requiredKeys: ['role', 'parts'] },
);
const anyContent: fc.Arbitrary<Values> = fc.record(
  {
    'gen_ai.operation.name': fc.constantFrom('chat', 'generate_content', 'text_completion'),
    'gen_ai.provider.name': fc.constantFrom('openai', 'anthropic'),
    'gen_ai.input.messages': json(fc.array(anyMessage, { maxLength: 4 })),
    'gen_ai.output.messages': json(fc.array(anyMessage, { maxLength: 2 })),
    'gen_ai.system_instructions': json(
      fc.array(fc.record({ type: fc.constant('text'), content: anyText }), { maxLength: 2 }),
    ),
    'gen_ai.tool.definitions': json(
      fc.array(fc.record({ type: fc.constantFrom('function', 'custom'), name: word }), {
        maxLength: 2,
      }),
    ),
  },
  { requiredKeys: ['gen_ai.operation.name', 'gen_ai.provider.name'] },
);

/** Content alone, exactly. */
function contentOf(attributes: Values): Values {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) =>
      /messages$|instructions$|definitions$|arguments$|result$/.test(name),
    ),
  );
}

const lossless = DIALECTS.filter((dialect) => dialect !== 'genai-1.38');

describe.each(lossless)('%s:', (dialect) => {
  test.each([
    ['a model call', modelCall],
    ['a tool', toolSpan],
    ['an agent', agentSpan],
  ])('%s comes back as it was', (_, spans) => {
    fc.assert(
      fc.property(spans, (attributes) => {
        expect(readBack(attributes, dialect)).toMatchObject(parsed(attributes));
      }),
    );
  });

  test('any content comes back as it was, and nothing else is there', () => {
    fc.assert(
      fc.property(anyContent, (attributes) => {
        expect(contentOf(readBack(attributes, dialect))).toEqual(contentOf(parsed(attributes)));
      }),
    );
  });

  test.each(['12', 'null', 'raw text', '1.10', '[1,"2"]', '{"a":12345678901234567890}'])(
    'arguments and results of a tool come back as they were: %s',
    (value) => {
      const attributes = {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 't',
        'gen_ai.tool.call.arguments': value,
        'gen_ai.tool.call.result': value,
      };

      expect(readBack(attributes, dialect)).toEqual(parsed(attributes));
    },
  );

  test('beside the current names nothing of those is lost, and reading both gives them back', () => {
    fc.assert(
      fc.property(modelCall, (attributes) => {
        const both = emitted(attributes, 'current', dialect);

        expect(both).toMatchObject(attributes);
        expect(readBack(attributes, 'current', dialect)).toMatchObject(parsed(attributes));
      }),
    );
  });
});

test('everything at once is read back too, whatever the content', () => {
  fc.assert(
    fc.property(anyContent, (attributes) => {
      expect(contentOf(readBack(attributes, ...lossless))).toEqual(contentOf(parsed(attributes)));
    }),
  );
});

test('instructions are a message where a vocabulary has no other word for them, and instructions again', () => {
  const attributes = {
    ...chat,
    'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
    'gen_ai.input.messages': '[{"role":"system","parts":[{"type":"text","content":"Be brief."}]}]',
  };

  const openInference = emitted(attributes, 'openinference');
  expect(openInference).toMatchObject({
    'llm.input_messages.0.message.content': 'Be brief.',
    'llm.input_messages.1.message.role': 'system',
  });
  expect(openInference).not.toHaveProperty(['gen_ai.system_instructions']);
  for (const dialect of ['openinference', 'genai-1.36'] as const)
    expect(readBack(attributes, dialect)).toMatchObject(parsed(contentOf(attributes)));
});

test('everything at once is read back too', () => {
  fc.assert(
    fc.property(modelCall, (attributes) => {
      expect(readBack(attributes, ...lossless)).toMatchObject(parsed(attributes));
    }),
  );
});

const chat = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'gcp.vertex_ai',
  'gen_ai.request.model': 'm',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.cache_read.input_tokens': 30,
  'gen_ai.usage.cache_write.input_tokens': 20,
  'gen_ai.usage.output_tokens': 10,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"hi"}]}]',
  'llm_otel.cost.micro_usd': 1500,
};

describe('what a back end gets to see:', () => {
  test('1.36 has gen_ai.system with its values of then', () => {
    const attributes = emitted(chat, 'genai-1.36');

    expect(attributes).toMatchObject({
      'gen_ai.system': 'vertex_ai',
      'gen_ai.usage.cache_creation.input_tokens': 20,
    });
    expect(attributes).not.toHaveProperty('gen_ai.provider.name');
  });

  test('1.38 has a finish reason on each answer', () => {
    const attributes = emitted(chat, 'genai-1.38');

    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toMatchObject([
      { role: 'assistant', finish_reason: 'stop' },
    ]);
    expect(attributes).toMatchObject({
      'gen_ai.provider.name': 'gcp.vertex_ai',
      'gen_ai.usage.cache_creation.input_tokens': 20,
    });
  });

  test('OpenInference has a kind, flat messages, counts with a total, and the cost', () => {
    expect(emitted(chat, 'openinference')).toEqual({
      'openinference.span.kind': 'LLM',
      'llm.provider': 'google',
      'llm.system': 'vertexai',
      'llm.model_name': 'm',
      'llm.request.model_name': 'm',
      'llm.finish_reason': 'stop',
      'llm.invocation_parameters': '{"temperature":0.5}',
      'llm.token_count.prompt': 100,
      'llm.token_count.completion': 10,
      'llm.token_count.total': 110,
      'llm.token_count.prompt_details.cache_read': 30,
      'llm.token_count.prompt_details.cache_write': 20,
      'llm.cost.total': 0.0015,
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'hi',
      'llm_otel.cost.micro_usd': 1500,
    });
  });

  test('OpenLLMetry keeps the conventions and adds its own names', () => {
    expect(emitted(chat, 'openllmetry')).toMatchObject({
      'llm.request.type': 'chat',
      'gen_ai.usage.total_tokens': 110,
      'gen_ai.output.messages': chat['gen_ai.output.messages'],
    });
    const workflow = { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'w' };
    expect(emitted(workflow, 'openllmetry')).toEqual({
      'traceloop.span.kind': 'workflow',
      'traceloop.entity.name': 'w',
      'traceloop.workflow.name': 'w',
    });
  });

  test('Langfuse has counts that add up, cost in dollars, and the level of a failed span', () => {
    const span = {
      ...readableSpan(chat),
      status: { code: SpanStatusCode.ERROR, message: 'overloaded' },
    };
    const { attributes } = emitDialects(['langfuse']).transform(span);

    expect(attributes).toMatchObject({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'overloaded',
      'langfuse.observation.cost_details': '{"total":0.0015}',
    });
    expect(JSON.parse(String(attributes['langfuse.observation.usage_details']))).toEqual({
      input: 50,
      cache_read_input_tokens: 30,
      cache_creation_input_tokens: 20,
      output: 10,
      total: 110,
    });
  });

  test('the AI SDK has its operation, provider and usage', () => {
    expect(emitted({ ...chat, 'gen_ai.request.stream': true }, 'ai-sdk')).toMatchObject({
      'ai.operationId': 'ai.streamText.doStream',
      'ai.model.provider': 'google.vertex',
      'ai.usage.inputTokens': 100,
      'ai.response.text': 'hi',
    });
  });
});

describe('emitDialects', () => {
  test('leaves spans alone that are not of models or agents, and those in today’s names', () => {
    const span = readableSpan({ 'http.request.method': 'GET' });

    expect(emitDialects(['openinference']).transform(span)).toBe(span);
    const model = readableSpan(chat);
    expect(emitDialects(['current']).transform(model)).toBe(model);
  });

  test('keeps what a vocabulary has no word for', () => {
    const memory = { 'gen_ai.operation.name': 'search_memory', 'gen_ai.memory.store.id': 's' };
    for (const dialect of DIALECTS) expect(emitted(memory, dialect)).toMatchObject(memory);
  });

  test('parts without a word are told as JSON, pictures as URLs, several choices one by one', () => {
    const parts = [
      { type: 'text', content: 'look' },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'AAEC' },
      { type: 'file', modality: 'document', file_id: 'f-1' },
    ];
    const attributes = emitted(
      { ...chat, 'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts }]) },
      'openinference',
    );
    const at = 'llm.input_messages.0.message.contents';

    expect(attributes).toMatchObject({
      [`${at}.0.message_content.text`]: 'look',
      [`${at}.1.message_content.image.image.url`]: 'data:image/png;base64,AAEC',
      [`${at}.2.message_content.text`]: '{"type":"file","modality":"document","file_id":"f-1"}',
    });
  });

  test('broken content does not make it fail', () => {
    for (const broken of ['{', '[1]', '[{"role":1}]', '[{"role":"user","parts":[null]}]'])
      for (const dialect of DIALECTS)
        expect(() =>
          emitted(
            { ...chat, 'gen_ai.input.messages': broken, 'gen_ai.tool.definitions': broken },
            dialect,
          ),
        ).not.toThrow();
  });

  test('tells which vocabularies there are', () => {
    expect(() => emitDialects(['phoenix' as never])).toThrow(
      'dialects is "phoenix": use one or more of current, genai-1.36',
    );
    expect(() => emitDialects([])).toThrow('use one or more of');
  });
});

test('a client span of an agent elsewhere keeps its usage in every vocabulary', () => {
  const remote = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.input_tokens': 5 };
  const span = { ...readableSpan(remote), kind: SpanKind.CLIENT };

  expect(inCurrentNames(span)).toBe(span);
});

describe('finish reasons', () => {
  const answer = { role: 'assistant', parts: [{ type: 'text', content: 'In Lyon.' }] };
  const call = (answers: readonly object[], reasons?: readonly string[]): Values => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.input.messages': JSON.stringify([
      { role: 'user', parts: [{ type: 'text', content: 'Where is 7?' }] },
    ]),
    'gen_ai.output.messages': JSON.stringify(answers),
    ...(reasons !== undefined && { 'gen_ai.response.finish_reasons': reasons }),
  });

  test.each(DIALECTS)('that nobody told are not made up in %s', (dialect) => {
    const before = call([answer]);
    const said = emitDialects([dialect]).transform(readableSpan(before));

    expect(JSON.stringify([said.attributes, said.events])).not.toMatch(/finish_?reason/i);
    expect(readBack(before, dialect)).toEqual(parsed(before));
  });

  test.each(['genai-1.36', 'openinference', 'ai-sdk'] as const)(
    'that stand in the answers, as up to 1.41, leave no answer there twice in %s',
    (dialect) => {
      for (const reasons of [undefined, ['length']]) {
        const before = call([{ ...answer, finish_reason: 'length' }], reasons);
        const said = emitted(before, dialect);

        expect(said).not.toHaveProperty(['gen_ai.output.messages']);
        expect(said).not.toHaveProperty(['gen_ai.input.messages']);
        expect(readBack(before, dialect)).toEqual(parsed(call([answer], ['length'])));
      }
    },
  );

  test('that are not those beside the answers stay in them', () => {
    const before = call([{ ...answer, finish_reason: 'length' }], ['stop']);

    expect(readBack(before, 'genai-1.36')).toEqual(parsed(before));
  });

  test('of several answers are more than OpenInference can carry: they keep their name', () => {
    const before = call([
      { ...answer, finish_reason: 'stop' },
      { ...answer, finish_reason: 'length' },
    ]);

    expect(readBack(before, 'openinference')['gen_ai.output.messages']).toEqual(
      parsed(before)['gen_ai.output.messages'],
    );
  });
});

describe('of two vocabularies at once nothing is lost that one of them says less of:', () => {
  const pairs = DIALECTS.flatMap((one) => DIALECTS.map((other) => [one, other] as const)).filter(
    ([one, other]) => one !== other,
  );
  const part = fc.oneof(
    text,
    toolCall,
    toolResponse,
    fc.record({ type: fc.constant('reasoning'), content: word }),
    fc.record({
      type: fc.constant('blob'),
      modality: fc.constant('image'),
      mime_type: fc.constant('image/png'),
      content: fc.constant('iVBORw0KGgo='),
    }),
    fc.record({
      type: fc.constant('uri'),
      modality: fc.constant('image'),
      uri: fc.constant('https://example.com/a.png'),
    }),
    fc.record({ type: fc.constant('own'), value: word }),
  );
  const message = fc.record({
    role: fc.constantFrom('assistant', 'user', 'system', 'tool'),
    parts: fc.array(part, { minLength: 1, maxLength: 4 }),
  });
  const messages = fc.array(message, { minLength: 1, maxLength: 3 });
  const answers = fc.array(
    fc.record({
      role: fc.constant('assistant'),
      parts: fc.array(part, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 3 },
  );
  const anyCall = fc.record({
    'gen_ai.operation.name': fc.constantFrom('chat', 'generate_content', 'text_completion'),
    'gen_ai.provider.name': fc.constantFrom('openai', 'anthropic', 'gcp.gemini'),
    'gen_ai.request.model': word,
    'gen_ai.response.finish_reasons': fc.array(fc.constantFrom('stop', 'length', 'tool_call'), {
      minLength: 1,
      maxLength: 3,
    }),
    'gen_ai.input.messages': json(messages),
    'gen_ai.output.messages': json(answers),
    'gen_ai.system_instructions': json(fc.array(text, { minLength: 1, maxLength: 2 })),
  });

  test.each(pairs)('%s and %s', (...dialects) => {
    fc.assert(
      fc.property(anyCall, (attributes) => {
        expect(readBack(attributes, ...dialects)).toMatchObject(parsed(attributes));
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['a second answer', [[{ type: 'text', content: 'a' }], [{ type: 'text', content: 'b' }]]],
    [
      'the order of texts and thoughts',
      [
        [
          { type: 'text', content: 'a' },
          { type: 'reasoning', content: 'r' },
          { type: 'text', content: 'z' },
        ],
      ],
    ],
  ])('%s', (_, parts) => {
    const said = JSON.stringify(parts.map((one) => ({ role: 'assistant', parts: one })));
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.output.messages': said,
    };
    for (const dialects of pairs)
      expect(readBack(attributes, ...dialects)['gen_ai.output.messages']).toEqual(JSON.parse(said));
    // Said by each of them as well as it goes, and not a second time where each of them says it exactly.
    expect(emitted(attributes, 'genai-1.36')).not.toHaveProperty(['gen_ai.output.messages']);
    expect(emitted(attributes, 'genai-1.36', 'ai-sdk')).toHaveProperty(['gen_ai.output.messages']);
  });
});
