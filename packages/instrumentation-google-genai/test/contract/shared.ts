import type { GenerateContentParameters } from '@google/genai';
import type { ModelScript } from '@llm-otel/testing';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';

export const usage: NonNullable<ModelScript['usage']> = { inputTokens: 12, outputTokens: 5 };
export const tokens: readonly [number, number] = [12, 5];
export const model = 'gemini-2.5-flash';
export const ask: GenerateContentParameters = { model, contents: 'Where is my parcel?' };
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const name = 'generate_content gemini-2.5-flash';
export const done: ExpectedSpan = { name, tokens, finishReasons: ['stop'] };
export const completed: ExpectedSpan = { ...done, outcome: 'completed', firstChunk: true };

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
