import { convertEach, keysOf, readList, readMember, readString, toList } from '../read-member.ts';
import { answersOf } from './answers.ts';
import { citedText } from './citations.ts';
import { dataOfJson } from './data-of-json.ts';
import type { ChatMessage, InputContent, MessagePart } from './message-types.ts';
import {
  blobPart,
  detailsOf,
  genericPart,
  joinedTexts,
  mediaPart,
  reasoningPart,
  roleOf,
  serverToolCallPart,
  serverToolResponsePart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from './parts.ts';
import { toolDefinitionsFrom } from './tool-definitions.ts';

/** Input, system instruction and tools of a request to Google's Interactions API. */
export function inputFromGeminiInteraction(request: unknown): InputContent {
  const system = readString(request, 'system_instruction');
  return {
    inputMessages: messagesFromGeminiInteraction(readMember(request, 'input')),
    ...(system !== undefined && { systemInstructions: [textPart(system)] }),
    toolDefinitions: toolDefinitionsFrom(readMember(request, 'tools')),
  };
}

/** What an interaction says, as the one message it is; the steps of the user, which it may repeat, are left out. */
export function outputFromGeminiInteraction(interaction: unknown): ChatMessage[] {
  const steps = stepsOf(interaction).filter((step) => readString(step, 'type') !== 'user_input');
  return answersOf([
    {
      role: 'assistant',
      parts: messagesFromGeminiInteraction(steps).flatMap(({ parts }) => parts),
    },
  ]);
}

/** The steps of an interaction; before 2026, contents without a step around them. */
export function stepsOf(interaction: unknown): readonly unknown[] {
  return toList(readMember(interaction, 'steps') ?? readMember(interaction, 'outputs'));
}

/**
 * The `input` of a request in the shape of the conventions: a text, a content, contents, steps or, before 2026, turns; or the `steps` of
 * an interaction. What is of one role and follows each other is one message.
 */
export function messagesFromGeminiInteraction(input: unknown): ChatMessage[] {
  const messages: { role: string; parts: MessagePart[] }[] = [];
  const items = Array.isArray(input) ? toList(input) : [input];
  for (const { role, parts } of convertEach(items, (item) => turnsOf(item))) {
    const last = messages.at(-1);
    if (last?.role === role) last.parts.push(...parts);
    else messages.push({ role, parts });
  }
  return messages;
}

interface Turn {
  readonly role: string;
  readonly parts: MessagePart[];
}

/** What an item says: of a turn, what each of its contents does in its `role`. */
function turnsOf(item: unknown, role?: string): Turn[] {
  if (typeof item === 'string') return [{ role: role ?? 'user', parts: [textPart(item)] }];
  const type = readString(item, 'type');
  if (type !== undefined) {
    const own = roleOfStep(type);
    return [{ role: own === 'tool' ? own : (role ?? own), parts: partsOfStep(type, item) }];
  }
  const ofTurn = role === undefined ? roleOf(item) : undefined;
  if (ofTurn !== undefined) {
    const content = readMember(item, 'content');
    const contents = Array.isArray(content) ? toList(content) : [content];
    return contents.flatMap((each) => turnsOf(each, ofTurn));
  }
  if (keysOf(item).length === 0) return [];
  return [{ role: role ?? 'user', parts: [genericPart('unknown', item)] }];
}

function roleOfStep(type: string): string {
  if (type === 'function_result') return 'tool';
  return type === 'user_input' || CONTENTS.has(type) ? 'user' : 'assistant';
}

/** Contents that stand in an input without a step around them. */
export const CONTENTS: ReadonlySet<string> = new Set([
  'text',
  'image',
  'audio',
  'video',
  'document',
]);

/** The parts of one step, or of a content. */
export function partsOfStep(type: string, step: unknown): MessagePart[] {
  switch (type) {
    case 'user_input':
    case 'model_output':
      return readList(step, 'content').map(contentPart);
    case 'thought':
      return readList(step, 'summary').flatMap((content) => {
        const text = readString(content, 'text');
        if (text !== undefined) return [reasoningPart(text)];
        const kind = readString(content, 'type') ?? 'text';
        return kind === 'text' ? [] : [contentPart(content)];
      });
    case 'function_call':
      return [
        toolCallPart(
          readString(step, 'id'),
          readString(step, 'name') ?? '',
          dataOfJson(readMember(step, 'arguments')),
        ),
      ];
    case 'function_result':
      return [
        toolResponsePart(
          readString(step, 'call_id'),
          resultOf(readMember(step, 'result')),
          readMember(step, 'is_error') === true,
        ),
      ];
  }
  if (CONTENTS.has(type)) return [contentPart(step)];
  return [serverToolPart(type, step)];
}

/** Tools of Google's: `google_search_call` and `google_search_result`, `mcp_server_tool_call` and so on. */
function serverToolPart(type: string, step: unknown): MessagePart {
  const [, tool, kind] = /^(.+)_(call|result)$/.exec(type) ?? [];
  if (tool === undefined) return genericPart(type, step);
  // A signature says nothing to a reader.
  if (kind === 'call')
    return serverToolCallPart(
      readString(step, 'id'),
      readString(step, 'name') ?? tool,
      detailsOf(tool, step, ['id', 'name', 'signature']),
    );
  return serverToolResponsePart(
    readString(step, 'call_id'),
    detailsOf(tool, step, ['call_id', 'signature']),
  );
}

function resultOf(result: unknown): unknown {
  if (!Array.isArray(result)) return dataOfJson(result);
  const contents = toList(result);
  return joinedTexts(contents) ?? contents.map(contentPart);
}

/** A text with what it cites, a picture, sound, a video or a document. */
function contentPart(content: unknown): MessagePart {
  const type = readString(content, 'type') ?? 'unknown';
  const text = readMember(content, 'text');
  if (type === 'text' && typeof text === 'string')
    return citedText(text, readList(content, 'annotations'));
  if (!CONTENTS.has(type)) return genericPart(type, content);
  const mimeType = readString(content, 'mime_type');
  const data = readString(content, 'data');
  if (data !== undefined) return blobPart(type, data, mimeType);
  const uri = readString(content, 'uri');
  return uri === undefined ? genericPart(type, content) : mediaPart(type, uri, mimeType);
}
