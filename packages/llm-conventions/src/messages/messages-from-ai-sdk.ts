import { dataOfJson } from './data-of-json.ts';
import { convertEach, isBytes, readList, readMember, readString, toList } from '../read-member.ts';
import { messagesFromUi } from './messages-from-ui.ts';
import { answersOf } from './answers.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  blobPart,
  detailsOf,
  filePart,
  genericPart,
  mediaPart,
  modalityOf,
  reasoningPart,
  serverToolCallPart,
  serverToolResponsePart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from './parts.ts';
import { toolDefinitionsFrom } from './tool-definitions.ts';

/**
 * What `generateText`, `streamText` or a language model of the Vercel AI SDK is given: `system` or
 * `instructions`, `prompt` (text or messages), `messages`, `tools`.
 */
export function inputFromAiSdk(options: unknown): InputContent {
  const system = readString(options, 'system') ?? readString(options, 'instructions');
  return {
    inputMessages: [
      ...messagesFromAiSdk(readMember(options, 'prompt')),
      ...messagesFromAiSdk(readMember(options, 'messages')),
    ],
    ...(system !== undefined && { systemInstructions: [textPart(system)] }),
    toolDefinitions: toolDefinitionsFrom(readMember(options, 'tools')),
  };
}

/** The `content` of a result, or its `text` where an old version has no content. */
export function outputFromAiSdk(result: unknown): ChatMessage[] {
  const content = readMember(result, 'content') ?? readString(result, 'text');
  return answersOf([{ role: 'assistant', parts: partsOf(content) }]);
}

/** Model messages of the AI SDK (5 to 7, and the core messages of 4) and its UI messages, in the shape of the conventions. */
export function messagesFromAiSdk(messages: unknown): ChatMessage[] {
  if (typeof messages === 'string') return [{ role: 'user', parts: [textPart(messages)] }];
  return convertEach<ChatMessage>(toList(messages), (message) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    // The SDK has none; `emitDialects` keeps those of other APIs.
    const name = readString(message, 'name');
    const ofUi = readList(message, 'parts');
    if (ofUi.some((part) => readString(part, 'type') !== undefined))
      return messagesFromUi(role, ofUi, partOf);
    const parts = partsOf(readMember(message, 'content'), 0, role);
    return [{ role, parts, ...(name !== undefined && { name }) }];
  });
}

function partsOf(content: unknown, depth = 0, role?: string): MessagePart[] {
  if (typeof content === 'string') return [textPart(content)];
  return convertEach<MessagePart>(toList(content), (part) => [partOf(part, depth, role)]);
}

function partOf(part: unknown, depth = 0, role?: string): MessagePart {
  const type = readString(part, 'type') ?? 'unknown';
  const text = readMember(part, 'text');
  switch (type) {
    case 'text':
      if (typeof text === 'string') return textPart(text);
      break;
    case 'reasoning':
      if (typeof text === 'string') return reasoningPart(text);
      break;
    case 'image':
    case 'file':
    case 'reasoning-file':
    case 'media': {
      const media = mediaOf(part, type === 'image' ? 'image' : undefined);
      if (media !== undefined) return media;
      break;
    }
    case 'tool-call':
      return toolCall(part);
    case 'tool-result':
      return toolResult(part, depth, role);
    case 'tool-error': {
      const id = readString(part, 'toolCallId');
      return toolResponsePart(id, { error: errorText(readMember(part, 'error')) }, true);
    }
  }
  return genericPart(type, part);
}

function errorText(error: unknown): unknown {
  return readString(error, 'message') ?? error;
}

function toolCall(part: unknown): MessagePart {
  const id = readString(part, 'toolCallId');
  const name = readString(part, 'toolName') ?? '';
  // `args` in version 4; a language model hands out JSON text.
  const input = dataOfJson(readMember(part, 'input') ?? readMember(part, 'args'));
  return readMember(part, 'providerExecuted') === true
    ? serverToolCallPart(id, name, { type: name || 'tool', input })
    : toolCallPart(id, name, input);
}

function toolResult(part: unknown, depth: number, role: string | undefined): MessagePart {
  const id = readString(part, 'toolCallId');
  const answer =
    readMember(part, 'output') ??
    readMember(part, 'result') ??
    readMember(part, 'experimental_content');
  const output = outputOf(answer, depth);
  // A result in a message of the assistant is one of the provider's own tools, whether it says so or not.
  if (readMember(part, 'providerExecuted') !== true && role !== 'assistant') {
    // Version 4 says it beside the result, later ones in the kind of the output.
    const failed =
      readMember(part, 'isError') === true ||
      /^error-(?:text|json)$/.test(readString(answer, 'type') ?? '');
    return toolResponsePart(id, output, failed);
  }
  const name = readString(part, 'toolName') || 'tool';
  return serverToolResponsePart(id, { type: name, output });
}

const WRAPPED = new Set(['text', 'json', 'error-text', 'error-json']);

/** A result is a value, or since version 5 a value with its kind around it. */
function outputOf(output: unknown, depth: number): unknown {
  const type = readString(output, 'type');
  if (type === undefined) return output;
  const value = readMember(output, 'value');
  if (type === 'execution-denied') {
    const reason = readString(output, 'reason');
    return { denied: true, ...(reason !== undefined && { reason }) };
  }
  // No API nests results; an object that refers to itself does, without an end.
  if (type === 'content') return depth > 0 ? '[too deep]' : partsOf(value, depth + 1);
  return WRAPPED.has(type) ? value : detailsOf(type, output);
}

function mediaOf(part: unknown, modality: string | undefined): MessagePart | undefined {
  const given = readMember(part, 'image') ?? readMember(part, 'data') ?? readMember(part, 'file');
  // A generated file has it inside.
  const told = mimeTypeOf(part) ?? mimeTypeOf(given);
  // `image/*` is a picture of a kind that nobody knows.
  const [any] = /^[^/]+(?=\/\*$)/.exec(told ?? '') ?? [];
  const mimeType = any === undefined ? told : undefined;
  const kind = modality ?? readString(part, 'modality') ?? any ?? modalityOf(mimeType);
  const fileId = readString(part, 'file_id');
  if (fileId !== undefined)
    return filePart(kind, fileId, mimeType ?? readString(part, 'mime_type'));
  // Version 7 says what it is: { type: 'data' | 'url' | 'text', … }.
  const data =
    readMember(given, 'data') ??
    readMember(given, 'url') ??
    readMember(given, 'base64') ??
    readMember(given, 'uint8Array') ??
    given;
  if (isBytes(data)) return blobPart(kind, data, mimeType);
  const href = readString(data, 'href');
  if (href !== undefined) return mediaPart(kind, href, mimeType);
  if (typeof data !== 'string') return undefined;
  return /^(?:data|https?|gs|s3|file):/.test(data.slice(0, 8))
    ? mediaPart(kind, data, mimeType)
    : blobPart(kind, data, mimeType);
}

function mimeTypeOf(media: unknown): string | undefined {
  return readString(media, 'mediaType') ?? readString(media, 'mimeType');
}
