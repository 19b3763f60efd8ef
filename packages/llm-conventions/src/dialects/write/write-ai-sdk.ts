import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from '../../generated/attributes.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { AI_SDK_PROVIDERS } from '../provider-names.ts';
import { writeToolData } from '../tool-data.ts';
import { writeAiSdkContent } from './write-ai-sdk-content.ts';

const RENAMED: readonly (readonly [from: string, to: string])[] = [
  [ATTR_GEN_AI_REQUEST_MODEL, 'ai.model.id'],
  [ATTR_GEN_AI_RESPONSE_ID, 'ai.response.id'],
  [ATTR_GEN_AI_RESPONSE_MODEL, 'ai.response.model'],
  [ATTR_GEN_AI_REQUEST_MAX_TOKENS, 'ai.settings.maxOutputTokens'],
  [ATTR_GEN_AI_REQUEST_TEMPERATURE, 'ai.settings.temperature'],
  [ATTR_GEN_AI_REQUEST_TOP_P, 'ai.settings.topP'],
  [ATTR_GEN_AI_REQUEST_TOP_K, 'ai.settings.topK'],
  [ATTR_GEN_AI_REQUEST_SEED, 'ai.settings.seed'],
  [ATTR_GEN_AI_REQUEST_STOP_SEQUENCES, 'ai.settings.stopSequences'],
  [ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, 'ai.settings.frequencyPenalty'],
  [ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, 'ai.settings.presencePenalty'],
  [ATTR_GEN_AI_USAGE_INPUT_TOKENS, 'ai.usage.inputTokens'],
  [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, 'ai.usage.outputTokens'],
  [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, 'ai.usage.inputTokenDetails.cacheReadTokens'],
  [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, 'ai.usage.inputTokenDetails.cacheWriteTokens'],
  [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, 'ai.usage.outputTokenDetails.reasoningTokens'],
  [ATTR_GEN_AI_CONVERSATION_ID, 'ai.telemetry.metadata.sessionId'],
  [ATTR_GEN_AI_TOOL_NAME, 'ai.toolCall.name'],
  [ATTR_GEN_AI_TOOL_CALL_ID, 'ai.toolCall.id'],
];

const OPERATION_IDS: ReadonlyMap<string | undefined, string> = new Map([
  ['chat', 'ai.generateText.doGenerate'],
  ['generate_content', 'ai.generateText.doGenerate'],
  ['text_completion', 'ai.generateText.doGenerate'],
  ['embeddings', 'ai.embed.doEmbed'],
  ['invoke_agent', 'ai.generateText'],
  ['execute_tool', 'ai.toolCall'],
]);

/** Ids that are read back as another operation. */
const NOT_READ_BACK = new Set<string | undefined>(['generate_content', 'text_completion']);

/** Reasons that have another word here. */
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['tool_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
]);

/** The telemetry of the Vercel AI SDK up to version 6, for back ends that know only that. */
export function writeAiSdk(writing: DialectWriting): void {
  const { facts } = writing;
  const { operation } = facts;
  const plain = OPERATION_IDS.get(operation);
  if (plain === undefined) return;
  const streams = facts.isInference && facts.value(ATTR_GEN_AI_REQUEST_STREAM) === true;
  const id = streams ? 'ai.streamText.doStream' : plain;
  const said = NOT_READ_BACK.has(operation) ? [] : [ATTR_GEN_AI_OPERATION_NAME];
  writing.set('ai.operationId', id, ...said);
  writing.set('operation.name', id, ...(streams ? [ATTR_GEN_AI_REQUEST_STREAM] : []));
  if (operation === 'invoke_agent')
    writing.rename(ATTR_GEN_AI_AGENT_NAME, 'ai.telemetry.functionId');
  const provider = facts.string(ATTR_GEN_AI_PROVIDER_NAME);
  if (provider !== undefined)
    writing.set(
      'ai.model.provider',
      AI_SDK_PROVIDERS.get(provider) ?? provider,
      ATTR_GEN_AI_PROVIDER_NAME,
    );
  for (const [from, to] of RENAMED) writing.rename(from, to);
  writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'ai.toolCall.args', 'json');
  writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_RESULT, 'ai.toolCall.result', 'json');
  const reasons = facts.finishReasons;
  const all = reasons.length === 1 ? [ATTR_GEN_AI_RESPONSE_FINISH_REASONS] : [];
  writing.set('ai.response.finishReason', REASONS.get(reasons[0]) ?? reasons[0], ...all);
  const firstChunk = facts.number(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK);
  // Not every number of seconds comes back from milliseconds: the exact one stays.
  if (firstChunk !== undefined) writing.set('ai.response.msToFirstChunk', firstChunk * 1000);
  writeAiSdkContent(writing);
}
