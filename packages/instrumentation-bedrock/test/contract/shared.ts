import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { ModelScript } from '@llm-otel/testing';
import type { ExpectedSpan } from '@llm-otel/tooling/contract';

export const usage: NonNullable<ModelScript['usage']> = { inputTokens: 12, outputTokens: 5 };
export const tokens: readonly [number, number] = [12, 5];
export const MODEL = 'us.anthropic.claude-opus-4-8';
export const ask: ConverseCommandInput = {
  modelId: MODEL,
  inferenceConfig: { maxTokens: 100 },
  messages: [{ role: 'user', content: [{ text: 'Where is my parcel?' }] }],
};
export const invoked: { modelId: string; contentType: string; body: string } = {
  modelId: MODEL,
  contentType: 'application/json',
  body: JSON.stringify({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Where is my parcel?' }],
  }),
};
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const name: string = `chat ${MODEL}`;
export const plain: ExpectedSpan = { name, tokens, finishReasons: ['stop'] };
export const completed: ExpectedSpan = { ...plain, outcome: 'completed', firstChunk: true };

export async function collect<T>(stream: AsyncIterable<T> | undefined): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return chunks;
}

/** The first `count` chunks of a stream, after which `then` is called; the reading goes on. */
export async function collectAnd<T>(
  stream: AsyncIterable<T> | undefined,
  count: number,
  then: () => void,
): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream ?? []) {
    chunks.push(chunk);
    if (chunks.length === count) then();
  }
  return chunks;
}
