import type { ChatMessage, MessagePart } from '@llm-otel/llm-conventions';
import { readList, readMember, readString } from '@llm-otel/llm-conventions/client';

const ROLES: Readonly<Record<string, string>> = {
  ai: 'assistant',
  human: 'user',
  system: 'system',
  developer: 'system',
  tool: 'tool',
  function: 'tool',
};

/** A message of LangChain in the form of the conventions. Undefined where it is none. */
export function messageOf(message: unknown): ChatMessage | undefined {
  const type = readString(message, 'type') ?? typeByMethod(message);
  if (type === undefined) return undefined;
  const role = ROLES[type] ?? readString(message, 'role') ?? type;
  if (role === 'tool')
    return {
      role,
      parts: [
        {
          type: 'tool_call_response',
          id: readString(message, 'tool_call_id'),
          response: readMember(message, 'content') ?? null,
        },
      ],
    };
  const calls = readList(message, 'tool_calls').map((call): MessagePart => ({
    type: 'tool_call',
    id: readString(call, 'id'),
    name: readString(call, 'name') ?? '',
    arguments: readMember(call, 'args'),
  }));
  return { role, parts: [...partsOf(readMember(message, 'content')), ...calls] };
}

/** `@langchain/core` 0.3 tells the type of a message only when it is asked. */
function typeByMethod(message: unknown): string | undefined {
  const tell = readMember(message, 'getType') ?? readMember(message, '_getType');
  const type: unknown = typeof tell === 'function' ? tell.call(message) : undefined;
  return typeof type === 'string' ? type : undefined;
}

function partsOf(content: unknown): MessagePart[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', content }];
  if (!Array.isArray(content)) return [];
  return (content as unknown[]).flatMap((block): MessagePart[] => {
    const text = readString(block, 'text');
    if (text !== undefined) return [{ type: 'text', content: text }];
    const thought = readString(block, 'reasoning') ?? readString(block, 'thinking');
    if (thought !== undefined) return [{ type: 'reasoning', content: thought }];
    const type = readString(block, 'type');
    // Calls of tools stand beside the content as well.
    return type === undefined || type === 'tool_use' || type === 'tool_call'
      ? []
      : [{ ...(block as object), type }];
  });
}

/** What a chain or model is given, where it is a list of messages. */
export function messagesOf(given: unknown): ChatMessage[] {
  const list = Array.isArray(given) ? (given as unknown[]) : readList(given, 'messages');
  return list.flatMap((message) => {
    const plain = readString(message, 'role');
    const known = messageOf(message);
    if (known !== undefined) return [known];
    const content = readString(message, 'content');
    return plain === undefined || content === undefined
      ? []
      : [{ role: plain, parts: [{ type: 'text', content }] }];
  });
}
