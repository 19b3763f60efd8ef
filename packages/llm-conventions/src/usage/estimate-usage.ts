import {
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
} from '../generated/attributes.ts';
import type { ChatMessage, InputContent, MessagePart } from '../messages/message-types.ts';
import { safeJson } from '../content/safe-json.ts';
import { readMember } from '../read-member.ts';
import { countableText } from './countable-text.ts';
import { tokenCount, type Usage } from './usage.ts';

/** Counts the tokens of a text: the module `gpt-tokenizer`, or an encoding of `js-tiktoken`. */
export type Tokenizer =
  | { countTokens(text: string): number }
  | { encode(text: string): { readonly length: number } };

/** What a provider that reports no usage was sent and answered. */
export interface CountedContent {
  readonly input: InputContent;
  readonly outputMessages?: readonly ChatMessage[] | undefined;
}

/** `usage` with what is missing of it counted, and the names of the attributes that were. */
export interface EstimatedUsage {
  readonly usage: Usage | undefined;
  readonly estimated: readonly string[];
}

// Tokenizers take tens of milliseconds for so many words, and a second for so much base64: more would delay the application.
const MAX_CHARACTERS = 200_000;

/**
 * Counts the tokens of text, reasoning and tool calls where the provider reported none. Only text is counted: a call
 * with pictures, sound or files in its input stays without an input count, because any number would be wrong.
 */
export function estimateUsage(
  usage: Usage | undefined,
  content: CountedContent,
  tokenizer: Tokenizer,
): EstimatedUsage {
  const estimated: string[] = [];
  let { inputTokens, outputTokens } = usage ?? {};
  if (inputTokens === undefined) {
    inputTokens = count(inputText(content.input), tokenizer);
    if (inputTokens !== undefined) estimated.push(ATTR_GEN_AI_USAGE_INPUT_TOKENS);
  }
  if (outputTokens === undefined) {
    outputTokens = count(messagesText(content.outputMessages), tokenizer);
    if (outputTokens !== undefined) estimated.push(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS);
  }
  return estimated.length === 0
    ? { usage, estimated }
    : { usage: { ...usage, inputTokens, outputTokens }, estimated };
}

function count(text: string | undefined, tokenizer: Tokenizer): number | undefined {
  if (text === undefined || text === '' || text.length > MAX_CHARACTERS) return undefined;
  const countable = countableText(text);
  return tokenCount(
    'countTokens' in tokenizer
      ? tokenizer.countTokens(countable)
      : tokenizer.encode(countable).length,
  );
}

function inputText({
  inputMessages,
  systemInstructions,
  toolDefinitions,
}: InputContent): string | undefined {
  const messages = messagesText(inputMessages);
  const system = systemInstructions && partsText(systemInstructions);
  if (messages === undefined || (systemInstructions !== undefined && system === undefined))
    return undefined;
  const tools = toolDefinitions && safeJson(toolDefinitions);
  return [system, tools, messages].filter((text) => text !== undefined).join('\n');
}

function messagesText(messages: readonly ChatMessage[] | undefined): string | undefined {
  if (messages === undefined) return undefined;
  const texts = messages.map(({ parts }) => partsText(parts));
  return texts.includes(undefined) ? undefined : texts.join('\n');
}

/** Undefined where a part is not text. */
function partsText(parts: readonly MessagePart[]): string | undefined {
  const texts: string[] = [];
  for (const part of parts) {
    const text = partText(part);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.join('\n');
}

function partText(part: MessagePart): string | undefined {
  const content = readMember(part, 'content');
  switch (part.type) {
    case 'text':
    case 'reasoning':
    case 'refusal':
      return typeof content === 'string' ? content : undefined;
    case 'tool_call':
      return `${String(readMember(part, 'name'))} ${safeJson(readMember(part, 'arguments') ?? {})}`;
    case 'tool_call_response': {
      const response = readMember(part, 'response');
      return typeof response === 'string' ? response : safeJson(response);
    }
    default:
      return undefined;
  }
}
