import {
  ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS,
  ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES,
} from '../generated/attributes.ts';
import type { ChatMessage, MessagePart } from '../messages/message-types.ts';
import { toList } from '../read-member.ts';
import type { DialectWriting } from './dialect-writing.ts';

/** Messages of a conversation in which each result of a tool stands alone, and what is to be known to have them again as they were. */
export interface SplitMessages {
  readonly messages: readonly ChatMessage[];
  /** Which of `messages` were one, and under which role: `"2-4 user"`, `"2 user"`. A result of the role `tool` alone is not told. */
  readonly merged: readonly string[];
  /** Which of `messages` are results of tools that failed. */
  readonly failed: readonly string[];
}

/** Providers put results of tools into a message of the user, all of them into one; other vocabularies have a message for each. */
export function splitMessages(messages: readonly ChatMessage[]): SplitMessages {
  const split: ChatMessage[] = [];
  const merged: string[] = [];
  const failed: string[] = [];
  for (const message of messages) {
    const first = split.length;
    split.push(...splitMessage(message));
    const last = split.length - 1;
    if (last > first) merged.push(`${first}-${last} ${message.role}`);
    else if (isResult(message) && message.role !== 'tool') merged.push(`${first} ${message.role}`);
    for (let index = first; index <= last; index++)
      if (split[index]?.parts.some(hasFailed)) failed.push(String(index));
  }
  return { messages: split, merged, failed };
}

function splitMessage(message: ChatMessage): ChatMessage[] {
  const groups: MessagePart[][] = [];
  let others: MessagePart[] | undefined;
  for (const part of message.parts) {
    if (part.type === 'tool_call_response') {
      groups.push([part]);
      others = undefined;
    } else if (others === undefined) groups.push((others = [part]));
    else others.push(part);
  }
  return groups.length < 2
    ? [message]
    : groups.map((parts) => Object.assign({}, message, { parts }));
}

/** Whether a message that was split is the result of a tool. */
export function isResult({ parts }: ChatMessage): boolean {
  return parts[0]?.type === 'tool_call_response';
}

function hasFailed(part: MessagePart): boolean {
  return part.type === 'tool_call_response' && 'is_error' in part && part.is_error === true;
}

/** Tells in `llm_otel.dialect.*` what was split. */
export function writeMarks(writing: DialectWriting, { merged, failed }: SplitMessages): void {
  if (merged.length > 0) writing.set(ATTR_LLM_OTEL_DIALECT_MERGED_MESSAGES, merged);
  if (failed.length > 0) writing.set(ATTR_LLM_OTEL_DIALECT_FAILED_RESULTS, failed);
}

/** The messages as they were before {@link splitMessages}. Marks that do not fit are left out. */
export function mergedMessages(
  messages: readonly ChatMessage[],
  merged: unknown,
  failed: unknown,
): ChatMessage[] {
  const failures = new Set(toList(failed));
  const marks = new Map(toList(merged).flatMap(markOf));
  const whole: ChatMessage[] = [];
  for (let index = 0; index < messages.length; index++) {
    const { last = index, role } = marks.get(index) ?? {};
    const parts = messages
      .slice(index, last + 1)
      .flatMap((message, offset) =>
        failures.has(String(index + offset)) ? message.parts.map(asFailed) : message.parts,
      );
    whole.push({ ...(messages[index] as ChatMessage), ...(role !== undefined && { role }), parts });
    index = last;
  }
  return whole;
}

interface Mark {
  readonly last: number;
  readonly role: string;
}

const MARK = /^(\d{1,5})(?:-(\d{1,5}))? (.{1,64})$/;

function markOf(text: unknown): [number, Mark][] {
  const [, from, to = from, role] = (typeof text === 'string' && MARK.exec(text)) || [];
  const first = Number(from);
  const last = Number(to);
  return role === undefined || last < first ? [] : [[first, { last, role }]];
}

function asFailed(part: MessagePart): MessagePart {
  return part.type === 'tool_call_response' ? { ...part, is_error: true } : part;
}
