import type { MessagePart } from '../../messages/message-types.ts';
import { partsFromAnthropic } from '../../messages/messages-from-anthropic.ts';
import { messagesFromBedrock } from '../../messages/messages-from-bedrock.ts';
import { messagesFromOpenAiChat } from '../../messages/messages-from-openai-chat.ts';
import { parsedJson, textPart } from '../../messages/parts.ts';
import { readMember, readString, toList } from '../../read-member.ts';

/** The content of a message in an event: text, or parts in the shape of whichever API the library had before it. */
export function contentParts(content: unknown): MessagePart[] {
  if (content === undefined || content === null || content === '') return [];
  const list = blocksIn(content);
  if (list !== undefined) return partsOf(list);
  if (typeof content === 'string') return [textPart(content)];
  // Agents of Azure AI: { text: { value } }.
  const text = readMember(content, 'text');
  const value = readString(text, 'value') ?? (typeof text === 'string' ? text : undefined);
  return value === undefined ? partsOf([content]) : [textPart(value)];
}

/** On a span a list is JSON text. Text that only looks like a list is text. */
function blocksIn(content: unknown): readonly unknown[] | undefined {
  if (typeof content === 'string' && !content.startsWith('[{')) return undefined;
  const parsed = parsedJson(content);
  return Array.isArray(parsed) && parsed.length > 0 && parsed.every(isBlock)
    ? toList(parsed)
    : undefined;
}

function isBlock(item: unknown): boolean {
  return (
    readString(item, 'type') !== undefined ||
    ['text', 'toolUse', 'toolResult', 'image', 'reasoningContent'].some(
      (member) => readMember(item, member) !== undefined,
    )
  );
}

function partsOf(blocks: readonly unknown[]): MessagePart[] {
  return blocks.flatMap((block) => {
    if (isPart(block)) return [block];
    const type = readString(block, 'type');
    // Bedrock's blocks have no type.
    if (type === undefined) return ofMessage(messagesFromBedrock([message(block)]));
    if (OF_OPENAI.has(type)) return ofMessage(messagesFromOpenAiChat([message(block)]));
    return partsFromAnthropic([block]);
  });
}

const OF_OPENAI = new Set(['image_url', 'input_audio', 'file', 'refusal']);

function message(block: unknown): object {
  return { role: 'user', content: [block] };
}

function ofMessage([first]: readonly { readonly parts: readonly MessagePart[] }[]): MessagePart[] {
  return [...(first?.parts ?? [])];
}

/** The member that a part of the conventions has, by its type, and that those of no API have. */
const MEMBER_OF_PART: ReadonlyMap<string | undefined, string> = new Map([
  ['text', 'content'],
  ['reasoning', 'content'],
  ['refusal', 'content'],
  ['tool_call', 'name'],
  ['tool_call_response', 'response'],
  ['server_tool_call', 'server_tool_call'],
  ['server_tool_call_response', 'server_tool_call_response'],
  ['blob', 'content'],
  ['file', 'file_id'],
  ['uri', 'uri'],
  ['omitted', 'byte_length'],
]);

function isPart(block: unknown): block is MessagePart {
  const member = MEMBER_OF_PART.get(readString(block, 'type'));
  return member !== undefined && readMember(block, member) !== undefined;
}
