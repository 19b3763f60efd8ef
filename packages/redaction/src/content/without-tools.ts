import { wordsOf } from './guessed-content.ts';

const DEEPEST = 24;
/** Texts without one of these words hold nothing of tools. */
const MENTIONS = /tool|function/i;
/** Members of messages that are about tools, whatever else stands there. */
const TOOL_MEMBER =
  /^(?:tools|functions|toolConfig|(?:tool|function)[_-]?(?:calls?|choice|results?|responses?|uses?|invocations?))$/i;
/** What stays of a message or a part that is one of a tool. */
const structure = wordsOf(
  'type role id name index status tool_call_id toolCallId toolName tool_name tool_use_id call_id callId finish_reason',
);

type Map_ = Readonly<Record<string, unknown>>;

/**
 * Messages without what tools were asked and what they answered: for a policy that keeps prompts and completions, and not
 * tools. Understands the messages of the conventions and of the providers, also as JSON in a text. Returns the value
 * itself when nothing in it is of a tool.
 */
export function withoutTools(value: unknown, depth: number = 0): unknown {
  if (depth > DEEPEST) return value;
  if (typeof value === 'string') return textWithoutTools(value, depth);
  if (Array.isArray(value)) {
    const list = value.map((item) => withoutTools(item, depth + 1));
    return list.some((item, index) => item !== value[index]) ? list : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return mapWithoutTools(value as Map_, depth);
}

function textWithoutTools(text: string, depth: number): unknown {
  const first = text.trimStart().charAt(0);
  if ((first !== '{' && first !== '[') || !MENTIONS.test(text)) return text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text;
  }
  const left = withoutTools(parsed, depth + 1);
  return left === parsed ? text : JSON.stringify(left);
}

function mapWithoutTools(map: Map_, depth: number): Map_ {
  const isOfTool = isToolPart(map);
  let isSame = true;
  const left: [string, unknown][] = [];
  for (const [key, value] of Object.entries(map)) {
    if (isOfTool ? !structure.has(key) : TOOL_MEMBER.test(key)) {
      isSame = false;
      continue;
    }
    const inside = withoutTools(value, depth + 1);
    if (inside !== value) isSame = false;
    left.push([key, inside]);
  }
  return isSame ? map : Object.fromEntries(left);
}

function isToolPart({ type, role }: Map_): boolean {
  return isToolName(type) || isToolRole(role);
}

function isToolName(type: unknown): boolean {
  return typeof type === 'string' && type.length < 64 && MENTIONS.test(type);
}

function isToolRole(role: unknown): boolean {
  return role === 'tool' || role === 'function';
}

/** Where each part of a message is an attribute: what is in front of `role`. */
const MESSAGE =
  /^(?:gen_ai\.(?:prompt|completion)\.\d+\.|llm\.(?:input|output)_messages\.\d+\.message\.)/;

/** Whether the attribute belongs to a message of a tool: another one says so. */
export function isOfToolMessage(key: string, attributes: Map_): boolean {
  const [message] = MESSAGE.exec(key) ?? [];
  return message !== undefined && isToolRole(attributes[`${message}role`]);
}
