import { Readable, Writable } from 'node:stream';
import { context, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { named } from './named-span.ts';
import { collectGarbageUntil } from './collect-garbage.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => context.disable());

/** Answers a piece at a time, the second one after a model call of its own. */
const SOURCES: Record<string, (ask: () => void) => ReadableStream<string> | Readable> = {
  'of the web': (ask) => {
    let turn = 0;
    return new ReadableStream<string>(
      {
        pull(controller) {
          if (turn === 1) ask();
          if (turn === 2) controller.close();
          else controller.enqueue(`piece ${turn}`);
          turn++;
        },
      },
      { highWaterMark: 0 },
    );
  },
  'of Node.js': (ask) => {
    let turn = 0;
    return new Readable({
      objectMode: true,
      highWaterMark: 0,
      read() {
        if (turn === 1) ask();
        this.push(turn === 2 ? null : `piece ${turn}`);
        turn++;
      },
    });
  },
};

function asking({ genAi }: RecordedAgents): () => void {
  return () =>
    genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
      call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
    );
}

describe.each(Object.entries(SOURCES))('work that answers with a stream %s', (_, source) => {
  test('lasts until it is read, and what the stream calls is the run’s', async () => {
    const recorded = recordAgents();
    const { agents, recorder } = recorded;

    const stream = await agents.run(
      { agent: { name: 'writer' }, budget: { tokens: 50 } },
      async (run) => run.step('answer', () => source(asking(recorded))),
    );
    expect(recorder.spans).toEqual([]);
    const pieces: unknown[] = [];
    for await (const piece of stream) pieces.push(piece);
    await Promise.resolve();

    expect(pieces).toEqual(['piece 0', 'piece 1']);
    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'chat gpt-5-mini',
      'step answer',
      'invoke_agent writer',
    ]);
    const run = named(recorder, 'invoke_agent writer');
    expect(run.attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 60,
      'llm_otel.budget.exceeded': ['tokens'],
    });
    expect(named(recorder, 'chat gpt-5-mini').parentSpanContext?.spanId).toBe(
      named(recorder, 'step answer').spanContext().spanId,
    );
  });

  test('may be the stream of a model call, which ends first', async () => {
    const { agents, genAi, recorder } = recordAgents();

    const stream = agents.run('writer', () =>
      genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
        call.stream<ReadableStream<string> | Readable>(
          source(() => undefined),
          () => call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
        ),
      ),
    );
    for await (const _piece of stream);
    await Promise.resolve();

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'chat gpt-5-mini',
      'invoke_agent writer',
    ]);
    expect(recorder.spans[1]?.attributes['llm_otel.rollup.usage.input_tokens']).toBe(60);
  });

  test('ends when its reader leaves', async () => {
    const recorded = recordAgents();
    const run = recorded.agents.startRun('writer');

    for await (const _piece of run.step('answer', () => source(() => undefined))) break;

    await vi.waitFor(() => expect(recorded.recorder.spans).toHaveLength(1));
    expect(named(recorded.recorder, 'step answer').status.code).toBe(SpanStatusCode.UNSET);
  });

  test('fails with it', async () => {
    const recorded = recordAgents();
    const run = recorded.agents.startRun('writer');
    const failure = new TypeError('no more');
    const stream = run.step('answer', () =>
      source(() => {
        throw failure;
      }),
    );

    const read = async (): Promise<void> => {
      for await (const _piece of stream);
    };

    await expect(read()).rejects.toBe(failure);
    expect(named(recorded.recorder, 'step answer').attributes['error.type']).toBe('TypeError');
  });

  test('ends when nobody reads it any more', async () => {
    const recorded = recordAgents();
    const run = recorded.agents.startRun('writer');

    run.step('dropped', () => source(() => undefined));

    await collectGarbageUntil(() => recorded.recorder.spans.length > 0);
    expect(recorded.recorder.spans.map(({ name }) => name)).toEqual(['step dropped']);
  });
});

test('a model call inside of a stream that its reader leaves is over first, and in the totals of the run', async () => {
  const { agents, genAi, recorder } = recordAgents();
  async function* pieces(): AsyncGenerator<string> {
    yield* genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) => {
      call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } });
      return call.stream(ReadableStream.from(['a', 'b', 'c']));
    });
  }

  const stream = agents.run('writer', () => ReadableStream.from(pieces()));
  for await (const _piece of stream) break;

  expect(recorder.spans.map(({ name }) => name)).toEqual([
    'chat gpt-5-mini',
    'invoke_agent writer',
  ]);
  expect(recorder.spans[1]?.attributes['llm_otel.rollup.usage.input_tokens']).toBe(60);
});

test('a stream keeps its kind: that of Node.js its identity, one of bytes its readers, a subclass itself', async () => {
  const { agents, recorder } = recordAgents();
  const run = agents.startRun('writer');
  class Lines extends ReadableStream<string> {
    readonly lines = 3;
  }
  const node = Readable.from(['x']);
  const lines = new Lines();
  const sink = new Writable();
  const locked = new ReadableStream();
  locked.getReader();

  expect(run.step('node', () => node)).toBe(node);
  const bytes = run.step('bytes', () => new ReadableStream({ type: 'bytes' }));
  expect(bytes.getReader({ mode: 'byob' })).toBeInstanceOf(ReadableStreamBYOBReader);
  expect(run.step('lines', () => lines)).toBe(lines);
  expect(run.step('locked', () => locked)).toBe(locked);
  expect(recorder.spans).toEqual([]);

  // What can only be written to is complete when the work is.
  expect(run.step('sink', () => sink)).toBe(sink);
  expect(recorder.spans.map(({ name }) => name)).toEqual(['step sink']);
});

test('a stream of Node.js that was read before, or destroyed, ends its step at once', async () => {
  const { agents, recorder } = recordAgents();
  const run = agents.startRun('writer');
  const read = Readable.from(['x']);
  for await (const _ of read);
  const destroyed = Readable.from(['x']).destroy();

  run.step('read', () => read);
  run.step('destroyed', () => destroyed);

  expect(recorder.spans.map(({ name }) => name)).toEqual(['step read', 'step destroyed']);
});
