import { readMember } from '../read-member.ts';
import type { ChatMessage, MessagePart } from './message-types.ts';

/**
 * The answers of a response without what says nothing, as a stream of the same has it: no empty text, which many servers write beside calls
 * of tools, and no message at all where none says anything. One of several that says nothing keeps its place.
 */
export function answersOf(messages: readonly ChatMessage[]): ChatMessage[] {
  const answers = messages.map((message) =>
    message.parts.some(isEmpty)
      ? Object.assign({}, message, { parts: message.parts.filter((part) => !isEmpty(part)) })
      : message,
  );
  return answers.some(({ parts }) => parts.length > 0) ? answers : [];
}

function isEmpty(part: MessagePart): boolean {
  return (part.type === 'text' || part.type === 'reasoning') && readMember(part, 'content') === '';
}
