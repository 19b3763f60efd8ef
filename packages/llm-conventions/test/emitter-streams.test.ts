// Streams and clients that tell what happens to them as events, read in each of the ways there are.
import { EventEmitter, once } from 'node:events';
import { addAbortSignal, PassThrough, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { context } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createGenAi, type InferenceCall } from '../src/index.ts';
import { JSON_TEXT, providerStreams, TEXT } from './provider-streams.ts';
import { type Recording, recordSignals } from './record-signals.ts';

const rejections: unknown[] = [];
const onRejection = (reason: unknown): void => void rejections.push(reason);
beforeAll(() => void process.on('unhandledRejection', onRejection));
afterAll(() => void process.off('unhandledRejection', onRejection));
afterEach(() => {
  context.disable();
  expect(rejections).toEqual([]);
});

const broken = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

function start(): Recording & { readonly call: InferenceCall } {
  const recording = recordSignals();
  const { tracer, meter, clock } = recording;
  const genAi = createGenAi({ tracer, meter, clock, content: 'span' });
  return { ...recording, call: genAi.startInference({ provider: 'p', stream: true }) };
}

function outcomes(spans: Recording['spans']): unknown[] {
  return spans().map(({ attributes }) => [
    attributes['llm_otel.stream.outcome'],
    attributes['error.type'],
  ]);
}

/** Ends after `chunks`, or fails with `error`. */
function readable(chunks: readonly unknown[], error?: Error): Readable {
  const left = [...chunks];
  return new Readable({
    objectMode: true,
    read() {
      if (left.length > 0) this.push(left.shift());
      else if (error === undefined) this.push(null);
      else this.destroy(error);
    },
  });
}

function collecting(into: unknown[]): Writable {
  return new Writable({
    objectMode: true,
    write(chunk, _, done) {
      into.push(chunk);
      done();
    },
  });
}

/** Every way to read a stream of Node.js. Each resolves when the stream is over, with what was read. */
const ways: Readonly<Record<string, (stream: Readable) => Promise<unknown[]>>> = {
  'data events': async (stream) => {
    const read: unknown[] = [];
    stream.on('data', (chunk) => read.push(chunk));
    await once(stream, 'end');
    return read;
  },
  'read() on readable': async (stream) => {
    const read: unknown[] = [];
    stream.on('readable', () => {
      for (let chunk: unknown = stream.read(); chunk !== null; chunk = stream.read())
        read.push(chunk);
    });
    await once(stream, 'end');
    return read;
  },
  pipe: async (stream) => {
    const read: unknown[] = [];
    await once(stream.pipe(collecting(read)), 'finish');
    return read;
  },
  pipeline: async (stream) => {
    const read: unknown[] = [];
    await pipeline(stream, new PassThrough({ objectMode: true }), collecting(read));
    return read;
  },
  'for await': async (stream) => {
    const read: unknown[] = [];
    for await (const chunk of stream) read.push(chunk);
    return read;
  },
  'toArray()': (stream) => stream.toArray(),
  'Readable.toWeb': async (stream) => {
    const read: unknown[] = [];
    for await (const chunk of Readable.toWeb(stream)) read.push(chunk);
    return read;
  },
};

describe.each(providerStreams)('$provider:', (provider) => {
  const chunks = provider.chunks({ text: [TEXT], json: [JSON_TEXT] });

  test.each(Object.entries(ways))(
    'a stream of Node.js read by %s is one span with the answer',
    async (_, read) => {
      const { call, spans } = start();
      const stream = readable(chunks);

      expect(await read(call.stream(stream, provider.format))).toEqual(chunks);
      await nextTurn();
      call.end();

      expect(outcomes(spans)).toEqual([['completed', undefined]]);
      expect(spans()[0]?.attributes['gen_ai.usage.output_tokens']).toBe(30);
      expect(String(spans()[0]?.attributes['gen_ai.output.messages'])).toContain('It is');
      expect(Object.hasOwn(stream, 'emit')).toBe(false);
    },
  );
});

