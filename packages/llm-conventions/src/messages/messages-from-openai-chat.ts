import { dataOfJson } from './data-of-json.ts';
import { convertEach, readList, readMember, readString, toList } from '../read-member.ts';
import { answersOf } from './answers.ts';
import { citedText, withCitations } from './citations.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  audioParts,
  blobPart,
  filePart,
  genericPart,
  mediaPart,
  modalityOf,
  reasoningPart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from './parts.ts';
import { toolDefinitionsFrom } from './tool-definitions.ts';

/** Messages and tools of a chat completions request. */
export function inputFromOpenAiChat(request: unknown): InputContent {
  return {
    inputMessages: messagesFromOpenAiChat(readMember(request, 'messages')),
    toolDefinitions: toolDefinitionsFrom(readMember(request, 'tools')),
  };
}

/** The message of each choice of a chat completion. */
export function outputFromOpenAiChat(completion: unknown): ChatMessage[] {
  const messages = readList(completion, 'choices').map((choice) => readMember(choice, 'message'));
  // Of xAI and Perplexity, for the answer as a whole.
  const citations = readList(completion, 'citations');
  const answers = messagesFromOpenAiChat(messages);
  return answersOf(
    citations.length === 0
      ? answers
      : answers.map(({ role, parts }) => ({ role, parts: withCitations(parts, citations) })),
  );
}

/**
 * Messages of the chat completions API in the shape of the conventions: those of a request, or the `message`
 * of a choice. What is not recognised is kept as a generic part; what is no message is left out.
 */
export function messagesFromOpenAiChat(messages: unknown): ChatMessage[] {
  return convertEach<ChatMessage>(toList(messages), (message) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    const name = readString(message, 'name');
    const parts =
      role === 'tool' || role === 'function' ? [toolResponse(message)] : partsOf(message);
    return [{ role, parts, ...(name !== undefined && { name }) }];
  });
}

function partsOf(message: unknown): MessagePart[] {
  // The word of DeepSeek, Groq, xAI and others that serve this API; vLLM and OpenRouter say `reasoning`.
  const reasoning = readString(message, 'reasoning_content') ?? readString(message, 'reasoning');
  const content = readMember(message, 'content');
  const refusal = readString(message, 'refusal');
  const parts: MessagePart[] = [];
  if (reasoning !== undefined) parts.push(reasoningPart(reasoning));
  const calls = toolCalls(message);
  // Beside calls of tools many servers say an empty text.
  if (typeof content === 'string' && (content !== '' || calls.length === 0))
    parts.push(citedText(content, readList(message, 'annotations')));
  for (const part of readList(message, 'content')) parts.push(...contentParts(part));
  if (refusal !== undefined) parts.push({ type: 'refusal', content: refusal });
  parts.push(...audioParts(readMember(message, 'audio')), ...calls);
  return parts;
}

function contentParts(part: unknown): MessagePart[] {
  // Of Mistral's models that think.
  const thoughts = readList(part, 'thinking');
  if (thoughts.length === 0) return [contentPart(part)];
  return [reasoningPart(thoughts.map((thought) => readString(thought, 'text') ?? '').join(''))];
}

function contentPart(part: unknown): MessagePart {
  const type = readString(part, 'type') ?? 'unknown';
  const text = readMember(part, 'text');
  if (type === 'text' && typeof text === 'string') return textPart(text);
  const refusal = readString(part, 'refusal');
  if (type === 'refusal' && refusal !== undefined) return { type, content: refusal };
  const image = readMember(part, 'image_url');
  // Mistral writes the URL itself.
  const imageUrl = readString(image, 'url') ?? readString(part, 'image_url');
  if (imageUrl !== undefined) return mediaPart('image', imageUrl);
  const audio = readMember(part, 'input_audio');
  const data = readString(audio, 'data');
  if (data !== undefined) {
    const format = readString(audio, 'format');
    return blobPart('audio', data, format && `audio/${format}`);
  }
  const file = readMember(part, 'file');
  const fileId = readString(file, 'file_id');
  if (fileId !== undefined) return filePart('document', fileId);
  const fileData = readString(file, 'file_data');
  if (fileData === undefined) return genericPart(type, part);
  const media = mediaPart('document', fileData);
  // Without the `data:` of a URL it is the base64 itself.
  if (media.type === 'uri') return blobPart('document', fileData);
  const mime = readString(media, 'mime_type');
  return { ...media, modality: modalityOf(mime) };
}

function toolCalls(message: unknown): MessagePart[] {
  const calls = readList(message, 'tool_calls').map((call) => {
    const called = readMember(call, 'function') ?? readMember(call, 'custom');
    const input = dataOfJson(readMember(called, 'arguments') ?? readMember(called, 'input'));
    return toolCallPart(readString(call, 'id'), readString(called, 'name') ?? '', input);
  });
  // Its name before tool_calls.
  const old = readMember(message, 'function_call');
  const name = readString(old, 'name');
  if (name !== undefined)
    calls.push(toolCallPart(undefined, name, dataOfJson(readMember(old, 'arguments'))));
  return calls;
}

function toolResponse(message: unknown): MessagePart {
  return toolResponsePart(
    readString(message, 'tool_call_id'),
    dataOfJson(readMember(message, 'content')),
  );
}
