import type { ModelRequest } from './model-request.ts';
import { textOf, turnsOf } from './model-request.ts';
import type { ModelReply, ModelUsage } from './model-script.ts';

export interface ResolvedToolCall {
  readonly id: string | undefined;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
  /** The same in the pieces it is streamed in. */
  readonly pieces: readonly string[];
}

/** A reply with everything decided that its script left open. */
export interface ResolvedReply {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly reasoning: readonly string[];
  readonly toolCalls: readonly ResolvedToolCall[];
  readonly usage: Readonly<Record<keyof ModelUsage, number>>;
  readonly finishReason: NonNullable<ModelReply['finishReason']>;
  readonly model: string;
  /** Digits for the ids of this reply: they are the same in every run. */
  readonly serial: string;
}

const PIECE_LENGTH = 12;
const CHARACTERS_PER_TOKEN = 4;

export function resolveReply(reply: ModelReply, request: ModelRequest): ResolvedReply {
  const { text = [], reasoning = [], toolCalls = [], usage = {} } = reply;
  const pieces = piecesOf(text);
  const calls = toolCalls.map(({ id, name, arguments: value = {} }) => {
    const json = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
    return { id, name, arguments: json, pieces: json.match(cutEvery(PIECE_LENGTH)) ?? [] };
  });
  const answer = pieces.join('');
  const asked = textOf(turnsOf(request.body));
  return {
    text: answer,
    pieces: pieces.filter((piece) => piece !== ''),
    reasoning: piecesOf(reasoning).filter((piece) => piece !== ''),
    toolCalls: calls,
    usage: {
      inputTokens: usage.inputTokens ?? tokens(asked),
      outputTokens:
        usage.outputTokens ?? tokens(answer + calls.map((call) => call.arguments).join('')),
      cacheReadTokens: usage.cacheReadTokens ?? 0,
      cacheWriteTokens: usage.cacheWriteTokens ?? 0,
      cacheWriteOneHourTokens: usage.cacheWriteOneHourTokens ?? 0,
      reasoningTokens: usage.reasoningTokens ?? 0,
    },
    finishReason: reply.finishReason ?? (calls.length > 0 ? 'tool_calls' : 'stop'),
    model: reply.model ?? request.model,
    serial: String(request.index + 1).padStart(6, '0'),
  };
}

function piecesOf(text: string | readonly string[]): readonly string[] {
  return typeof text === 'string' ? text.split(/(?<=\s)(?=\S)/) : text;
}

function cutEvery(length: number): RegExp {
  return new RegExp(`[\\s\\S]{1,${length}}`, 'gu');
}

/** The arguments of a call as a value; text that is no JSON stays text. */
export function argumentsOf(call: ResolvedToolCall): unknown {
  try {
    return JSON.parse(call.arguments) as unknown;
  } catch {
    return call.arguments;
  }
}

export function tokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / CHARACTERS_PER_TOKEN));
}
