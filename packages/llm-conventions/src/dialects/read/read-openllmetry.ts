import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_STOP_SEQUENCES,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RETRIEVAL_TOP_K,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_WORKFLOW_NAME,
} from '../../generated/attributes.ts';
import { finishReasonFrom } from '../../messages/finish-reason.ts';
import { messagesFromOpenAiChat } from '../../messages/messages-from-openai-chat.ts';
import type { ChatMessage } from '../../messages/message-types.ts';
import { parsedJson } from '../../messages/parts.ts';
import type { DialectReading } from '../dialect-reading.ts';
import { type IndexedMember, indexedMembers, membersOf, stringOf } from '../indexed-members.ts';
import { setPromptVariables } from './read-common.ts';
import { readToolData } from '../tool-data.ts';

/** What a span stands for, and the attribute its entity's name belongs to. */
const KINDS: ReadonlyMap<unknown, readonly [operation: string, name: string]> = new Map([
  ['workflow', ['invoke_workflow', ATTR_GEN_AI_WORKFLOW_NAME]],
  ['agent', ['invoke_agent', ATTR_GEN_AI_AGENT_NAME]],
  ['tool', ['execute_tool', ATTR_GEN_AI_TOOL_NAME]],
]);

const REQUEST_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['chat', 'chat'],
  ['completion', 'text_completion'],
  ['embedding', 'embeddings'],
]);

/** Reads a span of OpenLLMetry (Traceloop), of the packages of today and of earlier ones. */
export function readOpenLlmetry(reading: DialectReading): void {
  readKind(reading);
  reading.renameNumber(ATTR_GEN_AI_REQUEST_TOP_K, 'llm.top_k');
  reading.renameNumber(ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY, 'llm.frequency_penalty');
  reading.renameNumber(ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY, 'llm.presence_penalty');
  reading.rename('llm.chat.stop_sequences', ATTR_GEN_AI_REQUEST_STOP_SEQUENCES);
  reading.renameNumber(ATTR_GEN_AI_REQUEST_CHOICE_COUNT, 'gen_ai.request.n');
  reading.rename('gen_ai.request.reasoning_effort', ATTR_GEN_AI_REQUEST_REASONING_LEVEL);
  reading.renameNumber(ATTR_GEN_AI_RETRIEVAL_TOP_K, 'db.vector.query.top_k');
  for (const name of ['gen_ai.is_streaming', 'llm.is_streaming']) {
    const streams = reading.take(name);
    if (streams === true || streams === 'true') reading.set(ATTR_GEN_AI_REQUEST_STREAM, true);
  }
  reading.rename('gen_ai.user', 'user.id');
  reading.rename('llm.user', 'user.id');
  reading.rename('traceloop.prompt.key', ATTR_GEN_AI_PROMPT_NAME);
  if (reading.has(ATTR_GEN_AI_PROMPT_NAME))
    reading.rename('traceloop.prompt.version', ATTR_GEN_AI_PROMPT_VERSION);
  setPromptVariables(reading, 'traceloop.prompt.template_variables');
  readUsage(reading);
  readMessages(reading);
  for (const name of ['gen_ai.response.finish_reason', 'gen_ai.response.stop_reason']) {
    const reason = finishReasonFrom(reading.take(name));
    reading.set(ATTR_GEN_AI_RESPONSE_FINISH_REASONS, reason && [reason]);
  }
}

function readKind(reading: DialectReading): void {
  // A workflow, a task, an agent or a tool.
  reading.isNoCall ||= reading.has('traceloop.span.kind');
  const kind = KINDS.get(reading.peek('traceloop.span.kind'));
  if (kind !== undefined) {
    const [operation, name] = kind;
    reading.take('traceloop.span.kind');
    reading.set(ATTR_GEN_AI_OPERATION_NAME, operation);
    reading.set(name, reading.take('traceloop.entity.name'));
    if (operation === 'invoke_workflow') reading.take('traceloop.workflow.name');
    if (operation === 'execute_tool') {
      readToolData(reading, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'traceloop.entity.input');
      readToolData(reading, ATTR_GEN_AI_TOOL_CALL_RESULT, 'traceloop.entity.output');
    }
  }
  const operation = REQUEST_TYPES.get(reading.peek('llm.request.type'));
  if (operation === undefined) return;
  reading.take('llm.request.type');
  reading.set(ATTR_GEN_AI_OPERATION_NAME, operation);
}

function readUsage(reading: DialectReading): void {
  const usage = 'gen_ai.usage';
  reading.renameNumber(
    ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
    `${usage}.cache_read_input_tokens`,
  );
  reading.renameNumber(
    ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    `${usage}.cache_creation_input_tokens`,
    `${usage}.cache_creation.input_tokens`,
  );
  reading.renameNumber(ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, `${usage}.reasoning_tokens`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_INPUT_TOKENS, `${usage}.prompt_tokens`);
  reading.renameNumber(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, `${usage}.completion_tokens`);
  if (!reading.has(ATTR_GEN_AI_USAGE_INPUT_TOKENS) || !reading.has(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS))
    return;
  reading.take(`${usage}.total_tokens`);
  reading.take('llm.usage.total_tokens');
}

function readMessages(reading: DialectReading): void {
  const prompts = indexedMembers(reading.takeList('gen_ai.prompt.'));
  const completions = indexedMembers(reading.takeList('gen_ai.completion.'));
  if (prompts.length > 0) reading.setJson(ATTR_GEN_AI_INPUT_MESSAGES, messagesOf(prompts, 'user'));
  if (completions.length > 0) {
    reading.setJson(ATTR_GEN_AI_OUTPUT_MESSAGES, messagesOf(completions, 'assistant'));
    const reasons = completions.map((one) => finishReasonFrom(one.get('finish_reason')));
    if (reasons.some((reason) => reason !== undefined))
      reading.set(
        ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
        reasons.map((reason) => reason ?? 'error'),
      );
  }
  const functions = indexedMembers(reading.takeList('llm.request.functions.')).flatMap((one) => {
    const name = stringOf(one, 'name');
    if (name === undefined) return [];
    const description = stringOf(one, 'description');
    const parameters = parsedJson(one.get('parameters'));
    return [
      {
        type: 'function',
        name,
        ...(description !== undefined && { description }),
        ...(typeof parameters === 'object' && parameters !== null && { parameters }),
      },
    ];
  });
  if (functions.length > 0) reading.setJson(ATTR_GEN_AI_TOOL_DEFINITIONS, functions);
}

/** They are chat messages of OpenAI, spread over attributes. */
function messagesOf(members: readonly IndexedMember[], otherwise: string): ChatMessage[] {
  return messagesFromOpenAiChat(
    members.map((member) => ({
      role: stringOf(member, 'role') ?? otherwise,
      // A list of parts was written as JSON.
      content: partsOrText(member.get('content')),
      tool_call_id: member.get('tool_call_id'),
      tool_calls: indexedMembers(membersOf(member, 'tool_calls.')).map((call) => ({
        id: call.get('id'),
        function: { name: call.get('name'), arguments: call.get('arguments') },
      })),
    })),
  );
}

function partsOrText(content: unknown): unknown {
  const parsed =
    typeof content === 'string' && content.startsWith('[') ? parsedJson(content) : content;
  return Array.isArray(parsed) ? parsed : content;
}
