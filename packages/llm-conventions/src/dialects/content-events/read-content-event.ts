import { finishReasonFrom } from '../../messages/finish-reason.ts';
import type { ChatMessage } from '../../messages/message-types.ts';
import { messagesFromOpenAiChat } from '../../messages/messages-from-openai-chat.ts';
import { parsedJson } from '../../messages/parts.ts';
import { readMember, readString } from '../../read-member.ts';
import { CHOICE, EVENT_CONTENT, ROLE_OF_EVENT } from './content-event-names.ts';
import { contentParts } from './content-parts.ts';

/** What an event of the conventions up to 1.36 says. */
export interface ContentEvent {
  /** Whether it is an answer. */
  readonly isChoice: boolean;
  readonly index: number;
  /** Undefined where content was off. */
  readonly message: ChatMessage | undefined;
  readonly finishReason: string | undefined;
}

/**
 * Reads an event by its name and its body: a log record has one, a span event has the members as attributes, or the whole as
 * JSON in `gen_ai.event.content`. Undefined for any other event.
 */
export function readContentEvent(name: string, body: unknown): ContentEvent | undefined {
  const role = ROLE_OF_EVENT.get(name);
  if (role === undefined) return undefined;
  const whole = readMember(body, EVENT_CONTENT);
  const members = whole === undefined ? parsedJson(body) : parsedJson(whole);
  const isChoice = name === CHOICE;
  return {
    isChoice,
    index: indexIn(members),
    message: messageOf(isChoice ? answerIn(members) : members, role),
    finishReason: isChoice ? finishReasonFrom(readMember(members, 'finish_reason')) : undefined,
  };
}

/** Objects are not asked for a number: what they have for `valueOf` may throw. */
function indexIn(members: unknown): number {
  const index = readMember(members, 'index');
  const number = typeof index === 'string' || typeof index === 'number' ? Number(index) : 0;
  return Number.isFinite(number) ? number : 0;
}

/** The message of a choice, with the calls that some wrote beside it. */
function answerIn(members: unknown): unknown {
  const message = parsedJson(readMember(members, 'message')) ?? members;
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return { content: message, tool_calls: readMember(members, 'tool_calls') };
  return { tool_calls: readMember(members, 'tool_calls'), ...message };
}

function messageOf(body: unknown, defaultRole: string): ChatMessage | undefined {
  // Text alone, where there should be an object.
  if (typeof body === 'string')
    return { role: defaultRole, parts: [{ type: 'text', content: body }] };
  const role = readString(body, 'role') ?? defaultRole;
  const name = readString(body, 'name');
  const content = readMember(body, 'content');
  const id = readString(body, 'id') ?? readString(body, 'tool_call_id');
  const isTool = defaultRole === 'tool';
  if (isTool && content === undefined && id === undefined) return undefined;
  const [read] = messagesFromOpenAiChat([
    {
      role: isTool ? 'tool' : role,
      ...(isTool && { tool_call_id: id, content }),
      tool_calls: parsedJson(readMember(body, 'tool_calls')),
    },
  ]);
  const parts = [...(isTool ? [] : contentParts(content)), ...(read?.parts ?? [])];
  return parts.length === 0 ? undefined : { role, parts, ...(name !== undefined && { name }) };
}
