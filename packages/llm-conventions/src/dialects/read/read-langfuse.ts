import type { HrTime } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_SOURCE,
} from '../../generated/attributes.ts';
import type { ChatMessage } from '../../messages/message-types.ts';
import { messagesFromOpenAiChat } from '../../messages/messages-from-openai-chat.ts';
import { textPart } from '../../messages/parts.ts';
import { readMember } from '../../read-member.ts';
import { tokenCount } from '../../usage/usage.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { MODEL_CALLS } from '../move-roll-up.ts';
import { readParameters } from '../request-parameters.ts';
import { readToolData } from '../tool-data.ts';
import { readLangChainProvider } from './read-common.ts';

const PREFIX = 'langfuse.observation';

/** Types that have an operation in the conventions. The others keep their name. */
const OPERATIONS: ReadonlyMap<unknown, string> = new Map([
  ['generation', 'chat'],
  ['embedding', 'embeddings'],
  ['retriever', 'retrieval'],
  ['agent', 'invoke_agent'],
  ['tool', 'execute_tool'],
  ['chain', 'invoke_workflow'],
]);

/** Reads a span of the Langfuse SDK. */
export function readLangfuse(reading: DialectReading): void {
  const type = reading.peek(`${PREFIX}.type`);
  const operation = OPERATIONS.get(type);
  reading.isNoCall ||= type !== undefined && !MODEL_CALLS.has(operation);
  if (operation !== undefined) {
    reading.take(`${PREFIX}.type`);
    reading.set(ATTR_GEN_AI_OPERATION_NAME, operation);
  }
  // It has no word of its own for the provider.
  if (MODEL_CALLS.has(operation)) readLangChainProvider(reading, `${PREFIX}.metadata`);
  reading.rename(`${PREFIX}.model.name`, ATTR_GEN_AI_REQUEST_MODEL);
  if (reading.has(`${PREFIX}.model.parameters`))
    readParameters(reading, `${PREFIX}.model.parameters`);
  reading.rename(`${PREFIX}.prompt.name`, ATTR_GEN_AI_PROMPT_NAME);
  if (reading.has(ATTR_GEN_AI_PROMPT_NAME)) {
    // A number there, text in the conventions.
    reading.setJson(ATTR_GEN_AI_PROMPT_VERSION, reading.take(`${PREFIX}.prompt.version`));
  }
  reading.rename('langfuse.session.id', ATTR_GEN_AI_CONVERSATION_ID);
  reading.rename('session.id', ATTR_GEN_AI_CONVERSATION_ID);
  reading.rename('langfuse.user.id', 'user.id');
  readUsage(reading);
  readCost(reading);
  readFirstChunk(reading);
  readContent(reading, type);
}

function readUsage(reading: DialectReading): void {
  const usage = reading.takeJson(`${PREFIX}.usage_details`);
  if (usage === undefined) return;
  const read = (...keys: readonly string[]): number | undefined => {
    for (const key of keys) {
      const count = tokenCount(readMember(usage, key));
      if (count !== undefined) return count;
    }
    return undefined;
  };
  const cacheRead = read('cache_read_input_tokens', 'input_cached_tokens', 'input_cache_read');
  const cacheWrite = read('cache_creation_input_tokens', 'input_cache_creation');
  const input = read('input', 'input_tokens', 'promptTokens', 'prompt_tokens');
  // Here the parts add up to the total: what the cache was read for is not in `input`.
  const total = input === undefined ? undefined : input + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const reasoning = read('output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens');
  const output = read('output', 'output_tokens', 'completionTokens', 'completion_tokens');
  reading.set(ATTR_GEN_AI_USAGE_INPUT_TOKENS, total);
  reading.set(
    ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
    output === undefined ? undefined : output + (reasoning ?? 0),
  );
  reading.set(ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, cacheRead);
  reading.set(ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, cacheWrite);
  reading.set(ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, reasoning);
}

function readCost(reading: DialectReading): void {
  const total = readMember(reading.takeJson(`${PREFIX}.cost_details`), 'total');
  if (typeof total !== 'number' || reading.has(ATTR_LLM_OTEL_COST_MICRO_USD)) return;
  const microUsd = Math.round(total * 1e6);
  if (!Number.isSafeInteger(microUsd)) return;
  reading.set(ATTR_LLM_OTEL_COST_MICRO_USD, microUsd);
  reading.set(ATTR_LLM_OTEL_COST_PRICE_SOURCE, `${PREFIX}.cost_details`);
}

/** A point in time, as JSON. */
function readFirstChunk(reading: DialectReading): void {
  const at = reading.takeJson(`${PREFIX}.completion_start_time`);
  const millis = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  const seconds = (millis - millisOf(reading.span.startTime)) / 1000;
  if (seconds >= 0) reading.set(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, seconds);
}

function millisOf([seconds, nanos]: HrTime): number {
  return seconds * 1000 + nanos / 1e6;
}

function readContent(reading: DialectReading, type: unknown): void {
  switch (type) {
    case 'generation':
      reading.setJson(
        ATTR_GEN_AI_INPUT_MESSAGES,
        messagesOf(reading.takeJson(`${PREFIX}.input`), 'user'),
      );
      reading.setJson(
        ATTR_GEN_AI_OUTPUT_MESSAGES,
        messagesOf(reading.takeJson(`${PREFIX}.output`), 'assistant'),
      );
      return;
    case 'tool':
      readToolData(reading, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, `${PREFIX}.input`);
      readToolData(reading, ATTR_GEN_AI_TOOL_CALL_RESULT, `${PREFIX}.output`);
      return;
    case 'retriever': {
      const query = reading.takeJson(`${PREFIX}.input`);
      reading.setJson(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, query);
      reading.setJson(ATTR_GEN_AI_RETRIEVAL_DOCUMENTS, reading.takeJson(`${PREFIX}.output`));
    }
  }
}

/** Any JSON: messages of the conventions, of OpenAI, one message, an object with messages, or text. */
function messagesOf(value: unknown, role: string): ChatMessage[] | undefined {
  if (value === undefined) return undefined;
  const list = readMember(value, 'messages') ?? value;
  if (Array.isArray(list) && list.every((one) => Array.isArray(readMember(one, 'parts'))))
    return list as ChatMessage[];
  const messages = messagesFromOpenAiChat(Array.isArray(list) ? list : [list]);
  if (messages.length > 0) return messages;
  const content = typeof value === 'string' ? value : JSON.stringify(value);
  return [{ role, parts: [textPart(content)] }];
}
