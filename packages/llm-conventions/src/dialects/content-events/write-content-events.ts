import type { HrTime } from '@opentelemetry/api';
import { safeJson } from '../../content/safe-json.ts';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE,
} from '../../generated/attributes.ts';
import type { ChatMessage, MessagePart } from '../../messages/message-types.ts';
import { readMember, readString, toList } from '../../read-member.ts';
import type { DialectWriting } from '../dialect-writing.ts';
import { isResult, splitMessages, writeMarks } from '../split-messages.ts';
import { CHOICE } from './content-event-names.ts';

const EVENT_OF_ROLE: ReadonlyMap<string, string> = new Map([
  ['system', 'gen_ai.system.message'],
  ['developer', 'gen_ai.system.message'],
  ['assistant', 'gen_ai.assistant.message'],
]);

/**
 * The messages of a model call as the span events of the conventions up to 1.36, one for each message and each choice. The members of
 * an event's body are attributes, lists in them JSON text. Where content is off there are no messages, and no events.
 */
export function writeContentEvents(writing: DialectWriting): void {
  const { facts } = writing;
  if (!facts.isInference) return;
  const { startTime, endTime } = facts.span;
  const system = facts.list(ATTR_GEN_AI_SYSTEM_INSTRUCTIONS) as readonly MessagePart[];
  const write = (name: string, body: Readonly<Record<string, unknown>>, time: HrTime): void =>
    writing.addEvent(name, { 'gen_ai.system': writing.attributes['gen_ai.system'], ...body }, time);
  const split = splitMessages(facts.messages(ATTR_GEN_AI_INPUT_MESSAGES));
  const instructions = system.length > 0 ? [{ role: 'system', parts: system }] : [];
  for (const message of [...instructions, ...split.messages]) {
    const event = inputEvent(message);
    if (event !== undefined) write(...event, startTime);
  }
  writeMarks(writing, split);
  const reasons = facts.finishReasons;
  for (const [index, message] of facts.messages(ATTR_GEN_AI_OUTPUT_MESSAGES).entries())
    // An answer without parts and a reason has nothing to tell.
    if (message.parts.length > 0 || reasons[index] !== undefined)
      write(CHOICE, choice(message, index, reasons[index]), endTime);
  for (const name of [ATTR_GEN_AI_INPUT_MESSAGES, ATTR_GEN_AI_OUTPUT_MESSAGES])
    // What is no message stays where it is.
    if (facts.messages(name).length === toList(facts.json(name)).length) writing.say(name);
  if (system.length > 0)
    writing.set(ATTR_LLM_OTEL_DIALECT_SYSTEM_MESSAGE, true, ATTR_GEN_AI_SYSTEM_INSTRUCTIONS);
}

type Event = readonly [name: string, body: Readonly<Record<string, unknown>>];

/** The event of a message, undefined for one without parts: it has nothing to tell. */
function inputEvent(message: ChatMessage): Event | undefined {
  const { role, parts, name } = message;
  const [first] = parts;
  if (first === undefined) return undefined;
  if (!isResult(message))
    return [EVENT_OF_ROLE.get(role) ?? 'gen_ai.user.message', { role, name, ...body(parts) }];
  return [
    'gen_ai.tool.message',
    {
      role: role === 'tool' ? undefined : role,
      name,
      id: readString(first, 'id'),
      content: textOf(readMember(first, 'response')),
    },
  ];
}

function choice(message: ChatMessage, index: number, reason: unknown): Record<string, unknown> {
  const { role, parts, name } = message;
  const told = { role, name, ...body(parts), tool_calls: calls(parts) };
  return {
    index,
    // One that nobody told is left out: it would be read as if the model had said it.
    finish_reason: reason === 'tool_call' ? 'tool_calls' : reason,
    message: safeJson(told),
  };
}

function body(parts: readonly MessagePart[]): Record<string, unknown> {
  const called = calls(parts);
  const others = parts.filter(({ type }) => type !== 'tool_call');
  return {
    content: contentOf(others),
    ...(called !== undefined && { tool_calls: safeJson(called) }),
  };
}

/** Text alone is itself, unless it would be taken for a list of parts. */
function contentOf(parts: readonly MessagePart[]): string | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const text = readMember(first, 'content');
  const isPlain = parts.length === 1 && first.type === 'text' && typeof text === 'string';
  return isPlain && text !== '' && !text.startsWith('[{') ? text : safeJson(parts);
}

function calls(parts: readonly MessagePart[]): object[] | undefined {
  const called = parts.filter(({ type }) => type === 'tool_call');
  if (called.length === 0) return undefined;
  return called.map((part) => ({
    id: readString(part, 'id'),
    type: 'function',
    function: {
      name: readString(part, 'name'),
      arguments: textOf(readMember(part, 'arguments')),
    },
  }));
}

function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : safeJson(value);
}
