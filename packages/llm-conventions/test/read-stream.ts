import { expect } from 'vitest';
import type { InferenceResponse, StreamReader } from '../src/index.ts';
import type { ProviderStream } from './provider-streams.ts';

/** All of a stream, none of which is an error. */
export function read(
  { format }: Pick<ProviderStream, 'format'>,
  chunks: readonly unknown[],
): StreamReader {
  const reader = format.open({ content: true, provider: 'openai' });
  for (const chunk of chunks) expect(reader.read(chunk)).toBeUndefined();
  return reader;
}

const partsOf = ({ outputMessages = [] }: InferenceResponse): Record<string, unknown>[] =>
  outputMessages.flatMap(({ parts }) => parts) as unknown as Record<string, unknown>[];

/** What a response says. */
export const textOf = (response: InferenceResponse): string =>
  partsOf(response)
    .map((part) => (part.type === 'text' ? part['content'] : ''))
    .join('');

/** The tools it calls: of each its id, its name and the arguments. */
export const callsOf = (response: InferenceResponse): unknown[] =>
  partsOf(response)
    .filter(({ type }) => type === 'tool_call')
    .map((part) => [part['id'], part['name'], part['arguments']]);
