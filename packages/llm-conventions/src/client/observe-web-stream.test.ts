import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { createGenAi, geminiInteractionsStream } from '../index.ts';
import { recordSignals } from '../../test/record-signals.ts';
import { startInferenceCall } from './started-call.ts';

afterEach(() => context.disable());

const text = (piece: string): object => ({
  event_type: 'step.delta',
  index: 0,
  delta: { type: 'text', text: piece },
});
const events = [
  text('On '),
  text('its way.'),
  {
    event_type: 'interaction.completed',
    interaction: {
      id: 'i-1',
      status: 'completed',
      usage: { total_input_tokens: 12, total_output_tokens: 5 },
    },
  },
];

/** As a client makes one: a web stream with a class of its own. */
class ClientStream extends ReadableStream<unknown> {}

interface Made {
  readonly stream: ClientStream;
  readonly cancelled: unknown[];
}

function made(error?: Error): Made {
  const cancelled: unknown[] = [];
  let at = 0;
  const source = {
    pull(controller: ReadableStreamDefaultController) {
      if (error !== undefined && at === 2) controller.error(error);
      else if (at < events.length) controller.enqueue(events[at++]);
      else controller.close();
    },
    cancel: (reason: unknown) => void cancelled.push(reason),
  };
  return { stream: new ClientStream(source, { highWaterMark: 0 }), cancelled };
}

/** What a reader of a stream sees, and what was recorded, with or without us. */
async function seen(
  read: (stream: ClientStream) => unknown,
  { observed, error, proxied }: { observed: boolean; error?: Error; proxied?: boolean },
): Promise<{ readonly user: unknown; readonly span: unknown }> {
  const { tracer, meter, clock, spans } = recordSignals();
  const { stream, cancelled } = made(error);
  const given = proxied === true ? proxyOf(stream) : stream;
  if (observed)
    startInferenceCall(
      createGenAi({ tracer, meter, clock }),
      { provider: 'gcp.gemini', stream: true },
      { response: () => ({}), stream: () => geminiInteractionsStream },
      { timeoutMillis: undefined },
    ).parsed(given);
  const result = await Promise.resolve(read(given)).catch((thrown: unknown) => ({ thrown }));
  const [span] = spans();
  return {
    user: { result, cancelled, keys: Object.keys(stream), locked: stream.locked },
    span: span && {
      outcome: span.attributes['llm_otel.stream.outcome'],
      error: span.attributes['error.type'],
      tokens: span.attributes['gen_ai.usage.output_tokens'],
    },
  };
}