describe('a stream of Node.js', () => {
  test('over an iterator tells an end when it is destroyed, which is none', async () => {
    const { call, spans } = start();
    const stream = call.stream(Readable.from([1, 2, 3]));
    stream.on('data', () => stream.destroy());
    await once(stream, 'close');

    expect(outcomes(spans)).toEqual([['cancelled', undefined]]);
  });

  test.each(Object.entries(ways))(
    'that fails while it is read by %s fails the call, once',
    async (_, read) => {
      const { call, spans } = start();
      const stream = readable([1, 2], broken);

      const reading = read(call.stream(stream));
      // `pipe` alone does not tell its target that the source has failed.
      if (_ === 'pipe') await expect(once(stream, 'end')).rejects.toBe(broken);
      else await expect(reading).rejects.toBe(broken);
      await nextTurn();

      expect(outcomes(spans)).toEqual([['failed', 'ECONNRESET']]);
    },
  );

  test.each([
    ['destroy()', (stream: Readable): void => void stream.destroy(), 'cancelled', undefined],
    [
      'destroy(error)',
      (stream: Readable): void => void stream.destroy(broken),
      'failed',
      'ECONNRESET',
    ],
    [
      'the target of its pipeline',
      (stream: Readable): void =>
        void pipeline(
          stream,
          new Writable({ objectMode: true, write: (_chunk, _encoding, done) => done(broken) }),
        ).catch(() => undefined),
      'failed',
      'ECONNRESET',
    ],
  ] as const)('that is left by %s ends the call once', async (_, leave, outcome, errorType) => {
    const { call, spans } = start();
    const stream = call.stream(readable([1, 2, 3]));
    stream.on('error', () => undefined);

    leave(stream);
    await once(stream, 'close').catch(() => undefined);

    expect(outcomes(spans)).toEqual([[outcome, errorType]]);
  });

  test('that its own signal aborts fails the call', async () => {
    const { call, spans } = start();
    const abort = new AbortController();
    const stream = call.stream(addAbortSignal(abort.signal, readable([1, 2, 3])));
    stream.on('error', () => undefined);
    stream.on('data', () => abort.abort());
    await once(stream, 'close').catch(() => undefined);

    expect(outcomes(spans)).toEqual([['failed', 'ABORT_ERR']]);
  });

  test('stays itself: not flowing, no listeners, and an error that nobody listens for is still thrown', () => {
    const { call, spans } = start();
    const stream = readable([1]);

    expect(call.stream(stream)).toBe(stream);
    expect(stream.readableFlowing).toBeNull();
    expect(stream.eventNames()).toEqual(readable([1]).eventNames());
    expect(Object.keys(stream)).toEqual(Object.keys(readable([1])));

    expect(() => stream.emit('error', broken)).toThrow(broken);
    expect(outcomes(spans)).toEqual([['failed', 'ECONNRESET']]);
  });

  test.each([
    ['was read to its end', 'completed', undefined],
    ['was destroyed', 'cancelled', undefined],
    ['has failed', 'failed', 'ECONNRESET'],
  ] as const)('that %s before ends the call at once', async (before, outcome, errorType) => {
    const { call, spans, clock } = start();
    const stream = readable(before === 'was read to its end' ? [] : [1]);
    stream.on('error', () => undefined);
    if (before === 'was read to its end') stream.resume();
    else stream.destroy(before === 'has failed' ? broken : undefined);
    await once(stream, 'close').catch(() => undefined);

    expect(call.stream(stream, undefined, { timeoutMillis: 1000 })).toBe(stream);

    expect(outcomes(spans)).toEqual([[outcome, errorType]]);
    expect(clock.timers()).toBe(0);
  });

  test('leaves the emit of its own, and one that was put over ours, alone', async () => {
    const { call } = start();
    const stream = readable([1]);
    const inherited = stream.emit.bind(stream);
    const mine = vi.fn((event: string, ...values: unknown[]): boolean =>
      inherited(event, ...values),
    );
    stream.emit = mine;

    await call.stream(stream).toArray();
    expect(stream).toHaveProperty('emit', mine);

    const { call: next } = start();
    const other = readable([1]);
    const watched = next.stream(other);
    const over = watched.emit.bind(watched);
    const later = (event: string, ...values: unknown[]): boolean => over(event, ...values);
    other.emit = later;
    await watched.toArray();
    expect(other).toHaveProperty('emit', later);
  });

  test('counts every chunk once, whatever the way and however they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(ways)),
        fc.array(fc.integer(), { maxLength: 40 }),
        async (way, chunks) => {
          const { call, spans } = start();
          const seen: unknown[] = [];

          const read = await ways[way]!(
            call.stream(readable(chunks), (chunk: unknown) => void seen.push(chunk)),
          );
          await nextTurn();

          expect(read).toEqual(chunks);
          expect(seen).toEqual(chunks);
          expect(outcomes(spans)).toEqual([['completed', undefined]]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** As the helpers of the clients that Stainless generates: `_emit`, and events that go on without a reader. */
class Helper {
  readonly #listeners = new EventEmitter();
  readonly #chunks: readonly unknown[];

  constructor(chunks: readonly unknown[]) {
    this.#chunks = chunks;
  }

  on(event: string, listener: (...values: unknown[]) => void): this {
    this.#listeners.on(event, listener);
    return this;
  }

  _emit(event: string, ...values: unknown[]): void {
    // An error that nobody listens for is not thrown here.
    if (event !== 'error' || this.#listeners.listenerCount('error') > 0)
      this.#listeners.emit(event, ...values);
    if (event === 'error' || event === 'abort') this._emit('end');
  }

  run(error?: Error): void {
    for (const chunk of this.#chunks) this._emit('chunk', chunk, 'snapshot');
    this._emit(...((error === undefined ? ['end'] : ['error', error]) as [string]));
  }

  abort(): void {
    this._emit('abort', new DOMException('Request was aborted.', 'AbortError'));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator {
    try {
      for (const chunk of this.#chunks) {
        this._emit('chunk', chunk);
        yield chunk;
      }
      this._emit('end');
    } finally {
      this.abort();
    }
  }
}

describe('a helper of a client', () => {
  test.each([
    ['ends', (helper: Helper) => helper.run(), 'completed', undefined],
    ['fails', (helper: Helper) => helper.run(broken), 'failed', 'ECONNRESET'],
    ['is aborted', (helper: Helper) => helper.abort(), 'failed', 'AbortError'],
  ] as const)('that is listened to and %s ends the call once', (_, run, outcome, errorType) => {
    const { call, spans } = start();
    const seen: unknown[] = [];
    const heard: unknown[][] = [];
    const helper = new Helper([1, 2]);

    const watched = call.stream(helper, (chunk: unknown) => void seen.push(chunk));
    expect(watched.on('chunk', (...values) => heard.push(values))).toBe(helper);
    run(helper);

    expect(outcomes(spans)).toEqual([[outcome, errorType]]);
    expect(seen).toEqual(heard.map(([chunk]) => chunk));
    expect(heard.every((values) => values[1] === 'snapshot')).toBe(true);
    expect(Object.hasOwn(helper, '_emit')).toBe(false);
  });

  test('that is iterated tells each chunk once, and that its reader has left', async () => {
    const read = async (leaving: boolean) => {
      const { call, spans } = start();
      const seen: unknown[] = [];
      const watched = call.stream(new Helper([1, 2]), (chunk: unknown) => void seen.push(chunk));
      for await (const _ of watched) if (leaving) break;
      return { seen, outcomes: outcomes(spans) };
    };

    expect(await read(false)).toEqual({ seen: [1, 2], outcomes: [['completed', undefined]] });
    expect(await read(true)).toEqual({ seen: [1], outcomes: [['cancelled', undefined]] });
  });

  test('that cannot be iterated is listened to all the same', () => {
    const { call, spans } = start();
    const emitter = new EventEmitter();

    expect(call.stream(emitter)).toBe(emitter);
    emitter.emit('data', 1);
    emitter.emit('close');
    emitter.emit('end');

    expect(outcomes(spans)).toEqual([['cancelled', undefined]]);
  });

  test('that is frozen is iterated as any other', async () => {
    const { call, spans } = start();
    const helper = Object.freeze(new Helper([1, 2]));

    for await (const _ of call.stream(helper));

    expect(outcomes(spans)).toEqual([['completed', undefined]]);
  });
});
