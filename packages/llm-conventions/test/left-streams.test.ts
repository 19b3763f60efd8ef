// A stream that is observed twice, inside and around, and whose reader leaves before its end: it is what it is where it is read to the end.
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  bedrockStream,
  createGenAi,
  openAiChatStream,
  type StreamFormat,
  type StreamSource,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

type Chunks = AsyncIterable<unknown>;

interface Told {
  readonly format: StreamFormat;
  readonly chunks: readonly unknown[];
  /** The reader leaves behind so many. */
  readonly leaveAfter: number;
  readonly calls: number;
  readonly tokens: readonly [input: number, output: number];
}

const usage = { prompt_tokens: 1000, completion_tokens: 100 };
const chunk = (id: string | undefined, delta: object, more: object = {}): object => ({
  ...(id !== undefined && { id }),
  object: 'chat.completion.chunk',
  model: 'gpt-5-mini',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
});
const answer = (id: string): object[] => [
  chunk(id, { role: 'assistant', content: '' }),
  chunk(id, { content: 'Hi' }),
  chunk(id, {}, { choices: [{ index: 0, delta: {}, finish_reason: 'length' }] }),
  chunk(id, {}, { choices: [], usage }),
];

const cases: Readonly<Record<string, Told>> = {
  'one answer, of which all was told': {
    format: openAiChatStream,
    chunks: [...answer('a'), chunk('a', {})],
    leaveAfter: 4,
    calls: 1,
    tokens: [1000, 100],
  },
  'one answer, of which nothing was told': {
    format: openAiChatStream,
    chunks: answer('a'),
    leaveAfter: 2,
    calls: 1,
    tokens: [0, 0],
  },
  'one answer without an id': {
    format: openAiChatStream,
    chunks: [1, 2, 3].map(() => chunk(undefined, { content: 'Hi' }, { usage })),
    leaveAfter: 2,
    calls: 1,
    tokens: [1000, 100],
  },
  'one answer of an API without ids': {
    format: bedrockStream,
    chunks: [
      { messageStart: { role: 'assistant' } },
      { messageStop: { stopReason: 'end_turn' } },
      { metadata: { usage: { inputTokens: 1000, outputTokens: 100, totalTokens: 1100 } } },
    ],
    leaveAfter: 3,
    calls: 1,
    tokens: [1000, 100],
  },
  'two answers, of which the first is told': {
    format: openAiChatStream,
    chunks: [...answer('a'), ...answer('b')],
    leaveAfter: 6,
    calls: 2,
    tokens: [1000, 100],
  },
  'two answers, of which both are told': {
    format: openAiChatStream,
    chunks: [...answer('a'), ...answer('b')],
    leaveAfter: 8,
    calls: 2,
    tokens: [2000, 200],
  },
};

/** How the stream that is observed inside reaches the call around it. */
const handedOn: Readonly<Record<string, (inner: Chunks) => Chunks>> = {
  'as it is': (inner) => inner,
  'by a generator': async function* (inner) {
    yield* inner;
  },
  'by a loop': async function* (inner) {
    for await (const each of inner) yield each;
  },
  'as a web stream': webStreamOf,
};

function webStreamOf(source: Chunks): Chunks {
  return ReadableStream.from(source);
}

async function readOn(iterator: AsyncIterator<unknown>, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await iterator.next();
}

const ways: Readonly<Record<string, (stream: Chunks, count: number) => Promise<unknown>>> = {
  async break(stream, count) {
    for await (const _ of stream) if (--count === 0) break;
  },
  async 'return()'(stream, count) {
    const iterator = stream[Symbol.asyncIterator]();
    await readOn(iterator, count);
    await iterator.return?.();
  },
  async 'disposal of its iterator'(stream, count) {
    const iterator = stream[Symbol.asyncIterator]();
    await readOn(iterator, count);
    const { [Symbol.asyncDispose]: dispose } = iterator as Partial<AsyncDisposable>;
    await (dispose === undefined ? iterator.return?.() : dispose.call(iterator));
  },
  async 'cancel() of a web stream made of it'(stream, count) {
    const reader = ReadableStream.from(stream).getReader();
    for (let n = 0; n < count; n++) await reader.read();
    await reader.cancel();
  },
};

/** Two calls, the one around with `outer` as its stream, which is not asked to close before the test says so. */
function startBoth() {
  const recording = recordSignals();
  const genAi = createGenAi(recording);
  const request = { provider: 'openai', model: 'gpt-5-mini', stream: true } as const;
  const call = genAi.startInference(request);
  const inner = context.with(call.context, () => genAi.startInference(request));
  const outcomes = (): unknown[] =>
    recording.spans().map(({ attributes }) => attributes['llm_otel.stream.outcome']);
  return { ...recording, call, inner, outcomes };
}

/** Its iterator closes when `closed` settles. */
function closing(closed: Promise<unknown>, onReturn = (): void => {}): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false, value: answer('a')[1] }),
      return: () => {
        onReturn();
        return closed.then(() => ({ done: true, value: 'closed' }));
      },
    }),
  };
}

