import type { ChatMessage } from '../../messages/message-types.ts';
import { messagesFromOpenAiChat } from '../../messages/messages-from-openai-chat.ts';
import { toolCallPart } from '../../messages/parts.ts';
import { readList, readMember, readString, toList } from '../../read-member.ts';

const ROLES: ReadonlyMap<string | undefined, string> = new Map([
  ['HumanMessage', 'user'],
  ['AIMessage', 'assistant'],
  ['SystemMessage', 'system'],
  ['ToolMessage', 'tool'],
  ['FunctionMessage', 'tool'],
  ['human', 'user'],
  ['ai', 'assistant'],
  ['system', 'system'],
  ['tool', 'tool'],
  ['function', 'tool'],
]);

/**
 * Messages as LangChain writes them in JSON: `{ lc, id: [..., 'HumanMessage'], kwargs }`, `{ type: 'human', content }` or
 * `{ type: 'human', data }`, in a list or in a list of such lists, of which the first one counts. None where one of them is
 * no such message.
 */
export function fromLangChain(messages: unknown): ChatMessage[] {
  const list = toList(messages);
  const [first] = list;
  const flat = Array.isArray(first) ? toList(first) : list;
  const read: ChatMessage[] = [];
  for (const message of flat) {
    const one = messageOf(message);
    if (one === undefined) return [];
    read.push(one);
  }
  return read;
}

function messageOf(message: unknown): ChatMessage | undefined {
  const name = readList(message, 'id').at(-1);
  const isClass = readMember(message, 'lc') !== undefined && typeof name === 'string';
  const type = isClass ? name.replace(/Chunk$/, '') : readString(message, 'type');
  const role = ROLES.get(type);
  if (role === undefined) return undefined;
  const fields =
    readMember(message, isClass ? 'kwargs' : 'data') ?? (isClass ? undefined : message);
  const [converted] = messagesFromOpenAiChat([
    {
      role,
      content: readMember(fields, 'content'),
      name: readString(fields, 'name'),
      tool_call_id: readString(fields, 'tool_call_id'),
    },
  ]);
  if (converted === undefined) return undefined;
  const calls = readList(fields, 'tool_calls').map((call) =>
    toolCallPart(readString(call, 'id'), readString(call, 'name') ?? '', readMember(call, 'args')),
  );
  // A message of calls only has an empty text.
  const parts = converted.parts.filter(
    (part) => calls.length === 0 || part.type !== 'text' || readMember(part, 'content') !== '',
  );
  return { ...converted, parts: [...parts, ...calls] };
}
