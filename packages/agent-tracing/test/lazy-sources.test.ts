// What is given to call.stream may ask its model only when it is read: a generator, a stream that is pulled from.
import { Readable } from 'node:stream';
import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { type StreamSource } from '@llm-otel/llm-conventions';
import type { RunUsage } from '../src/index.ts';
import {
  exported,
  type ForeignApplication,
  foreignApplication,
  INPUT,
  observed,
  request,
  sumOf,
} from './foreign-application.ts';
import { recordAgents } from './record-agents.ts';

afterEach(() => context.disable());

const sources: Record<string, (ask: () => void) => StreamSource> = {
  'a generator': (ask) => generator(ask),
  'what has an iterator': (ask) => ({ [Symbol.asyncIterator]: () => generator(ask) }),
  'a ReadableStream that is pulled from': (ask) => pulled(ask, 0),
  'a ReadableStream that fetches ahead': (ask) => pulled(ask, 1),
  'a stream of Node.js': (ask) => Readable.from(generator(ask)),
};

async function* generator(ask: () => void) {
  await Promise.resolve();
  ask();
  yield { text: 'a' };
  await Promise.resolve();
  yield { text: 'b' };
}

function pulled(ask: () => void, highWaterMark: number): ReadableStream<unknown> {
  const source = generator(ask);
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark },
  );
}

async function read(stream: unknown): Promise<void> {
  for await (const _ of stream as AsyncIterable<unknown>);
}

function answered(app: ForeignApplication, source: (ask: () => void) => StreamSource): unknown {
  return app.genAi.inference({ ...request, stream: true }, (call) => {
    const id = { id: 'r-1' };
    call.recordResponse(id);
    return call.stream(source(() => observed(app, 'r-1')));
  });
}

describe.each(Object.entries(sources))('%s', (_, source) => {
  test('asks inside of the call it is given to, so that the call counts once', async () => {
    const app = foreignApplication();

    await app.agents.run('writer', async (run) => {
      const stream = answered(app, source);
      await read(stream);
      expect(run.usage).toMatchObject({ inputTokens: 60, inferenceCalls: 1 });
    });

    expect(sumOf(exported(app), INPUT)).toBe(60);
    const [inner, outer] = app.recorder.spans.filter(({ name }) => name.startsWith('chat'));
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
  });

  test('does so also in a step that hands it out, and leaves the context of the reader alone', async () => {
    const app = foreignApplication();
    const KEY = Symbol('reader');
    const reader = context.active().setValue(KEY, 'here');

    await app.agents.run('writer', async (run) => {
      const stream = await run.step('ask', () => answered(app, source));
      await context.with(reader, async () => {
        for await (const _ of stream as AsyncIterable<unknown>)
          expect(context.active().getValue(KEY)).toBe('here');
      });
      expect(run.usage).toMatchObject({ inputTokens: 60, inferenceCalls: 1 });
    });

    expect(sumOf(exported(app), INPUT)).toBe(60);
  });
});

test('a reader whose signal ends the outer stream before the one that is read inside: one call, told by the inner one', async () => {
  const { agents, genAi, recorder } = recordAgents();
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const stop = new AbortController();
  const asked = (): Promise<AsyncIterable<object>> =>
    genAi.inference({ ...request, stream: true }, (call) => {
      call.recordResponse({ id: 'r-1', usage: { inputTokens: 40, outputTokens: 6 } });
      return Promise.resolve(call.stream(generator(() => {})));
    });
  async function* lazy() {
    try {
      yield* await asked();
    } finally {
      resolve();
    }
  }

  let usage: RunUsage | undefined;
  await agents.run('reader', async (run) => {
    const stream = genAi.inference({ ...request, stream: true }, (call) =>
      call.stream(lazy(), undefined, { signal: stop.signal }),
    );
    for await (const _ of stream) {
      stop.abort();
      // What aborts is told in a microtask, before the next chunk is asked for.
      await Promise.resolve();
      await Promise.resolve();
    }
    await over;
    usage = run.usage;
  });

  expect(usage).toMatchObject({ inputTokens: 40, outputTokens: 6, inferenceCalls: 1 });
  expect(recorder.spans.at(-1)?.attributes).not.toHaveProperty('llm_otel.rollup.partial');
});
