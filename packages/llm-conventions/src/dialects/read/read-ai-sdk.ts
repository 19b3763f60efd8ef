import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
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
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from '../../generated/attributes.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import { inputFromAiSdk, messagesFromAiSdk } from '../../messages/messages-from-ai-sdk.ts';
import type { MessagePart } from '../../messages/message-types.ts';
import { parsedJson, reasoningPart, textPart } from '../../messages/parts.ts';
import { toolDefinitionsFrom } from '../../messages/tool-definitions.ts';
import { toList } from '../../read-member.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { providerFrom } from '../provider-names.ts';
import { readToolData } from '../tool-data.ts';

const SETTINGS: readonly (readonly [string, ...string[]])[] = [
  [ATTR_GEN_AI_REQUEST_MAX_TOKENS, 'maxOutputTokens', 'maxTokens'],
  [ATTR_GEN_AI_REQUEST_TEMPERATURE, 'temperature'],
  [ATTR_GEN_AI_REQUEST_TOP_P, 'topP'],
  [ATTR_GEN_AI_REQUEST_TOP_K, 'topK'],
  [ATTR_GEN_AI_REQUEST_SEED, 'seed'],
  [ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, 'frequencyPenalty'],
  [ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, 'presencePenalty'],
];

const USAGE: readonly (readonly [string, ...string[]])[] = [
  [ATTR_GEN_AI_USAGE_INPUT_TOKENS, 'inputTokens', 'promptTokens', 'tokens'],
  [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, 'outputTokens', 'completionTokens'],
  [
    ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    'inputTokenDetails.cacheReadTokens',
    'cachedInputTokens',
  ],
  [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, 'inputTokenDetails.cacheWriteTokens'],
  [
    ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
    'outputTokenDetails.reasoningTokens',
    'reasoningTokens',
  ],
];

/** Reads a span of the Vercel AI SDK, of its telemetry up to version 6 and of that of version 7. */
export function readAiSdk(reading: DialectReading): void {
  readOperation(reading);
  const provider = reading.takeString('ai.model.provider');
  reading.set(ATTR_GEN_AI_PROVIDER_NAME, provider && providerFrom(provider));
  reading.rename('ai.model.id', ATTR_GEN_AI_REQUEST_MODEL);
  reading.rename('ai.response.id', ATTR_GEN_AI_RESPONSE_ID);
  reading.rename('ai.response.model', ATTR_GEN_AI_RESPONSE_MODEL);
  const reason = finishReasonFrom(reading.take('ai.response.finishReason'));
  reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reason && [reason]);
  for (const [name, ...settings] of SETTINGS)
    reading.renameNumber(name, ...settings.map((setting) => `ai.settings.${setting}`));
  reading.rename('ai.settings.stopSequences', ATTR_GEN_AI_REQUEST_STOP_SEQUENCES);
  for (const [name, ...counts] of USAGE)
    reading.renameNumber(name, ...counts.map((count) => `ai.usage.${count}`));
  if (reading.has(ATTR_GEN_AI_USAGE_INPUT_TOKENS)) reading.take('ai.usage.totalTokens');
  const firstChunk = reading.takeNumber('ai.response.msToFirstChunk');
  if (firstChunk !== undefined)
    reading.set(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, firstChunk / 1000);
  reading.rename('ai.telemetry.metadata.sessionId', ATTR_GEN_AI_CONVERSATION_ID);
  reading.rename('ai.telemetry.metadata.userId', 'user.id');
  reading.rename('ai.toolCall.name', ATTR_GEN_AI_TOOL_NAME);
  reading.rename('ai.toolCall.id', ATTR_GEN_AI_TOOL_CALL_ID);
  readToolData(reading, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'ai.toolCall.args');
  readToolData(reading, ATTR_GEN_AI_TOOL_CALL_RESULT, 'ai.toolCall.result');
  readContent(reading);
  readMetricNames(reading);
  // Version 7 does not say which calls are streamed, but it says this of them alone.
  if (reading.has(ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK))
    reading.set(ATTR_GEN_AI_REQUEST_STREAM, true);
  readName(reading);
}

