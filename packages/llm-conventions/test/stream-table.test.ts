import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { context, diag } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createGenAi, type InferenceCall } from '../src/index.ts';
import { ClientStream } from './client-stream.ts';
import { messageErrors } from './message-shapes.ts';
import { JSON_TEXT, type ProviderStream, providerStreams, TEXT } from './provider-streams.ts';
import { type Recording, recordSignals } from './record-signals.ts';

const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => void rejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', onRejection));
afterAll(() => void process.off('unhandledRejection', onRejection));
afterEach(() => context.disable());

const socketError = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
const PIECES = { text: [TEXT], json: [JSON_TEXT] };

interface Started extends Recording {
  readonly call: InferenceCall;
}

function start(content: 'none' | 'span' = 'span'): Started {
  const recording = recordSignals();
  const { tracer, meter, clock } = recording;
  const genAi = createGenAi({ tracer, meter, clock, content });
  return { ...recording, call: genAi.startInference({ provider: 'p', stream: true }) };
}

interface Source {
  readonly chunks: readonly unknown[];
  /** Thrown after the chunks. */
  readonly error?: Error;
  /** Never ends after the chunks. */
  readonly hangs?: boolean;
}

function iterable(source: Source): AsyncGenerator {
  return disposable(generator(source));
}

async function* generator({ chunks, error, hangs }: Source): AsyncGenerator {
  yield* chunks;
  if (error !== undefined) throw error;
  if (hangs === true) await new Promise(() => {});
}

