import { dataOfJson } from '../../messages/data-of-json.ts';
import type { ChatMessage, MessagePart } from '../../messages/message-types.ts';
import {
  genericPart,
  mediaPart,
  reasoningPart,
  textPart,
  toolCallPart,
  toolResponsePart,
} from '../../messages/parts.ts';
import { type IndexedMember, indexedMembers, membersOf, stringOf } from '../indexed-members.ts';

/** Messages that OpenInference spreads over attributes: `0.message.role`, `0.message.contents.1.message_content.text`. */
export function openInferenceMessages(flat: ReadonlyMap<string, unknown>): ChatMessage[] {
  return indexedMembers(flat).flatMap((member) => {
    const message = membersOf(member, 'message.');
    const role = stringOf(message, 'role');
    if (role === undefined) return [];
    const name = stringOf(message, 'name');
    return [{ role, parts: partsOf(message, role), ...(name !== undefined && { name }) }];
  });
}

function partsOf(message: IndexedMember, role: string): MessagePart[] {
  const content = message.get('content');
  if (role === 'tool')
    return [toolResponsePart(stringOf(message, 'tool_call_id'), dataOfJson(content))];
  const parts = indexedMembers(membersOf(message, 'contents.')).map((member) =>
    contentPart(membersOf(member, 'message_content.')),
  );
  // One text is written as `content`; several parts as `contents`, and then some write both.
  if (typeof content === 'string' && content !== '' && parts.length === 0)
    parts.push(textPart(content));
  for (const member of indexedMembers(membersOf(message, 'tool_calls.'))) {
    const call = membersOf(member, 'tool_call.');
    parts.push(
      toolCallPart(
        stringOf(call, 'id'),
        stringOf(call, 'function.name') ?? '',
        dataOfJson(call.get('function.arguments')),
      ),
    );
  }
  return parts;
}

function contentPart(content: IndexedMember): MessagePart {
  const type = stringOf(content, 'type') ?? 'unknown';
  const text = content.get('text');
  if (typeof text === 'string') return type === 'reasoning' ? reasoningPart(text) : textPart(text);
  for (const modality of ['image', 'audio', 'video']) {
    const url =
      stringOf(content, `${modality}.${modality}.url`) ??
      stringOf(content, `${modality}.url`) ??
      (type === modality ? stringOf(content, 'url') : undefined);
    if (url !== undefined) return mediaPart(modality, url);
  }
  return genericPart(type, Object.fromEntries(content));
}