/** A client may wrap its stream once more: only its iterator is another one. */
function proxyOf(stream: ClientStream): ClientStream {
  return new Proxy(stream, {
    get(target, key) {
      if (key === Symbol.asyncIterator) return () => target[Symbol.asyncIterator]();
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function all(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const sink = (failing?: Error): WritableStream =>
  new WritableStream({
    write() {
      if (failing !== undefined) throw failing;
    },
  });
const full = { outcome: 'completed', tokens: 5 };
const left = { outcome: 'cancelled' };
const socketError = Object.assign(new Error('cut'), { code: 'ECONNRESET' });
const sinkError = Object.assign(new Error('full'), { code: 'ENOSPC' });

type Row = readonly [string, (stream: ClientStream) => unknown, object];

const rows: readonly Row[] = [
  ['a loop', all, full],
  ['values()', (stream) => all(stream.values()), full],
  [
    'a reader',
    async (stream) => {
      const reader = stream.getReader();
      const steps = [await reader.read(), await reader.read(), await reader.read()];
      const native = reader instanceof ReadableStreamDefaultReader;
      return [steps, await reader.read(), await reader.closed, native];
    },
    full,
  ],
  [
    'several reads at once',
    (stream) => {
      const reader = stream.getReader();
      return Promise.all(Array.from({ length: 5 }, () => reader.read()));
    },
    full,
  ],
  [
    'one reader after another',
    async (stream) => {
      const reader = stream.getReader();
      const first = await reader.read();
      reader.releaseLock();
      return [first, await all(stream)];
    },
    full,
  ],
  [
    'a loop that may be left, and another one',
    async (stream) => {
      for await (const chunk of stream.values({ preventCancel: true })) {
        if (chunk !== undefined) break;
      }
      return all(stream);
    },
    full,
  ],
  [
    'tee',
    async (stream) => {
      const [one, other] = stream.tee();
      return [await all(one), await all(other), stream.locked];
    },
    full,
  ],
  ['pipeTo', (stream) => stream.pipeTo(sink()), full],
  [
    'pipeThrough',
    (stream) => all(stream.pipeThrough(new TransformStream<unknown, unknown>())),
    full,
  ],
  ['ReadableStream.from', (stream) => all(ReadableStream.from(stream)), full],
  [
    'a loop, which is read once more',
    async (stream) => [await all(stream), await all(stream)],
    full,
  ],
  [
    'a loop that is left',
    async (stream) => {
      for await (const chunk of stream) return chunk;
      return undefined;
    },
    left,
  ],
  [
    'a loop that throws',
    async (stream) => {
      for await (const chunk of stream) throw new Error(`no use for ${typeof chunk}`);
    },
    left,
  ],
  ['cancel', (stream) => stream.cancel('enough'), left],
  [
    'cancel of a reader',
    async (stream) => {
      const reader = stream.getReader();
      return [await reader.read(), await reader.cancel('enough'), await reader.read()];
    },
    left,
  ],
  [
    'tee, both of which are cancelled',
    async (stream) => {
      const [one, other] = stream.tee();
      return Promise.all([one.cancel('a'), other.cancel('b')]);
    },
    left,
  ],
  [
    'a pipe whose sink fails',
    (stream) => stream.pipeTo(sink(sinkError)),
    { outcome: 'failed', error: 'ENOSPC' },
  ],
  [
    'what is locked',
    async (stream) => {
      const reader = stream.getReader();
      const refused = [
        await stream.cancel().catch((error: unknown) => String(error)),
        await stream.pipeTo(sink()).catch((error: unknown) => String(error)),
      ];
      const thrown = [
        () => stream.getReader(),
        () => stream.tee(),
        () => stream.values(),
        () => stream.pipeThrough(new TransformStream()),
      ].map((call) => {
        try {
          return call();
        } catch (error) {
          return String(error);
        }
      });
      reader.releaseLock();
      return [refused, thrown, await all(stream)];
    },
    full,
  ],
];

describe('a web stream that is observed in place is the same to its reader, and seen once:', () => {
  test.each(rows)('%s', async (_name, read, span) => {
    const bare = await seen(read, { observed: false });
    const observed = await seen(read, { observed: true });

    expect(observed.user).toEqual(bare.user);
    expect(observed.span).toMatchObject(span);
  });

  test.each(rows.filter(([name]) => name !== 'what is locked'))(
    '%s, of a proxy',
    async (_name, read, span) => {
      const bare = await seen(read, { observed: false, proxied: true });
      const observed = await seen(read, { observed: true, proxied: true });

      expect(observed.user).toEqual(bare.user);
      expect(observed.span).toMatchObject(span);
    },
  );

  test.each(rows.slice(0, 3))('an error of the source, in %s', async (_name, read) => {
    const bare = await seen(read, { observed: false, error: socketError });
    const observed = await seen(read, { observed: true, error: socketError });

    expect(observed.user).toEqual(bare.user);
    expect(observed.user).toMatchObject({ result: { thrown: socketError } });
    expect(observed.span).toMatchObject({ outcome: 'failed', error: 'ECONNRESET' });
  });

  test.each([
    ['tee', (stream: ClientStream) => all(stream.tee()[0])],
    ['pipeTo', (stream: ClientStream) => stream.pipeTo(sink())],
    ['pipeThrough', (stream: ClientStream) => all(stream.pipeThrough(new TransformStream()))],
  ])('an error of the source, in %s', async (_name, read) => {
    const observed = await seen(read, { observed: true, error: socketError });

    expect(observed.user).toMatchObject({ result: { thrown: socketError } });
    expect(observed.span).toMatchObject({ outcome: 'failed', error: 'ECONNRESET' });
  });

  test('an iterator that is made of a reader, as where a runtime has none, is seen once', async () => {
    const { tracer, meter, clock, spans } = recordSignals();
    class OldStream extends ReadableStream<unknown> {
      override [Symbol.asyncIterator](): ReturnType<ReadableStream<unknown>['values']> {
        const reader = this.getReader();
        const iterator = {
          next: async () => reader.read(),
          return: async () => ({ done: true, value: await reader.cancel() }),
          [Symbol.asyncIterator]: () => iterator,
        };
        return iterator as unknown as ReturnType<ReadableStream<unknown>['values']>;
      }
    }
    const stream = new OldStream({
      start(controller) {
        for (const event of events) controller.enqueue(event);
        controller.close();
      },
    });
    const genAi = createGenAi({ tracer, meter, clock, content: 'span' });
    startInferenceCall(
      genAi,
      { provider: 'gcp.gemini', stream: true },
      { response: () => ({}), stream: () => geminiInteractionsStream },
      { timeoutMillis: undefined },
    ).parsed(stream);

    expect(await all(stream)).toEqual(events);
    expect(spans()[0]?.attributes['gen_ai.output.messages']).toMatch(/"On its way\."/);
  });
});
