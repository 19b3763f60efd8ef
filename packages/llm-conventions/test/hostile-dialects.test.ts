// Any value under any name of another library: nothing throws, and nothing had to be caught either.
import { diag, DiagLogLevel } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DIALECTS, emitDialects, inCurrentNames } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';

const failures: string[] = [];

beforeEach(() => {
  failures.length = 0;
  const ignore = (): void => {};
  diag.setLogger(
    {
      error: (message) => void failures.push(message),
      warn: ignore,
      info: ignore,
      debug: ignore,
      verbose: ignore,
    },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
});
afterEach(() => diag.disable());

const foreign = [
  'openinference.span.kind',
  'llm.provider',
  'llm.system',
  'llm.model_name',
  'llm.finish_reason',
  'llm.invocation_parameters',
  'llm.token_count.prompt',
  'llm.token_count.prompt_details.cache_read',
  'llm.cost.total',
  'llm.prompt_template.variables',
  'llm.input_messages.0.message.role',
  'llm.input_messages.0.message.content',
  'llm.input_messages.0.message.contents.0.message_content.type',
  'llm.input_messages.0.message.contents.0.message_content.text',
  'llm.output_messages.99999999999.message.role',
  'llm.tools.0.tool.json_schema',
  'retrieval.documents.0.document.metadata',
  'llm.request.type',
  'llm.is_streaming',
  'gen_ai.is_streaming',
  'llm.request.functions.0.name',
  'llm.request.functions.0.parameters',
  'traceloop.span.kind',
  'traceloop.entity.name',
  'traceloop.entity.input',
  'gen_ai.prompt.0.role',
  'gen_ai.prompt.0.content',
  'gen_ai.completion.0.content',
  'gen_ai.completion.0.tool_calls.0.arguments',
  'langfuse.observation.type',
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.usage_details',
  'langfuse.observation.model.parameters',
  'langfuse.observation.completion_start_time',
  'langfuse.observation.prompt.name',
  'langfuse.observation.prompt.version',
  'ai.operationId',
  'operation.name',
  'ai.model.provider',
  'ai.prompt',
  'ai.prompt.messages',
  'ai.prompt.tools',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.response.files',
  'ai.toolCall.args',
  'ai.usage.inputTokens',
  'langsmith.span.kind',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.system',
  'gen_ai.provider.name',
  'gen_ai.usage.input_tokens',
  'gen_ai.response.finish_reasons',
];
const current = [
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.request.seed',
  'gen_ai.request.stream',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.time_to_first_chunk',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.call.arguments',
  'gen_ai.retrieval.documents',
  'llm_otel.cost.micro_usd',
];

const words = fc.constantFrom(
  'LLM',
  'TOOL',
  'RETRIEVER',
  'agent',
  'tool',
  'generation',
  'retriever',
  'chat',
  'execute_tool',
  'retrieval',
  'ai.generateText',
  'ai.toolCall',
  'openai',
  'user',
  'text',
  'image',
  'NaN',
  '1e999',
  '{',
  '[]',
  'null',
  '[null]',
  '{"messages":[null,{"role":7}]}',
  '[{"role":"user","parts":[null,{"type":"text"},{"type":"blob"},{"type":"tool_call"}]}]',
);
const value = fc.oneof(
  words,
  fc.json(),
  fc.double(),
  fc.boolean(),
  fc.array(words, { maxLength: 3 }),
  fc.anything(),
);

test('spans of other libraries are read', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...foreign), value, { maxKeys: 12 }),
      (attributes) => {
        inCurrentNames(readableSpan({ ...attributes }));
        expect(failures).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test.each(DIALECTS)('our spans are said in %s', (dialect) => {
  const emit = emitDialects([dialect]);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...current), value, { maxKeys: 12 }),
      (attributes) => {
        const span = readableSpan({ ...attributes });
        inCurrentNames(emit.transform(span));
        expect(failures).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});

test('a flag that is an object without a text is none', () => {
  for (const name of ['llm.is_streaming', 'gen_ai.is_streaming'])
    inCurrentNames(readableSpan({ [name]: Object.create(null), 'traceloop.span.kind': 'tool' }));

  expect(failures).toEqual([]);
});

test('a span that cannot be read passes as it is, and is told: so the tests above can fail', () => {
  const attributes = {
    get 'llm.model_name'(): never {
      throw new Error('no');
    },
  };
  const span = readableSpan({});
  Object.defineProperty(span, 'attributes', { value: attributes });

  expect(inCurrentNames(span)).toBe(span);
  expect(failures).toEqual([expect.stringContaining('normalising the names of a span failed')]);
});
