import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_RETRIEVAL_DOCUMENTS,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_RESULT,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
  ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE,
} from '../../generated/attributes.ts';
import { safeJson } from '../../content/safe-json.ts';
import type { ChatMessage, MessagePart } from '../../messages/message-types.ts';
import { readMember, readString } from '../../read-member.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { isResult, splitMessages, writeMarks } from '../split-messages.ts';
import { writeToolData } from '../tool-data.ts';

/** Messages, tools and documents of OpenInference: lists are spread over attributes. */
export function writeOpenInferenceContent(writing: DialectWriting, kind: string): void {
  const { facts } = writing;
  const system = facts.list(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS) as readonly MessagePart[];
  const input = facts.messages(ATTR_GEN_AI_INPUT_MESSAGES);
  const split = splitMessages(input);
  // Instructions are the first message here.
  const sent =
    system.length > 0 ? [{ role: 'system', parts: system }, ...split.messages] : split.messages;
  writeMessages(writing, 'llm.input_messages', sent);
  writeMessages(
    writing,
    'llm.output_messages',
    splitMessages(facts.messages(ATTR_GEN_AI_OUTPUT_MESSAGES)).messages,
  );
  if (sent.length > 0) writing.say(ATTR_GEN_AI_INPUT_MESSAGES);
  writeMarks(writing, split);
  if (system.length > 0)
    writing.set(ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE, true, ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
  writing.say(ATTR_GEN_AI_OUTPUT_MESSAGES);
  for (const [index, tool] of facts.list(ATTR_GEN_AI_TOOL_DEFINITIONS).entries()) {
    const { type, ...definition } = tool as { readonly type?: unknown };
    const schema = type === 'function' ? { type, function: definition } : tool;
    writing.setJson(`llm.tools.${index}.tool.json_schema`, schema, ATTR_GEN_AI_TOOL_DEFINITIONS);
  }
  if (kind === 'TOOL') {
    const input = writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_ARGUMENTS, 'input.value', 'plain');
    writing.set('input.mime_type', input);
    const output = writeToolData(writing, ATTR_GEN_AI_TOOL_CALL_RESULT, 'output.value', 'plain');
    writing.set('output.mime_type', output);
  }
  if (kind !== 'RETRIEVER') return;
  writing.rename(ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT, 'input.value');
  for (const [index, document] of facts.list(ATTR_GEN_AI_RETRIEVAL_DOCUMENTS).entries()) {
    const at = `retrieval.documents.${index}.document`;
    writing.say(ATTR_GEN_AI_RETRIEVAL_DOCUMENTS);
    writing.set(`${at}.id`, readMember(document, 'id'));
    writing.set(`${at}.score`, readMember(document, 'score'));
    writing.set(`${at}.content`, readString(document, 'content'));
    writing.setJson(`${at}.metadata`, readMember(document, 'metadata'));
  }
}

function writeMessages(
  writing: DialectWriting,
  prefix: string,
  messages: readonly ChatMessage[],
): void {
  for (const [index, message] of messages.entries()) {
    const at = `${prefix}.${index}.message`;
    // Whichever role results have at the provider.
    writing.set(`${at}.role`, isResult(message) ? 'tool' : message.role);
    writing.set(`${at}.name`, message.name);
    const [first] = message.parts;
    if (first?.type === 'tool_call_response') {
      writing.set(`${at}.tool_call_id`, readString(first, 'id'));
      writing.setJson(`${at}.content`, readMember(first, 'response'));
    } else writeParts(writing, at, message.parts);
  }
}

function writeParts(writing: DialectWriting, at: string, parts: readonly MessagePart[]): void {
  const calls = parts.filter(({ type }) => type === 'tool_call');
  const others = parts.filter(({ type }) => type !== 'tool_call');
  const [only] = others;
  if (others.length === 1 && only?.type === 'text')
    writing.set(`${at}.content`, readMember(only, 'content'));
  else
    for (const [index, part] of others.entries())
      writeContent(writing, `${at}.contents.${index}.message_content`, part);
  for (const [index, call] of calls.entries()) {
    const to = `${at}.tool_calls.${index}.tool_call`;
    writing.set(`${to}.id`, readString(call, 'id'));
    writing.set(`${to}.function.name`, readString(call, 'name'));
    const input = readMember(call, 'arguments');
    writing.setJson(`${to}.function.arguments`, input);
  }
}

function writeContent(writing: DialectWriting, at: string, part: MessagePart): void {
  const modality = readString(part, 'modality');
  if (part.type === 'text' || part.type === 'reasoning') {
    writing.set(`${at}.type`, part.type);
    writing.set(`${at}.text`, readMember(part, 'content'));
  } else if (
    (part.type === 'uri' || part.type === 'blob') &&
    (modality === 'image' || modality === 'audio' || modality === 'video')
  ) {
    const mime = readString(part, 'mime_type') ?? '';
    const url =
      readString(part, 'uri') ?? `data:${mime};base64,${readString(part, 'content') ?? ''}`;
    writing.set(`${at}.type`, modality);
    writing.set(`${at}.${modality}.${modality}.url`, url);
  } else {
    // It has no word for the rest: told as the JSON it is.
    writing.set(`${at}.type`, 'text');
    writing.set(`${at}.text`, safeJson(part));
  }
}
