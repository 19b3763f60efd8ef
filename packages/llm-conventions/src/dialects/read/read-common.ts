import { SpanStatusCode } from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_TYPE,
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_LLM_OTEL_COST_MICRO_USD,
  ATTR_LLM_OTEL_COST_PRICE_SOURCE,
  ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS,
  ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES,
  ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE,
} from '../../generated/attributes.ts';
import { genAiAttributeDefinitions } from '../../generated/attribute-facts.ts';
import { safeJson } from '../../content/safe-json.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import type { ChatMessage } from '../../messages/message-types.ts';
import { parsedJson } from '../../messages/parts.ts';
import { toolDefinitionsFrom } from '../../messages/tool-definitions.ts';
import { keysOf, readMember, toList } from '../../read-member.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { isRollUp } from '../move-roll-up.ts';
import { providerFromLangChain } from '../provider-names.ts';
import { mergedMessages } from '../split-messages.ts';

/** Variables of a prompt template, a JSON object, as one attribute each. */
export function setPromptVariables(reading: DialectReading, name: string): void {
  const variables = reading.takeJson(name);
  if (typeof variables !== 'object' || variables === null) {
    reading.set(name, variables);
    return;
  }
  for (const key of keysOf(variables)) {
    const value = readMember(variables, key);
    if (value === undefined || value === null) continue;
    reading.setJson(`gen_ai.prompt.variable.${key}`, value);
  }
}

/** A cost in USD that the other library reckoned. Its attribute stands where the price would be from. */
export function setReceivedCost(reading: DialectReading, name: string): void {
  const usd = reading.takeNumber(name);
  if (usd === undefined) return;
  const microUsd = Math.round(usd * 1e6);
  if (!Number.isSafeInteger(microUsd) || reading.has(ATTR_LLM_OTEL_COST_MICRO_USD)) return;
  reading.set(ATTR_LLM_OTEL_COST_MICRO_USD, microUsd);
  reading.set(
    ATTR_LLM_OTEL_COST_PRICE_SOURCE,
    `${name} of ${reading.span.instrumentationScope.name}`,
  );
}

/** Reasons under the current name, but in the provider's words: the AI SDK's `tool-calls`, Anthropic's `end_turn`. */
export function readFinishReasons(reading: DialectReading): void {
  const reasons = toList(reading.peek(ATTR_GEN_AI_RESPONSE_FINISH_REASONS));
  if (reasons.length === 0) return;
  reading.put(
    ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
    reasons.map((reason) => finishReasonFrom(reason) ?? 'error'),
  );
}

/** Numbers that were written as text, such as `"10"`, are numbers: a sum and a price need them. */
export function readNumbers(reading: DialectReading): void {
  for (const [name, value] of Object.entries(reading.result())) {
    if (typeof value !== 'string') continue;
    const type = genAiAttributeDefinitions[name]?.type;
    if (type !== 'int' && type !== 'double') continue;
    const number = reading.takeNumber(name);
    if (number !== undefined)
      reading.put(name, type === 'double' || Number.isSafeInteger(number) ? number : value);
  }
}

/** What was sent. What `emitDialects` changed in it, it has marked: the first system message may be instructions of the conventions. */
export function setSentMessages(reading: DialectReading, messages: readonly ChatMessage[]): void {
  const [first, ...rest] = messages;
  const hasInstructions =
    reading.peek(ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE) === true && first?.role === 'system';
  if (hasInstructions) reading.setJson(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, first.parts);
  const sent = mergedMessages(
    hasInstructions ? rest : messages,
    reading.peek(ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES),
    reading.peek(ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS),
  );
  if (sent.length > 0) reading.setJson(ATTR_GEN_AI_INPUT_MESSAGES, sent);
}

/** Under LangChain the provider stands in the metadata of the call, which are the application's and stay. */
export function readLangChainProvider(reading: DialectReading, metadata: string): void {
  const provider =
    reading.peek(`${metadata}.ls_provider`) ??
    readMember(parsedJson(reading.peek(metadata)), 'ls_provider');
  if (typeof provider === 'string' && provider !== '')
    reading.set(ATTR_GEN_AI_PROVIDER_NAME, providerFromLangChain(provider));
}

/** Other libraries tell an error as an exception on the span alone. */
export function readErrorType(reading: DialectReading): void {
  const { status, events } = reading.span;
  if (status.code !== SpanStatusCode.ERROR || reading.has(ATTR_ERROR_TYPE)) return;
  const exception = events.findLast(({ name }) => name === 'exception');
  const type = exception?.attributes?.[ATTR_EXCEPTION_TYPE];
  reading.set(ATTR_ERROR_TYPE, typeof type === 'string' && type !== '' ? type : '_OTHER');
}

/**
 * An agent in this process has no provider, which each of its calls has, and is called by its own name: version 7 of the AI
 * SDK calls it by that of its model.
 */
export function readAgent(reading: DialectReading): void {
  const operation = reading.peek(ATTR_GEN_AI_OPERATION_NAME);
  if (!isRollUp(reading.span.kind, { [ATTR_GEN_AI_OPERATION_NAME]: operation })) return;
  // That of the AI SDK alone, around the calls for many embeddings.
  if (operation === 'embed_all') return;
  reading.take(ATTR_GEN_AI_PROVIDER_NAME);
  const agent = reading.peek(ATTR_GEN_AI_AGENT_NAME);
  const model = reading.peek(ATTR_GEN_AI_REQUEST_MODEL);
  if (typeof model === 'string' && reading.span.name === `invoke_agent ${model}`)
    reading.name = typeof agent === 'string' ? `invoke_agent ${agent}` : 'invoke_agent';
}

/**
 * Definitions of tools in shapes of libraries: version 7 of the AI SDK calls the schema as its own code does, OpenLLMetry
 * passes on what the API of OpenAI is given.
 */
export function readToolDefinitions(reading: DialectReading): void {
  const tools = reading.peek(ATTR_GEN_AI_TOOL_DEFINITIONS);
  if (typeof tools !== 'string' || !/"(?:inputSchema|function)":/.test(tools)) return;
  const definitions = toolDefinitionsFrom(parsedJson(tools));
  if (definitions !== undefined) reading.put(ATTR_GEN_AI_TOOL_DEFINITIONS, safeJson(definitions));
}