function webStream({ chunks, error, hangs }: Source): ReadableStream {
  let at = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        if (at < chunks.length) controller.enqueue(chunks[at++]);
        else if (error !== undefined) controller.error(error);
        else if (hangs === true) await new Promise(() => {});
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function nodeStream({ chunks, error, hangs }: Source): Readable {
  let at = 0;
  return new Readable({
    objectMode: true,
    read() {
      if (at < chunks.length) this.push(chunks[at++]);
      else if (error !== undefined) this.destroy(error);
      else if (hangs !== true) this.push(null);
    },
  });
}

const kinds = [
  ['an async iterable', iterable],
  ['a web stream', webStream],
  ['a stream of Node.js', nodeStream],
  ['the stream of a client', (source: Source) => new ClientStream(() => iterable(source))],
] as const;

type Kind = (typeof kinds)[number][0];

interface Ending {
  readonly outcome: string;
  readonly errorType?: string | ((provider: ProviderStream) => string);
  /** Of those streams alone that can be read in this way. */
  readonly of?: readonly Kind[];
  source?(provider: ProviderStream): Source;
  read(stream: AsyncIterable<unknown>, started: Started, abort: AbortController): Promise<void>;
}

async function readAll(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** As `await using` does it, where the runtime knows that. */
async function dispose(resource: unknown): Promise<void> {
  const disposable = resource as AsyncDisposable;
  if (typeof AsyncDisposableStack === 'undefined') {
    await disposable[Symbol.asyncDispose]();
    return;
  }
  await using stack = new AsyncDisposableStack();
  stack.use(disposable);
}

/** An iterator of the runtime; old ones cannot be disposed of. */
function disposable<T extends AsyncIterator<unknown>>(iterator: T): T {
  if (Symbol.asyncDispose in iterator) return iterator;
  return Object.assign(iterator, { [Symbol.asyncDispose]: () => iterator.return?.() });
}

const endings: Readonly<Record<string, Ending>> = {
  completion: { outcome: 'completed', read: readAll },
  tee: {
    outcome: 'completed',
    of: ['a web stream', 'the stream of a client'],
    async read(stream) {
      for (const branch of (stream as unknown as ReadableStream).tee()) await readAll(branch);
    },
  },
  'toReadableStream()': {
    outcome: 'completed',
    of: ['the stream of a client'],
    read: (stream) => readAll((stream as ClientStream).toReadableStream()),
  },
  'toReadableStream() that is cancelled': {
    outcome: 'cancelled',
    of: ['the stream of a client'],
    async read(stream) {
      const reader = (stream as ClientStream).toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    },
  },
  'a web stream made of it': {
    outcome: 'completed',
    of: ['an async iterable', 'the stream of a client', 'a stream of Node.js'],
    read: (stream) => readAll(ReadableStream.from(stream)),
  },
  'await using': {
    outcome: 'cancelled',
    of: ['an async iterable', 'a stream of Node.js'],
    async read(stream) {
      await stream[Symbol.asyncIterator]().next();
      await dispose(stream);
    },
  },
  'await using, unread': {
    outcome: 'cancelled',
    of: ['an async iterable', 'a stream of Node.js'],
    read: dispose,
  },
  'await using of its iterator': {
    outcome: 'cancelled',
    async read(stream) {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await dispose(disposable(iterator));
    },
  },
  break: {
    outcome: 'cancelled',
    async read(stream) {
      for await (const _ of stream) break;
    },
  },
  'return()': {
    outcome: 'cancelled',
    async read(stream) {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.return?.();
    },
  },
  'a throw of the reader': {
    outcome: 'cancelled',
    async read(stream) {
      const reading = (async () => {
        for await (const _ of stream) throw new Error('mine');
      })();
      await expect(reading).rejects.toThrow('mine');
    },
  },
  abort: {
    outcome: 'failed',
    errorType: 'AbortError',
    async read(stream, _, abort) {
      for await (const _chunk of stream) abort.abort();
    },
  },
  'a socket error': {
    outcome: 'failed',
    errorType: 'ECONNRESET',
    source: (provider) => ({ chunks: provider.chunks(PIECES).slice(0, 2), error: socketError }),
    async read(stream) {
      await expect(readAll(stream)).rejects.toBe(socketError);
    },
  },
  'an error event': {
    outcome: 'failed',
    errorType: ({ errorEvent }) => errorEvent[1],
    source: (provider) => ({
      chunks: [...provider.chunks(PIECES).slice(0, 2), provider.errorEvent[0]],
    }),
    read: readAll,
  },
  'an error event that is then thrown': {
    outcome: 'failed',
    errorType: ({ errorEvent }) => errorEvent[1],
    source: (provider) => ({
      chunks: [...provider.chunks(PIECES).slice(0, 2), provider.errorEvent[0]],
      error: socketError,
    }),
    async read(stream) {
      await expect(readAll(stream)).rejects.toBe(socketError);
    },
  },
  'the deadline': {
    outcome: 'failed',
    errorType: 'timeout',
    source: (provider) => ({ chunks: provider.chunks(PIECES).slice(0, 2), hangs: true }),
    async read(stream, { clock }) {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      await iterator.next();
      void iterator.next();
      clock.advance(60_000);
    },
  },
};

describe.each(providerStreams)('$provider:', (provider) => {
  describe.each(kinds)('the span of %s ends exactly once', (kind, make) => {
    const its = Object.entries(endings).filter(([, ending]) => ending.of?.includes(kind) ?? true);
    test.each(its)('on %s', async (_ending, ending) => {
      const started = start();
      const { call, spans, clock } = started;
      const abort = new AbortController();
      const source = ending.source?.(provider) ?? { chunks: provider.chunks(PIECES) };

      const stream = call.stream(make(source) as AsyncIterable<unknown>, provider.format, {
        signal: abort.signal,
        timeoutMillis: 60_000,
      });
      await ending.read(stream, started, abort);
      // A stream of Node.js tells that it was left in the next tick.
      await nextTurn();
      call.end();
      await nextTurn();

      expect(spans()).toHaveLength(1);
      const attributes = spans()[0]?.attributes ?? {};
      expect(attributes['llm_otel.stream.outcome']).toBe(ending.outcome);
      const { errorType } = ending;
      expect(attributes['error.type']).toBe(
        typeof errorType === 'function' ? errorType(provider) : errorType,
      );
      expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
      expect(clock.timers()).toBe(0);
      expect(rejections).toEqual([]);
    });

    test('when it is dropped unread', async () => {
      const { call, spans } = start();
      const source = { chunks: provider.chunks(PIECES) };

      (() => void call.stream(make(source) as AsyncIterable<unknown>, provider.format))();
      await collectGarbageUntil(() => spans().length > 0);

      expect(spans().map(({ attributes }) => attributes['llm_otel.stream.outcome'])).toEqual([
        'dropped',
      ]);
      expect(rejections).toEqual([]);
    });
  });

  test('the span tells what the stream told: answer, reasons, usage, model', async () => {
    const { call, spans } = start();

    await readAll(call.stream(iterable({ chunks: provider.chunks(PIECES) }), provider.format));

    const attributes = spans()[0]?.attributes ?? {};
    const messages: unknown = JSON.parse(String(attributes['gen_ai.output.messages']));
    expect(messageErrors(messages)).toEqual([]);
    expect(messages).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: TEXT },
          { type: 'tool_call', id: 't-1', name: 'weather', arguments: { city: 'Zürich', days: 3 } },
        ],
      },
    ]);
    expect(attributes).toMatchObject({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 40,
      'gen_ai.usage.output_tokens': 30,
      // Gemini stops, whatever it stops for.
      'gen_ai.response.finish_reasons': [provider.provider === 'gcp.gemini' ? 'stop' : 'tool_call'],
    });
    expect(attributes['gen_ai.response.id']).toBe(provider.tells.id);
    expect(attributes['gen_ai.response.model']).toBe(provider.tells.model);
  });

  test('a stream that breaks off tells what it had delivered', async () => {
    const { call, spans } = start();
    const all = provider.chunks({ text: ['It is ', 'cold'], json: [JSON_TEXT] });
    const cut = all.findIndex((chunk) => JSON.stringify(chunk).includes('cold')) + 1;
    const source = iterable({ chunks: all.slice(0, cut), error: socketError });

    await expect(readAll(call.stream(source, provider.format))).rejects.toBe(socketError);

    const { attributes } = spans()[0]!;
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['error']);
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'It is cold' }] },
    ]);
  });

  test.each(['none', 'span'] as const)(
    'a stream that ends in peace before its answer has is incomplete (content: %s)',
    async (content) => {
      const { call, spans } = start(content);
      // Gemini tells it in the second chunk.
      const atStart = provider.chunks(PIECES).slice(0, 1);

      await readAll(call.stream(iterable({ chunks: atStart }), provider.format));

      const { attributes } = spans()[0]!;
      expect(attributes).toMatchObject({
        'gen_ai.response.finish_reasons': ['error'],
        'llm_otel.stream.outcome': 'failed',
        'error.type': 'incomplete_stream',
      });
    },
  );

  test('a stream that its reader leaves has no reason', async () => {
    const { call, spans } = start();

    for await (const _ of call.stream(
      iterable({ chunks: provider.chunks(PIECES) }),
      provider.format,
    ))
      break;

    expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('cancelled');
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
  });

  test.each([
    ['bytes', new TextEncoder().encode('data: {}\n\n')],
    ['text', 'data: {}\n\n'],
  ])('a stream of %s is passed on, with one hint that no format can read it', async (_, chunk) => {
    const logged = vi.fn<(message: string) => void>();
    diag.setLogger({ error: logged, warn: logged, info: logged, debug: logged, verbose: logged });
    logged.mockClear();
    const { tracer, clock, spans } = recordSignals();
    const genAi = createGenAi({ tracer, clock });

    for (let n = 0; n < 2; n++) {
      const call = genAi.startInference({ provider: 'p', stream: true });
      await readAll(call.stream(iterable({ chunks: [chunk, chunk] }), provider.format));
    }
    diag.disable();

    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[0]).toContain('bytes or text');
    // Nothing is known of it, so that nothing is said.
    for (const { attributes } of spans())
      expect(attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
    expect(spans()).toHaveLength(2);
  });

  test('without content nothing of the answer is kept', async () => {
    const { call, spans } = start('none');

    await readAll(call.stream(iterable({ chunks: provider.chunks(PIECES) }), provider.format));

    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.output.messages');
    expect(spans()[0]?.attributes['gen_ai.usage.output_tokens']).toBe(30);
  });

  test('any chunking of the same answer gives the same span', async () => {
    await fc.assert(
      fc.asyncProperty(cutsOf(TEXT), cutsOf(JSON_TEXT), fc.boolean(), async (text, json, web) => {
        const whole = await attributesOf(provider, iterable({ chunks: provider.chunks(PIECES) }));
        const source = { chunks: provider.chunks({ text, json }) };
        const make = web ? webStream : iterable;

        expect(
          await attributesOf(provider, make(source) as unknown as AsyncIterable<unknown>),
        ).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('chunks of any kind neither throw nor end the span', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.anything({ withBigInt: true }), { maxLength: 5 }),
        async (junk) => {
          const { call, spans } = start();
          const chunks = [...junk, ...provider.chunks(PIECES)];

          await readAll(call.stream(iterable({ chunks }), provider.format));

          expect(spans()).toHaveLength(1);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('the time to the first chunk and the mean time between chunks stand on the span', async () => {
  const { call, spans, clock } = start();
  const stream = call.stream(iterable({ chunks: [1, 2, 3] }));

  clock.advance(250);
  for await (const _ of stream) clock.advance(100);

  expect(spans()[0]?.attributes).toMatchObject({
    'gen_ai.response.time_to_first_chunk': 0.25,
    'llm_otel.stream.time_per_output_chunk': 0.1,
  });
  expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.usage.output_tokens');
});

/** `text` cut into pieces, in the middle of characters of two units too. */
function cutsOf(text: string): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 })).map((cuts) => {
    const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return at.slice(1).map((end, index) => text.slice(at[index], end));
  });
}

async function attributesOf(
  provider: ProviderStream,
  source: AsyncIterable<unknown>,
): Promise<object> {
  const { call, spans } = start();
  await readAll(call.stream(source, provider.format));
  const attributes = { ...spans()[0]?.attributes };
  // How the chunks came is all that may differ.
  delete attributes['gen_ai.response.time_to_first_chunk'];
  delete attributes['llm_otel.stream.time_per_output_chunk'];
  return attributes;
}

/** Collects garbage, a turn of the loop each time, so that finalizers run. No waiting. */
async function collectGarbageUntil(done: () => boolean, turns = 200): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let turn = 0; turn < turns && !done(); turn++) {
    collect();
    await nextTurn();
  }
}
