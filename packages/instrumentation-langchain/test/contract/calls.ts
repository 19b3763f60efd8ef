import { getEventListeners } from 'node:events';
import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase, ExpectedSpan } from '@llm-otel/tooling/contract';
import type { LangChain, Line } from './lines.ts';

export type Case = ContractCase<LangChain, Line, ModelScript>;

export const usage: { inputTokens: number; outputTokens: number } = {
  inputTokens: 12,
  outputTokens: 5,
};
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const failed: ModelScript = { error: { status: 429, code: 'rate_limit_exceeded' } };
export const loop: readonly ModelScript[] = [
  { toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'call_1' }], usage },
  { text: 'In Lyon.', usage },
];
export const call: ExpectedSpan = { name: 'chat gpt-5-mini', parent: undefined };
export const answered: ExpectedSpan = { ...call, tokens: [12, 5], finishReasons: ['stop'] };
export const streamed: ExpectedSpan = { ...answered, firstChunk: true };
export const left: ExpectedSpan = { ...call, firstChunk: true, outcome: 'cancelled' };

export async function collect<T>(
  source: AsyncIterable<T> | Promise<AsyncIterable<T>>,
  most: number = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const all: T[] = [];
  for await (const one of await source) {
    all.push(one);
    if (all.length >= most) break;
  }
  return all;
}

/**
 * Without the ids that are made anew each time. LangChain gives a chunk without an id that of the run as soon as there is
 * any callback.
 */
export function stable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null)
      .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'id')
      .replaceAll(/"id":"[\da-f]{32}"/g, '"id":"id"')
      .replaceAll(/"id":"run-id",?/g, '')
      .replaceAll(/,(?=})/g, ''),
  );
}

/** The listeners that are left on a signal when `work` is over. */
export async function withSignal(
  work: (abort: AbortController) => Promise<unknown>,
): Promise<object> {
  const abort = new AbortController();
  const outcome = await work(abort).then(
    (value) => ({ value: stable(value) }),
    (error: Error) => ({ error: `${error.name}: ${error.message}` }),
  );
  return { ...outcome, listeners: getEventListeners(abort.signal, 'abort').length };
}
