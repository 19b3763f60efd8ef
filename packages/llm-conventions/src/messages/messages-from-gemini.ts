import {
  convertEach,
  isBytes,
  keysOf,
  readCased,
  readList,
  readMember,
  readString,
  toList,
  toText,
} from '../read-member.ts';
import { answersOf } from './answers.ts';
import { citationsOfGemini, withCitations } from './citations.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  blobPart,
  detailsOf,
  genericPart,
  mediaPart,
  modalityOf,
  reasoningPart,
  roleOf,
  serverToolCallPart,
  serverToolResponsePart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from './parts.ts';
import { toolDefinitionsFrom } from './tool-definitions.ts';

/** Contents, system instruction and tools of a `generateContent` request, of the SDK or of the REST API. */
export function inputFromGemini(request: unknown): InputContent {
  // The SDK has them under `config`.
  const config = readMember(request, 'config') ?? request;
  const system = messagesFromGemini(readCased(config, 'systemInstruction')).flatMap(
    ({ parts }) => parts,
  );
  return {
    inputMessages: messagesFromGemini(readMember(request, 'contents')),
    ...(system.length > 0 && { systemInstructions: system }),
    toolDefinitions: toolDefinitionsFrom(readMember(config, 'tools')),
  };
}

/** The content of each candidate of a response. */
export function outputFromGemini(response: unknown): ChatMessage[] {
  const messages = readList(response, 'candidates').map((candidate) => {
    const [message] = messagesFromGemini(readMember(candidate, 'content'));
    const parts = withCitations(message?.parts ?? [], citationsOfGemini(candidate));
    return { role: 'assistant', parts };
  });
  return answersOf(messages);
}

/**
 * `contents` of the Gemini API in the shape of the conventions: text, a content, or a list of contents or parts.
 * The role `model` is the conventions' `assistant`; parts without a content around them are the user's.
 */
export function messagesFromGemini(contents: unknown): ChatMessage[] {
  if (typeof contents === 'string') return [{ role: 'user', parts: [textPart(contents)] }];
  const list = toList(contents);
  if (list.length === 0) return convertEach(isObject(contents) ? [contents] : [], messagesOf);
  if (list.some((content) => readMember(content, 'parts') !== undefined))
    return convertEach(list, messagesOf);
  const parts = convertEach<MessagePart>(list, (part) => [partOf(part)]);
  return parts.length === 0 ? [] : [{ role: 'user', parts }];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function messagesOf(content: unknown): ChatMessage[] {
  if (!isObject(content) || keysOf(content).length === 0) return [];
  const parts = readMember(content, 'parts');
  return [
    {
      role: roleOf(content) ?? 'user',
      // An array has none, and neither has a reply that was blocked.
      parts:
        parts === undefined && readMember(content, 'role') === undefined
          ? [partOf(content)]
          : toList(parts).map((part) => partOf(part)),
    },
  ];
}

function partOf(part: unknown): MessagePart {
  if (typeof part === 'string') return textPart(part);
  const text = readMember(part, 'text');
  if (typeof text === 'string')
    return readMember(part, 'thought') === true ? reasoningPart(text) : textPart(text);
  const call = readCased(part, 'functionCall');
  if (isObject(call))
    return toolCallPart(
      readString(call, 'id'),
      readString(call, 'name') ?? '',
      readMember(call, 'args'),
    );
  const response = readCased(part, 'functionResponse');
  // Without an id it answers the call of the same name.
  if (isObject(response))
    return toolResponsePart(
      readString(response, 'id') ?? readString(response, 'name'),
      functionResult(response),
    );
  const media = mediaOf(part) ?? codeOf(part);
  return media ?? genericPart(readString(part, 'type') ?? onlyKey(part), part);
}

/** What the function answered; beside pictures and files, where it has some, one part of several. */
function functionResult(response: unknown): unknown {
  const answer = readMember(response, 'response');
  const media = convertEach<MessagePart>(readList(response, 'parts'), (part) => [
    mediaOf(part) ?? genericPart(onlyKey(part), part),
  ]);
  return media.length === 0 ? answer : [{ type: 'json', json: answer }, ...media];
}

function mediaOf(part: unknown): MessagePart | undefined {
  const inline = readCased(part, 'inlineData');
  const data = readMember(inline, 'data');
  if (typeof data === 'string' || isBytes(data)) {
    const mimeType = stringIn(inline, 'mimeType');
    return blobPart(modalityOf(mimeType), data, mimeType);
  }
  const file = readCased(part, 'fileData');
  const uri = stringIn(file, 'fileUri');
  const mimeType = stringIn(file, 'mimeType');
  return uri === undefined ? undefined : mediaPart(modalityOf(mimeType), uri, mimeType);
}

function stringIn(value: unknown, key: string): string | undefined {
  return toText(readCased(value, key));
}

function codeOf(part: unknown): MessagePart | undefined {
  const code = readCased(part, 'executableCode');
  if (isObject(code))
    return serverToolCallPart(
      readString(code, 'id'),
      'code_execution',
      detailsOf('code_execution', code, ['id']),
    );
  const result = readCased(part, 'codeExecutionResult');
  if (!isObject(result)) return undefined;
  return serverToolResponsePart(
    readString(result, 'id'),
    detailsOf('code_execution', result, ['id']),
  );
}

/** Gemini's parts have no type: their member says what they are. */
function onlyKey(part: unknown): string {
  return keysOf(part)[0] || 'unknown';
}