test('a stream of Node.js that is made of one, and is left, throws its own error into it, which is no failure', async () => {
  const { call, inner, outcomes } = startBoth();
  async function* endless(): AsyncGenerator {
    for (;;) yield await Promise.resolve(answer('a')[1]);
  }

  const stream = call.stream(Readable.from(inner.stream(endless())));
  for await (const _ of stream) break;
  await nextTurn();

  expect(outcomes()).toEqual(['cancelled', 'cancelled']);
});

describe('a stream with a call inside that is not over', () => {
  test('is waited for while it closes, and what it answers is handed on', async () => {
    const { call, outcomes, clock } = startBoth();
    let close = (): void => {};
    const closed = new Promise<void>((resolve) => (close = resolve));
    const iterator = call.stream(closing(closed))[Symbol.asyncIterator]();

    const left = iterator.return?.();
    expect(outcomes()).toEqual([]);
    close();

    expect(await left).toEqual({ done: true, value: 'closed' });
    expect(outcomes()).toEqual(['cancelled']);
    expect(clock.timers()).toBe(0);
  });

  const sources = { 'an iterable': (source: Chunks) => source, 'a web stream': webStreamOf };
  test.each(Object.entries(sources))(
    'that never closes is over at the end of the turn: %s',
    (_, make) => {
      const { call, outcomes, clock } = startBoth();
      const stream = call.stream(make(closing(new Promise(() => {}))));

      void stream[Symbol.asyncIterator]().return?.();
      clock.advance(0);

      expect(outcomes()).toEqual(['cancelled']);
      expect(clock.timers()).toBe(0);
    },
  );

  test.each([
    ['fails', () => Promise.reject(new Error('cannot close'))],
    [
      'throws',
      (): never => {
        throw new Error('cannot close');
      },
    ],
  ])('that %s to close is left all the same, with its error for the reader', async (_, close) => {
    const { call, outcomes, clock } = startBoth();
    const next = (): Promise<IteratorResult<number>> => Promise.resolve({ done: false, value: 1 });
    const source = { [Symbol.asyncIterator]: () => ({ next, return: close }) };
    const iterator: AsyncIterator<unknown> = call.stream(source)[Symbol.asyncIterator]();

    await expect(iterator.return?.()).rejects.toThrow('cannot close');
    clock.advance(0);

    expect(outcomes()).toEqual(['cancelled']);
    expect(clock.timers()).toBe(0);
  });

  test('is left also where its source aborts its own request as it closes', async () => {
    const { call, outcomes, clock } = startBoth();
    const abort = new AbortController();
    const closed = new Promise((resolve) => {
      abort.signal.addEventListener('abort', () => queueMicrotask(() => resolve(undefined)));
    });
    const source = closing(closed, () => abort.abort());
    const stream = call.stream(source, undefined, { signal: abort.signal });
    const iterator = stream[Symbol.asyncIterator]();

    await iterator.return?.();
    clock.advance(0);

    expect(outcomes()).toEqual(['cancelled']);
  });
});

describe.each(Object.entries(cases))('%s', (_, told) => {
  describe.each(Object.entries(handedOn))('handed on %s', (_how, handOn) => {
    test.each(Object.entries(ways))('counts once, left with %s', async (_way, leave) => {
      const recording = recordSignals();
      const genAi = createGenAi(recording);
      const request = { provider: 'openai', model: 'gpt-5-mini', stream: true } as const;
      async function* source(): AsyncGenerator {
        yield* told.chunks;
      }

      await genAi.agentRun({ agent: { name: 'a' } }, async () => {
        const stream = genAi.inference(request, (call) => {
          const inner = genAi.inference(request, (inside) => inside.stream(source(), told.format));
          return call.stream(handOn(inner) as StreamSource, told.format) as Chunks;
        });
        await leave(stream, told.leaveAfter);
      });

      const spans = recording.spans().filter(({ name }) => name.startsWith('chat'));
      expect(spans.map(({ attributes }) => attributes['llm_otel.stream.outcome'])).toEqual([
        'cancelled',
        'cancelled',
      ]);
      const sum = (name: string): number =>
        spans.reduce((total, { attributes }) => total + Number(attributes[name] ?? 0), 0);
      expect([sum('gen_ai.usage.input_tokens'), sum('gen_ai.usage.output_tokens')]).toEqual(
        told.tokens,
      );
      const points = await recording.points();
      const sumOf = (metric: string): number =>
        points.filter((point) => point.metric === metric).reduce((all, { sum }) => all + sum, 0);
      expect(sumOf('gen_ai.invoke_agent.inference_calls')).toBe(told.calls);
      expect(sumOf('gen_ai.client.inference.usage.input_tokens')).toBe(told.tokens[0]);
      expect(recording.clock.timers()).toBe(0);
    });
  });
});
