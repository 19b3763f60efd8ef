import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '../../generated/attributes.ts';
import { safeJson } from '../../content/safe-json.ts';
import type { ChatMessage, MessagePart } from '../../messages/message-types.ts';
import { readMember, readString } from '../../read-member.ts';
import type { DialectWriting } from '../dialect-writing.ts';

/** Messages and tools in the form that the AI SDK gives to a model, and the answer in its parts. */
export function writeAiSdkContent(writing: DialectWriting): void {
  const { facts } = writing;
  const input = facts.messages(ATTR_GEN_AI_INPUT_MESSAGES);
  if (input.length > 0)
    writing.setJson(
      'ai.prompt.messages',
      // JSON leaves a name out that is undefined.
      input.map(({ role, parts, name }) => ({ role, content: parts.map(aiSdkPart), name })),
      ATTR_GEN_AI_INPUT_MESSAGES,
    );
  const tools = facts.list(ATTR_GEN_AI_TOOL_DEFINITIONS);
  if (tools.length > 0)
    writing.set('ai.prompt.tools', tools.map(aiSdkTool), ATTR_GEN_AI_TOOL_DEFINITIONS);
  const output = facts.messages(ATTR_GEN_AI_OUTPUT_MESSAGES);
  const [message] = output;
  if (message === undefined) return;
  const calls = message.parts.filter(({ type }) => type === 'tool_call').map(toolCall);
  writing.set('ai.response.text', textOf(message, 'text'));
  writing.set('ai.response.reasoning', textOf(message, 'reasoning'));
  if (calls.length > 0) writing.setJson('ai.response.toolCalls', calls);
  if (output.length === 1 && isWhole(message)) writing.say(ATTR_GEN_AI_OUTPUT_MESSAGES);
}

function aiSdkTool(tool: unknown): string {
  return safeJson({
    type: readMember(tool, 'type'),
    name: readMember(tool, 'name'),
    description: readMember(tool, 'description'),
    inputSchema: readMember(tool, 'parameters'),
  });
}

function aiSdkPart(part: MessagePart): object {
  switch (part.type) {
    case 'text':
    case 'reasoning':
      return { type: part.type, text: readMember(part, 'content') };
    case 'tool_call':
      return toolCall(part);
    case 'tool_call_response':
      return {
        type: 'tool-result',
        toolCallId: readString(part, 'id'),
        output: {
          type: readMember(part, 'is_error') === true ? 'error-json' : 'json',
          value: readMember(part, 'response'),
        },
      };
    case 'blob':
    case 'uri': {
      const data = readString(part, 'uri') ?? readString(part, 'content');
      const mediaType = readString(part, 'mime_type') ?? `${readString(part, 'modality') ?? ''}/*`;
      return { type: 'file', data, mediaType };
    }
    default:
      return part;
  }
}

function toolCall(part: MessagePart): object {
  return {
    type: 'tool-call',
    toolCallId: readString(part, 'id'),
    toolName: readString(part, 'name'),
    input: readMember(part, 'arguments'),
  };
}

function textOf({ parts }: ChatMessage, type: string): string | undefined {
  const found = parts.filter((part) => part.type === type);
  if (found.length === 0) return undefined;
  return found.map((part) => readString(part, 'content') ?? '').join('');
}

const ORDER = ['reasoning', 'text', 'tool_call'];

/** Whether reasoning, text and calls, in this order, are all there is to a message. */
function isWhole({ role, name, parts }: ChatMessage): boolean {
  const places = parts.map(({ type }) => ORDER.indexOf(type));
  return (
    role === 'assistant' &&
    name === undefined &&
    places.every((place, index) => {
      const before = places[index - 1] ?? -1;
      // Calls may be several; two texts would become one.
      return place > before || (place === before && ORDER[place] === 'tool_call');
    })
  );
}
