import { readList, readMember, readString } from '../read-member.ts';
import { genericPart, mediaPart } from './media-part.ts';
import type { ChatMessage, MessagePart } from './message-types.ts';

/**
 * Messages of the Anthropic messages API in the shape of the conventions: those of a request, or the response
 * itself, which is a message too. What is not recognised is kept as a generic part.
 */
export function messagesFromAnthropic(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message: unknown) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    return [{ role, parts: partsFromAnthropic(readMember(message, 'content')) }];
  });
}

/** The `system` of a request as `gen_ai.system_instructions`: a text or a list of blocks. */
export function partsFromAnthropic(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return Array.isArray(content) ? content.map((block: unknown) => blockPart(block)) : [];
}

function blockPart(block: unknown): MessagePart {
  const type = readString(block, 'type') ?? 'unknown';
  switch (type) {
    case 'text':
      return { type: 'text', content: readString(block, 'text') ?? '' };
    case 'thinking':
      return { type: 'reasoning', content: readString(block, 'thinking') ?? '' };
    case 'tool_use': {
      const id = readString(block, 'id');
      return {
        type: 'tool_call',
        ...(id !== undefined && { id }),
        name: readString(block, 'name') ?? '',
        arguments: readMember(block, 'input'),
      };
    }
    case 'tool_result': {
      const id = readString(block, 'tool_use_id');
      return {
        type: 'tool_call_response',
        ...(id !== undefined && { id }),
        response: toolResult(block),
      };
    }
    case 'image':
    case 'document': {
      const media = sourcePart(type, readMember(block, 'source'));
      if (media !== undefined) return media;
      break;
    }
  }
  return genericPart(type, block);
}

/** A result of text blocks only is that text. */
function toolResult(block: unknown): unknown {
  const blocks = readList(block, 'content');
  const texts = blocks.map((part) => readString(part, 'text'));
  if (blocks.length > 0 && texts.every((text) => text !== undefined)) return texts.join('\n');
  return readMember(block, 'content');
}

function sourcePart(modality: string, source: unknown): MessagePart | undefined {
  const mimeType = readString(source, 'media_type');
  const url = readString(source, 'url');
  if (url !== undefined) return mediaPart(modality, url, mimeType);
  const fileId = readString(source, 'file_id');
  if (fileId !== undefined) return { type: 'file', modality, file_id: fileId };
  const content = readString(source, 'data');
  if (content === undefined) return undefined;
  return { type: 'blob', modality, content, ...(mimeType && { mime_type: mimeType }) };
}
