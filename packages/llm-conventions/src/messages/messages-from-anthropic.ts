import { convertEach, readList, readMember, readString, toList } from '../read-member.ts';
import { answersOf } from './answers.ts';
import { citedText } from './citations.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  blobPart,
  detailsOf,
  filePart,
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

/** Messages, system prompt and tools of a request to the messages API. */
export function inputFromAnthropic(request: unknown): InputContent {
  const system = partsFromAnthropic(readMember(request, 'system'));
  return {
    inputMessages: messagesFromAnthropic(readMember(request, 'messages')),
    ...(system.length > 0 && { systemInstructions: system }),
    toolDefinitions: toolDefinitionsFrom(readMember(request, 'tools')),
  };
}

/** The response, which is a message itself. */
export function outputFromAnthropic(message: unknown): ChatMessage[] {
  return answersOf(messagesFromAnthropic([message]));
}

/**
 * Messages of the Anthropic messages API in the shape of the conventions: those of a request, or the response
 * itself, which is a message too. What is not recognised is kept as a generic part.
 */
export function messagesFromAnthropic(messages: unknown): ChatMessage[] {
  return convertEach<ChatMessage>(toList(messages), (message) => {
    const role = readString(message, 'role');
    if (role === undefined) return [];
    return [{ role, parts: partsFromAnthropic(readMember(message, 'content')) }];
  });
}

/** The `system` of a request as `gen_ai.system_instructions`: a text or a list of blocks. */
export function partsFromAnthropic(content: unknown): MessagePart[] {
  return blocksOf(content, 0);
}

function blocksOf(content: unknown, depth: number): MessagePart[] {
  if (typeof content === 'string') return [textPart(content)];
  return convertEach<MessagePart>(toList(content), (block) => [blockPart(block, depth)]);
}

function blockPart(block: unknown, depth: number): MessagePart {
  const type = readString(block, 'type') ?? 'unknown';
  const id = readString(block, 'id');
  switch (type) {
    case 'text': {
      const text = readMember(block, 'text');
      if (typeof text === 'string') return citedText(text, readList(block, 'citations'));
      break;
    }
    case 'thinking':
      return reasoningPart(readString(block, 'thinking') ?? '');
    case 'tool_use':
      return toolCallPart(id, readString(block, 'name') ?? '', readMember(block, 'input'));
    case 'tool_result':
      return toolResponsePart(
        readString(block, 'tool_use_id'),
        toolResult(block, depth),
        readMember(block, 'is_error') === true,
      );
    case 'server_tool_use':
    case 'mcp_tool_use': {
      const name = readString(block, 'name') ?? type;
      // As its result says.
      const kind = type === 'mcp_tool_use' ? 'mcp' : name;
      return serverToolCallPart(id, name, detailsOf(kind, block, ['id', 'name']));
    }
    case 'image':
    case 'document': {
      const media = sourcePart(type, readMember(block, 'source'));
      if (media !== undefined) return media;
      break;
    }
    case 'container_upload': {
      const fileId = readString(block, 'file_id');
      if (fileId !== undefined) return filePart('document', fileId);
      break;
    }
    case 'compaction': {
      const summary = readString(block, 'content');
      return { type, ...(summary !== undefined && { content: summary }) };
    }
    default:
      // web_search_tool_result, code_execution_tool_result, mcp_tool_result and those to come.
      if (type.endsWith('_tool_result')) {
        const tool = type.slice(0, -'_tool_result'.length);
        return serverToolResponsePart(
          readString(block, 'tool_use_id'),
          detailsOf(tool, block, ['tool_use_id']),
        );
      }
  }
  return genericPart(type, block);
}

/** A result of text blocks only is that text. */
function toolResult(block: unknown, depth: number): unknown {
  const content = readMember(block, 'content');
  const blocks = toList(content);
  if (blocks.length === 0) return content;
  // No API nests results; an object that refers to itself does, without an end.
  return joinedTexts(blocks) ?? (depth > 0 ? '[too deep]' : blocksOf(blocks, depth + 1));
}

function sourcePart(modality: string, source: unknown): MessagePart | undefined {
  const mimeType = readString(source, 'media_type');
  const url = readString(source, 'url');
  if (url !== undefined) return mediaPart(modality, url, mimeType);
  const fileId = readString(source, 'file_id');
  if (fileId !== undefined) return filePart(modality, fileId);
  const data = readString(source, 'data');
  if (data === undefined) return undefined;
  // A document given as plain text is not base64.
  return readString(source, 'type') === 'text'
    ? textPart(data)
    : blobPart(modality, data, mimeType);
}
