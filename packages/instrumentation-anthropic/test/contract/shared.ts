import type Anthropic from '@anthropic-ai/sdk';
import type { ModelScript } from '@llm-otel/testing';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';

type Ask = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>;

export const usage: NonNullable<ModelScript['usage']> = { inputTokens: 12, outputTokens: 5 };
export const tokens: readonly [number, number] = [12, 5];
export const ask: Ask = {
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Where is my parcel?' }],
};
export const streamed: Anthropic.MessageCreateParamsStreaming = { ...ask, stream: true };
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const name = 'chat claude-opus-4-8';
export const completed: ExpectedSpan = {
  name,
  outcome: 'completed',
  firstChunk: true,
  tokens,
  finishReasons: ['stop'],
};

/** A stream that ended in peace before its answer did. */
export const incomplete: ExpectedSpan = { name, outcome: 'failed', errorType: 'incomplete_stream' };

export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** The first `count` chunks of a stream, after which `then` is called; the reading goes on. */
export async function collectAnd<T>(
  stream: AsyncIterable<T>,
  count: number,
  then: () => void,
): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    if (chunks.length === count) then();
  }
  return chunks;
}
