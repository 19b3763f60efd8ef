import {
  convertEach,
  isBytes,
  keysOf,
  readList,
  readMember,
  readString,
  toList,
} from '../read-member.ts';
import { base64Of } from './base64.ts';
import { answersOf } from './answers.ts';
import { citedText } from './citations.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  blobPart,
  detailsOf,
  genericPart,
  joinedTexts,
  mediaPart,
  reasoningPart,
  serverToolCallPart,
  serverToolResponsePart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from './parts.ts';
import { toolDefinitionsFrom } from './tool-definitions.ts';

/** Messages, system prompts and tools of a Bedrock `Converse` request. */
export function inputFromBedrock(request: unknown): InputContent {
  const system = blocksOf(readMember(request, 'system'));
  return {
    inputMessages: messagesFromBedrock(readMember(request, 'messages')),
    ...(system.length > 0 && { systemInstructions: system }),
    toolDefinitions: toolDefinitionsFrom(readMember(readMember(request, 'toolConfig'), 'tools')),
  };
}

/** The message of a `Converse` response. */
export function outputFromBedrock(response: unknown): ChatMessage[] {
  const message = readMember(readMember(response, 'output'), 'message');
  return answersOf(messagesFromBedrock([message]));
}

/** Messages of the Bedrock Converse API in the shape of the conventions. */
export function messagesFromBedrock(messages: unknown): ChatMessage[] {
  return convertEach<ChatMessage>(toList(messages), (message) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    return [{ role, parts: blocksOf(readMember(message, 'content')) }];
  });
}

function blocksOf(content: unknown, depth = 0): MessagePart[] {
  if (typeof content === 'string') return [textPart(content)];
  return convertEach(toList(content), (block) => blockParts(block, depth));
}

/** Bedrock's blocks are unions: the one member that is there says what they are. */
function blockParts(block: unknown, depth: number): MessagePart[] {
  const text = readMember(block, 'text');
  if (typeof text === 'string') return [textPart(text)];
  // It marks a place, it says nothing.
  if (readMember(block, 'cachePoint') !== undefined) return [];
  const reasoning = readMember(block, 'reasoningContent');
  const thought = readString(readMember(reasoning, 'reasoningText'), 'text');
  if (thought !== undefined) return [reasoningPart(thought)];
  const redacted = readMember(reasoning, 'redactedContent');
  // Encrypted: bytes, which JSON has no form for.
  if (typeof redacted === 'string' || isBytes(redacted)) {
    const data = typeof redacted === 'string' ? redacted : base64Of(redacted);
    return [{ type: 'redacted_reasoning', ...(data !== undefined && { data }) }];
  }
  const use = readMember(block, 'toolUse');
  if (use !== undefined) return [toolUse(use)];
  const result = readMember(block, 'toolResult');
  if (result !== undefined) return [toolResult(result, depth)];
  for (const modality of ['image', 'video', 'audio', 'document']) {
    const media = mediaOf(modality, readMember(block, modality));
    if (media !== undefined) return [media];
  }
  const guarded = readString(readMember(readMember(block, 'guardContent'), 'text'), 'text');
  if (guarded !== undefined) return [textPart(guarded)];
  const cited = readMember(block, 'citationsContent');
  const said = joinedTexts(readList(cited, 'content'));
  if (said !== undefined) return [citedText(said, readList(cited, 'citations'))];
  return [genericPart(keysOf(block)[0] || 'unknown', block)];
}

const SERVER_TOOL = 'server_tool_use';

function toolUse(use: unknown): MessagePart {
  const id = readString(use, 'toolUseId');
  const name = readString(use, 'name') ?? '';
  return readString(use, 'type') === SERVER_TOOL
    ? serverToolCallPart(id, name, detailsOf(name || SERVER_TOOL, use, ['toolUseId', 'name']))
    : toolCallPart(id, name, readMember(use, 'input'));
}

function toolResult(result: unknown, depth: number): MessagePart {
  const id = readString(result, 'toolUseId');
  const type = readString(result, 'type');
  // What the provider's own tools answer names its kind.
  if (type !== undefined) return serverToolResponsePart(id, detailsOf(type, result, ['toolUseId']));
  const content = readList(result, 'content');
  const [only] = content;
  const json = content.length === 1 ? readMember(only, 'json') : undefined;
  // No API nests results; an object that refers to itself does, without an end.
  const response =
    json ?? joinedTexts(content) ?? (depth > 0 ? '[too deep]' : blocksOf(content, depth + 1));
  return toolResponsePart(id, response, readString(result, 'status') === 'error');
}

const MIME: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function mediaOf(modality: string, media: unknown): MessagePart | undefined {
  if (media === undefined) return undefined;
  const format = readString(media, 'format');
  const ofFormat = format !== undefined && Object.hasOwn(MIME, format) ? MIME[format] : undefined;
  const mimeType =
    ofFormat ?? (format && modality !== 'document' ? `${modality}/${format}` : undefined);
  const source = readMember(media, 'source');
  const bytes = readMember(source, 'bytes');
  if (typeof bytes === 'string' || isBytes(bytes)) return blobPart(modality, bytes, mimeType);
  const uri = readString(readMember(source, 's3Location'), 'uri');
  if (uri !== undefined) return mediaPart(modality, uri, mimeType);
  const text = readString(source, 'text') ?? joinedTexts(readList(source, 'content'));
  return text === undefined ? undefined : textPart(text);
}
