import type { ModelScript } from '@llm-otel/testing';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';
import type OpenAI from 'openai';
import { z } from 'zod';

type Chat = OpenAI.ChatCompletionCreateParamsNonStreaming;
type StreamedChat = OpenAI.ChatCompletionCreateParamsStreaming;

export const usage: NonNullable<ModelScript['usage']> = { inputTokens: 12, outputTokens: 5 };
export const tokens: readonly [number, number] = [12, 5];
export const chat: Omit<Chat, 'stream'> = {
  model: 'gpt-5-mini',
  messages: [{ role: 'user', content: 'Where is my parcel?' }],
};
export const streamed: StreamedChat = { ...chat, stream: true };
export const withUsage: StreamedChat = { ...streamed, stream_options: { include_usage: true } };
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const hanging: ModelScript = { ...answer, fault: { kind: 'hang', afterChunks: 2 } };
export const structured: ModelScript = { text: '{"place":"Lyon"}', usage };
export const Parcel: z.ZodType<{ place: string }> = z.object({ place: z.string() });

export const name = 'chat gpt-5-mini';
export const completed: ExpectedSpan = { name, outcome: 'completed', firstChunk: true };
export const left: ExpectedSpan = { name, outcome: 'cancelled', firstChunk: true };

/** A stream that ended in peace before its answer did. */
export const incomplete: ExpectedSpan = { name, outcome: 'failed', errorType: 'incomplete_stream' };

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** As much as a reader sees who leaves at once. */
export async function firstOf<T>(stream: AsyncIterable<T>): Promise<T | undefined> {
  for await (const chunk of stream) return chunk;
  return undefined;
}
