import { getEventListeners } from 'node:events';
import type { ModelScript } from '@llm-otel/testing';
import type { ContractCase, ExpectedSpan } from '@llm-otel/tooling/contract';
import type { LanguageModel, Tool } from 'ai';
import { z } from 'zod';
import type { AiSdk, Line } from './lines.ts';

export type Case = ContractCase<AiSdk, Line, ModelScript>;

export const usage = { inputTokens: 12, outputTokens: 5 };
export const tokens = [12, 5] as const;
const prompt = 'Where is my parcel?';
export const answer: ModelScript = { text: ['On ', 'its ', 'way', '.'], usage };
export const structured: ModelScript = { text: '{"place":"Lyon"}', usage };
export const schema: z.ZodObject<{ place: z.ZodString }> = z.object({ place: z.string() });
const agent = 'invoke_agent desk';
export const run: ExpectedSpan = { name: agent, parent: undefined };
export const call: ExpectedSpan = { name: 'chat gpt-5-mini', parent: agent };
export const answered: ExpectedSpan = { ...call, tokens, finishReasons: ['stop'] };
export const streamed: ExpectedSpan = { ...answered, firstChunk: true };
export const asked: ExpectedSpan = { ...call, tokens, finishReasons: ['tool_call'] };
export const embeddings: ExpectedSpan = {
  name: 'embeddings text-embedding-3-small',
  parent: undefined,
};
export const toolSpan = (name: string): ExpectedSpan => ({
  name: `execute_tool ${name}`,
  parent: agent,
});
export const loop: readonly ModelScript[] = [
  { toolCalls: [{ name: 'track', arguments: { id: 7 }, id: 'call_1' }], usage },
  { text: 'In Lyon.', usage },
];
export const again = { error: { status: 500, headers: { 'retry-after-ms': '1' } } };

/** Version 6 hands over what an error says, and not its code. */
export const major6 =
  (...spans: readonly ExpectedSpan[]) =>
  ({ major }: Line): readonly ExpectedSpan[] | undefined =>
    major === 6 ? spans : undefined;
/** A call that fails, and the run around it. */
export function failing(errorType: string, more: ExpectedSpan = {}): readonly ExpectedSpan[] {
  return [
    { ...call, ...more, errorType },
    { ...run, errorType },
  ];
}
export const failing6: Case['spansOn'] & {} = major6(...failing('AI_APICallError'));
/** The tool of a stream runs while the stream is read. */
export const streamedLoop: Pick<Case, 'spans'> & Required<Pick<Case, 'spansOn'>> = {
  spans: [asked, toolSpan('track'), streamed, run],
  spansOn: major6(toolSpan('track'), asked, streamed, run),
};

/** What each call is given. */
export function base({ openAi, options, telemetry }: AiSdk): {
  readonly model: LanguageModel;
  readonly prompt: string;
  readonly maxRetries: number;
  readonly timeout?: number;
} {
  const { maxRetries, timeout } = options;
  return {
    model: openAi.chat('gpt-5-mini'),
    prompt,
    maxRetries,
    ...(timeout !== undefined && { timeout }),
    ...telemetry,
  };
}

export type StreamOptions = Partial<Parameters<AiSdk['ai']['streamText']>[0]>;

/** A stream, and the errors that it tells its application. */
export function stream(
  client: AiSdk,
  options: StreamOptions = {},
): { readonly result: ReturnType<AiSdk['ai']['streamText']>; readonly errors: readonly unknown[] } {
  const errors: unknown[] = [];
  const onError = ({ error }: { readonly error: unknown }): void => void errors.push(error);
  const result = client.ai.streamText({ ...base(client), onError, ...options } as Parameters<
    AiSdk['ai']['streamText']
  >[0]);
  return { result, errors };
}

export function tools({ ai: { tool } }: AiSdk): { readonly track: Tool<{ id: number }, string> } {
  const inputSchema = z.object({ id: z.number() });
  const execute = ({ id }: { readonly id: number }): Promise<string> =>
    Promise.resolve(`parcel ${id} is in Lyon`);
  return { track: tool({ description: 'where a parcel is', inputSchema, execute }) };
}

export async function collect<T>(
  source: AsyncIterable<T>,
  most: number = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) {
    all.push(one);
    if (all.length >= most) break;
  }
  return all;
}

/** Without the ids and times that are made anew each time. */
export function stable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? null, (key, member: unknown) => {
      if (['id', 'callId', 'timestamp', 'messageId', 'performance'].includes(key))
        return typeof member;
      if (typeof member === 'string') return member.replaceAll(/127\.0\.0\.1:\d+/g, 'emulator');
      return member instanceof Error ? `${member.name}: ${member.message}` : member;
    }),
  );
}

/** The listeners that are left on a signal when `work` is over. */
export async function withSignal<T>(work: (abort: AbortController) => Promise<T>): Promise<object> {
  const abort = new AbortController();
  const outcome = await work(abort).then(
    (value) => ({ value }),
    (error: Error) => ({ error: `${error.name}: ${error.message}` }),
  );
  return { ...outcome, listeners: getEventListeners(abort.signal, 'abort').length };
}