function readOperation(reading: DialectReading): void {
  const id = reading.takeString('ai.operationId');
  // The id, and the id of the function after a space.
  const name = reading.peek('operation.name');
  const operation = id ?? (typeof name === 'string' ? name.split(' ')[0] : undefined);
  if (operation?.startsWith('ai.') !== true) return;
  reading.take('operation.name');
  reading.take('resource.name');
  const functionId = reading.takeString('ai.telemetry.functionId');
  if (/\.do(?:Generate|Stream)$/.test(operation)) {
    reading.set(ATTR_GEN_AI_OPERATION_NAME, 'chat');
    if (operation.endsWith('doStream')) reading.set(ATTR_GEN_AI_REQUEST_STREAM, true);
  } else if (operation.startsWith('ai.embed')) {
    // The calls are its children; alone it stands for them.
    reading.set(
      ATTR_GEN_AI_OPERATION_NAME,
      operation.endsWith('.doEmbed') ? 'embeddings' : 'embed_all',
    );
  } else if (operation === 'ai.toolCall') reading.set(ATTR_GEN_AI_OPERATION_NAME, 'execute_tool');
  else if (operation.startsWith('ai.rerank')) reading.set(ATTR_GEN_AI_OPERATION_NAME, 'rerank');
  else {
    reading.set(ATTR_GEN_AI_OPERATION_NAME, 'invoke_agent');
    reading.set(ATTR_GEN_AI_AGENT_NAME, functionId);
    return;
  }
  if (functionId !== undefined) reading.put('ai.telemetry.functionId', functionId);
}

/** What the operations of the AI SDK act on. */
const SUBJECTS: ReadonlyMap<unknown, string> = new Map([
  ['chat', ATTR_GEN_AI_REQUEST_MODEL],
  ['embeddings', ATTR_GEN_AI_REQUEST_MODEL],
  ['execute_tool', ATTR_GEN_AI_TOOL_NAME],
  ['invoke_agent', ATTR_GEN_AI_AGENT_NAME],
]);

/** Names of spans are the library's own too, none that an application has given. */
function readName(reading: DialectReading): void {
  const operation = reading.peek(ATTR_GEN_AI_OPERATION_NAME);
  const attribute = SUBJECTS.get(operation);
  if (typeof operation !== 'string' || attribute === undefined) return;
  const subject = reading.peek(attribute);
  reading.name = typeof subject === 'string' ? `${operation} ${subject}` : operation;
}

function readContent(reading: DialectReading): void {
  const messages = messagesFromAiSdk(reading.takeJson('ai.prompt.messages'));
  if (messages.length > 0) reading.setJson(ATTR_GEN_AI_INPUT_MESSAGES, messages);
  const prompt = reading.takeJson('ai.prompt');
  if (prompt !== undefined) {
    const input = inputFromAiSdk(typeof prompt === 'string' ? { prompt } : prompt);
    if (input.inputMessages !== undefined && input.inputMessages.length > 0)
      reading.setJson(ATTR_GEN_AI_INPUT_MESSAGES, input.inputMessages);
    reading.setJson(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, input.systemInstructions);
  }
  const tools = toList(reading.take('ai.prompt.tools')).map(parsedJson);
  reading.setJson(ATTR_GEN_AI_TOOL_DEFINITIONS, toolDefinitionsFrom(tools));
  const parts = answerOf(reading);
  if (parts.length > 0)
    reading.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, [{ role: 'assistant', parts }]);
}

function answerOf(reading: DialectReading): MessagePart[] {
  const reasoning = reading.takeString('ai.response.reasoning');
  const text = reading.take('ai.response.text') || reading.take('ai.response.object');
  const rest = messagesFromAiSdk([
    {
      role: 'assistant',
      content: [
        ...toList(reading.takeJson('ai.response.files')).map((file) => typed('file', file)),
        ...toList(reading.takeJson('ai.response.toolCalls')).map((call) =>
          typed('tool-call', call),
        ),
      ],
    },
  ]);
  return [
    ...(reasoning === undefined ? [] : [reasoningPart(reasoning)]),
    // An answer of calls only has an empty text.
    ...(typeof text === 'string' && text !== '' ? [textPart(text)] : []),
    ...(rest[0]?.parts ?? []),
  ];
}

function typed(type: string, part: unknown): object {
  return { ...(part as object), type };
}

/** Version 7 writes names of metrics as attributes. All but one repeat the duration of the span. */
function readMetricNames(reading: DialectReading): void {
  reading.renameNumber(
    ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
    'gen_ai.client.operation.time_to_first_chunk',
  );
  reading.take('gen_ai.client.operation.time_per_output_chunk');
  reading.take('gen_ai.client.operation.duration');
  reading.take('gen_ai.execute_tool.duration');
}
