import { readList, readMember, readString } from '../read-member.ts';
import { genericPart, mediaPart, parsedJson } from './media-part.ts';
import type { ChatMessage, MessagePart } from './message-types.ts';

/**
 * Messages of the chat completions API in the shape of the conventions: those of a request, or the `message`
 * of a choice. What is not recognised is kept as a generic part; what is no message is left out.
 */
export function messagesFromOpenAiChat(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message: unknown) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    const name = readString(message, 'name');
    const parts =
      role === 'tool' ? [toolResponse(message)] : [...contentParts(message), ...toolCalls(message)];
    return [{ role, parts, ...(name !== undefined && { name }) }];
  });
}

function contentParts(message: unknown): MessagePart[] {
  const content = readMember(message, 'content');
  const refusal = readString(message, 'refusal');
  const parts: MessagePart[] = [];
  if (typeof content === 'string') parts.push({ type: 'text', content });
  else for (const part of readList(message, 'content')) parts.push(contentPart(part));
  if (refusal !== undefined) parts.push({ type: 'refusal', content: refusal });
  return parts;
}

function contentPart(part: unknown): MessagePart {
  const type = readString(part, 'type') ?? 'unknown';
  if (type === 'text') return { type, content: readString(part, 'text') ?? '' };
  const imageUrl = readString(readMember(part, 'image_url'), 'url');
  if (imageUrl !== undefined) return mediaPart('image', imageUrl);
  const audio = readMember(part, 'input_audio');
  const data = readString(audio, 'data');
  if (data !== undefined) {
    const format = readString(audio, 'format');
    return {
      type: 'blob',
      modality: 'audio',
      content: data,
      ...(format && { mime_type: `audio/${format}` }),
    };
  }
  const fileId = readString(readMember(part, 'file'), 'file_id');
  if (fileId !== undefined) return { type: 'file', modality: 'document', file_id: fileId };
  return genericPart(type, part);
}

function toolCalls(message: unknown): MessagePart[] {
  return readList(message, 'tool_calls').map((call) => {
    const called = readMember(call, 'function') ?? readMember(call, 'custom');
    const id = readString(call, 'id');
    const name = readString(called, 'name') ?? '';
    const input = parsedJson(readMember(called, 'arguments') ?? readMember(called, 'input'));
    return id === undefined
      ? { type: 'tool_call', name, arguments: input }
      : { type: 'tool_call', id, name, arguments: input };
  });
}

function toolResponse(message: unknown): MessagePart {
  const id = readString(message, 'tool_call_id');
  return {
    type: 'tool_call_response',
    ...(id !== undefined && { id }),
    response: parsedJson(readMember(message, 'content')),
  };
}
