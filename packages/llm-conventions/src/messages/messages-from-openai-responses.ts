import { dataOfJson } from './data-of-json.ts';
import { convertEach, readList, readMember, readString, toList } from '../read-member.ts';
import { answersOf } from './answers.ts';
import { citedText } from './citations.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  audioParts,
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

/** Input, instructions and tools of a request to the responses API. */
export function inputFromOpenAiResponses(request: unknown): InputContent {
  const instructions = readString(request, 'instructions');
  return {
    inputMessages: messagesFromOpenAiResponses(readMember(request, 'input')),
    ...(instructions !== undefined && { systemInstructions: [textPart(instructions)] }),
    toolDefinitions: toolDefinitionsFrom(readMember(request, 'tools')),
  };
}

/** The output of a response, as the one message it is. */
export function outputFromOpenAiResponses(response: unknown): ChatMessage[] {
  const parts = messagesFromOpenAiResponses(readMember(response, 'output')).flatMap(
    (message) => message.parts,
  );
  return answersOf([{ role: 'assistant', parts }]);
}

/**
 * Items of the responses API in the shape of the conventions: the `input` of a request (text or items), or the
 * `output` of a response. Items of the assistant that follow each other are one message.
 */
export function messagesFromOpenAiResponses(items: unknown): ChatMessage[] {
  if (typeof items === 'string') return [{ role: 'user', parts: [textPart(items)] }];
  const messages: { role: string; parts: MessagePart[] }[] = [];
  const turns = convertEach(toList(items), (item) => {
    const role = readString(item, 'role') ?? roleOfItem(item);
    return role === undefined ? [] : [{ role, parts: partsOfItem(item) }];
  });
  for (const { role, parts } of turns) {
    const last = messages.at(-1);
    if (role === 'assistant' && last?.role === 'assistant') last.parts.push(...parts);
    else messages.push({ role, parts });
  }
  return messages;
}

function roleOfItem(item: unknown): string | undefined {
  const type = readString(item, 'type');
  if (type === undefined) return undefined;
  if (type.endsWith('_call_output')) return 'tool';
  return type === 'mcp_approval_response' ? 'user' : 'assistant';
}

/** Tools that OpenAI runs; calls of all others are answered by the application. */
const SERVER_TOOLS = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
  'mcp_list_tools',
]);

/** Members that hold what such a tool answered. */
const ANSWERS = ['output', 'outputs', 'results', 'result', 'tools', 'error'];

function partsOfItem(item: unknown): MessagePart[] {
  const type = readString(item, 'type') ?? 'message';
  if (type === 'message') return contentParts(readMember(item, 'content'));
  const callId = readString(item, 'call_id') ?? readString(item, 'id');
  if (type === 'reasoning') return reasoningParts(item);
  if (type === 'compaction') return [compaction(item)];
  if (SERVER_TOOLS.has(type)) return serverTool(type, readString(item, 'id'), item);
  if (type.endsWith('_call_output'))
    return [toolResponsePart(callId, toolOutput(readMember(item, 'output')))];
  if (type === 'function_call' || type === 'custom_tool_call') {
    const input = dataOfJson(readMember(item, 'arguments') ?? readMember(item, 'input'));
    return [toolCallPart(callId, readString(item, 'name') ?? '', input)];
  }
  // local_shell_call, computer_call, apply_patch_call: the application's own hands.
  if (type.endsWith('_call')) {
    const input = readMember(item, 'action') ?? readMember(item, 'operation');
    return [toolCallPart(callId, type.slice(0, -'_call'.length), input)];
  }
  return [genericPart(type, item)];
}

function contentParts(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [textPart(content)];
  return toList(content).flatMap((part) => {
    const spoken = spokenParts(part);
    return spoken.length > 0 ? spoken : [contentPart(part)];
  });
}

/** What was said aloud; the realtime API has it beside the other members of the part. */
function spokenParts(part: unknown): MessagePart[] {
  const type = readString(part, 'type');
  const isSpoken = type === 'output_audio' || type === 'audio' || type === 'input_audio';
  if (!isSpoken) return [];
  const audio = readMember(part, 'input_audio') ?? part;
  const format = readString(audio, 'format');
  return audioParts(audio, format && `audio/${format}`);
}

function contentPart(part: unknown): MessagePart {
  const type = readString(part, 'type') ?? 'unknown';
  const text = readMember(part, 'text');
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      if (typeof text === 'string') return citedText(text, readList(part, 'annotations'));
      break;
    case 'refusal':
      return { type, content: readString(part, 'refusal') ?? '' };
    case 'input_image':
    case 'computer_screenshot':
    case 'input_file': {
      const modality = type === 'input_file' ? 'document' : 'image';
      const fileId = readString(part, 'file_id');
      if (fileId !== undefined) return filePart(modality, fileId);
      const url = readString(part, 'image_url') ?? readString(part, 'file_url');
      const data = readString(part, 'file_data');
      if (url !== undefined) return mediaPart(modality, url);
      if (data !== undefined)
        return data.startsWith('data:') ? mediaPart(modality, data) : blobPart(modality, data);
    }
  }
  return genericPart(type, part);
}

/** The text where there is one; what is encrypted says nothing here. */
function reasoningParts(item: unknown): MessagePart[] {
  const texts = [...readList(item, 'content'), ...readList(item, 'summary')];
  return texts.flatMap((part) => {
    const text = readString(part, 'text');
    return text === undefined ? [] : [reasoningPart(text)];
  });
}

function compaction(item: unknown): MessagePart {
  const id = readString(item, 'id');
  return { type: 'compaction', ...(id !== undefined && { id }) };
}

function serverTool(type: string, id: string | undefined, item: unknown): MessagePart[] {
  const tool = type.replace(/_call$/, '');
  const parts = [
    serverToolCallPart(
      id,
      readString(item, 'name') ?? tool,
      detailsOf(tool, item, ['id', ...ANSWERS]),
    ),
  ];
  const picture = type === 'image_generation_call' ? readString(item, 'result') : undefined;
  if (picture !== undefined) {
    const format = readString(item, 'output_format') ?? 'png';
    parts.push(blobPart('image', picture, `image/${format}`));
    return parts;
  }
  const answers = ANSWERS.flatMap((key) => {
    const answer = readMember(item, key);
    return answer === undefined || answer === null ? [] : [[key, answer] as const];
  });
  if (answers.length > 0)
    parts.push(serverToolResponsePart(id, { ...Object.fromEntries(answers), type: tool }));
  return parts;
}

function toolOutput(output: unknown): unknown {
  const parts = toList(output);
  // A picture of the screen, alone.
  if (readString(output, 'type') === 'computer_screenshot') return [contentPart(output)];
  if (parts.length === 0) return dataOfJson(output);
  return joinedTexts(parts) ?? contentParts(parts);
}
