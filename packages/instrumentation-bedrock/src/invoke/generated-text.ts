import type { MessagePart, Usage } from '@llm-otel/llm-conventions';
import { readList, readMember, readNumber, readString } from '@llm-otel/llm-conventions/client';

/** A text that a model generates, or a piece of it, with why it ends. */
export interface GeneratedText {
  readonly text: string | undefined;
  readonly reason: unknown;
  readonly parts?: readonly MessagePart[];
}

export interface Generated {
  readonly texts: readonly GeneratedText[];
  readonly id?: string | undefined;
  readonly usage?: Usage | undefined;
}

/** The answers and chunks of the models that complete a text. Each has members that no other one has. */
export function generatedText(body: unknown): Generated {
  return read(body) ?? { texts: [] };
}

function read(body: unknown): Generated | undefined {
  const results = readList(body, 'results');
  // Titan, whole and in a stream.
  if (results.length > 0)
    return {
      texts: results.map((result) => texted(result, 'outputText', 'completionReason')),
      usage: counted(
        readNumber(body, 'inputTextTokenCount'),
        results.reduce<number>((sum, result) => sum + (readNumber(result, 'tokenCount') ?? 0), 0),
      ),
    };
  if (readMember(body, 'outputText') !== undefined)
    return {
      texts: [texted(body, 'outputText', 'completionReason')],
      usage: counted(
        readNumber(body, 'inputTextTokenCount'),
        readNumber(body, 'totalOutputTextTokenCount'),
      ),
    };
  // Llama.
  if (readMember(body, 'generation') !== undefined)
    return {
      texts: [texted(body, 'generation', 'stop_reason')],
      usage: counted(
        readNumber(body, 'prompt_token_count'),
        readNumber(body, 'generation_token_count'),
      ),
    };
  // Claude before it knew messages.
  if (readMember(body, 'completion') !== undefined)
    return { texts: [texted(body, 'completion', 'stop_reason')] };
  // Mistral, DeepSeek.
  for (const list of ['outputs', 'choices'])
    if (readList(body, list).length > 0)
      return { texts: readList(body, list).map((item) => texted(item, 'text', 'stop_reason')) };
  // Jurassic.
  if (readList(body, 'completions').length > 0)
    return {
      texts: readList(body, 'completions').map((item) => ({
        text: readString(readMember(item, 'data'), 'text'),
        reason: readMember(readMember(item, 'finishReason'), 'reason'),
      })),
    };
  return ofCohere(body);
}

/** Command, Command R and their streams. */
function ofCohere(body: unknown): Generated | undefined {
  const generations = readList(body, 'generations');
  const id = readString(body, 'response_id') ?? readString(body, 'id');
  if (generations.length > 0)
    return { id, texts: generations.map((item) => texted(item, 'text', 'finish_reason')) };
  const calls = readList(body, 'tool_calls');
  if (
    calls.length === 0 &&
    readMember(body, 'text') === undefined &&
    readMember(body, 'finish_reason') === undefined
  )
    return undefined;
  return {
    id,
    texts: [
      {
        ...texted(body, 'text', 'finish_reason'),
        parts: calls.map((call): MessagePart => ({
          type: 'tool_call',
          name: readString(call, 'name') ?? '',
          arguments: readMember(call, 'parameters'),
        })),
      },
    ],
  };
}

function texted(value: unknown, text: string, reason: string): GeneratedText {
  return { text: readString(value, text), reason: readMember(value, reason) };
}

function counted(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
): Usage | undefined {
  return inputTokens === undefined && outputTokens === undefined
    ? undefined
    : { inputTokens, outputTokens };
}
