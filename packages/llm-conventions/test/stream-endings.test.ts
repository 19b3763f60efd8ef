import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { context, diag } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createGenAi, type GenAi, type InferenceCall, type StreamFormat } from '../src/index.ts';
import { ClientStream as ClientStreamOfChunks } from './client-stream.ts';
import { type Recording, recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

function startCall(): Recording & { readonly genAi: GenAi; readonly call: InferenceCall } {
  const recording = recordSignals();
  const { tracer, meter, clock } = recording;
  const genAi = createGenAi({ tracer, meter, clock });
  return { ...recording, genAi, call: genAi.startInference({ provider: 'openai', stream: true }) };
}

async function* numbers(count: number, error?: Error): AsyncGenerator<number, string> {
  for (let n = 0; n < count; n++) yield n;
  if (error !== undefined) throw error;
  return 'done';
}

/** A client's stream class: private state, methods of its own, a new iterator each time. */
class ClientStream implements AsyncIterable<number> {
  readonly controller = new AbortController();
  #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  get count(): number {
    return this.#count;
  }

  describe(): string {
    return `${this.#count} numbers`;
  }

  [Symbol.asyncIterator](): AsyncIterator<number> {
    return numbers(this.#count);
  }
}

function webStream(count: number, error?: Error): ReadableStream<number> {
  let n = 0;
  return new ReadableStream<number>(
    {
      pull(controller) {
        if (n < count) controller.enqueue(n++);
        else if (error !== undefined) controller.error(error);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

const broken = new Error('socket closed');

describe.each([
  ['an async generator', (count: number, error?: Error) => numbers(count, error)],
  ['a web stream', (count: number, error?: Error) => webStream(count, error)],
] as const)('the span of %s ends exactly once', (_, source) => {
  test('when the stream is read to its end', async () => {
    const { call, spans } = startCall();

    const read: number[] = [];
    for await (const n of call.stream(source(3) as AsyncIterable<number>)) read.push(n);
    call.end();

    expect(read).toEqual([0, 1, 2]);
    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('when the reader breaks off', async () => {
    const { call, spans } = startCall();

    for await (const n of call.stream(source(3) as AsyncIterable<number>)) if (n === 1) break;

    expect(outcomes(spans)).toEqual(['cancelled']);
    expect(spans()[0]?.attributes).not.toHaveProperty('error.type');
  });

  test('when it is ended by hand before it was read: that is no complete stream, and is told once', async () => {
    const warn = vi.fn();
    diag.setLogger({ ...console, verbose: () => undefined, warn });
    const { genAi, spans } = startCall();
    for (let n = 0; n < 2; n++) {
      const stream = genAi.inference({ provider: 'openai' }, (call) => {
        const watched = call.stream(source(3) as AsyncIterable<number>);
        call.end();
        return watched;
      });
      const read: number[] = [];
      for await (const item of stream) read.push(item);
      expect(read).toEqual([0, 1, 2]);
    }
    diag.disable();

    expect(outcomes(spans)).toEqual(['cancelled', 'cancelled']);
    expect(spans()[0]?.attributes).not.toHaveProperty('gen_ai.response.finish_reasons');
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('before its stream was over'),
    );
  });

  test('when the reader throws', async () => {
    const { call, spans } = startCall();
    const stream = call.stream(source(3) as AsyncIterable<number>);

    const reading = (async () => {
      for await (const _ of stream) throw new Error('mine');
    })();

    await expect(reading).rejects.toThrow('mine');
    expect(outcomes(spans)).toEqual(['cancelled']);
  });

  test('when the stream fails, with the error unchanged and the finish reason error', async () => {
    const { call, spans } = startCall();
    const stream = call.stream(source(1, broken) as AsyncIterable<number>);

    const reading = (async () => {
      for await (const _ of stream);
    })();

    await expect(reading).rejects.toBe(broken);
    expect(outcomes(spans)).toEqual(['failed']);
    expect(spans()[0]?.attributes['gen_ai.response.finish_reasons']).toEqual(['error']);
  });

  test('when the signal aborts, even if the client then ends the stream in peace', async () => {
    const { call, spans } = startCall();
    const abort = new AbortController();
    const options = { signal: abort.signal };

    for await (const n of call.stream(source(3) as AsyncIterable<number>, undefined, options))
      if (n === 0) abort.abort();

    expect(outcomes(spans)).toEqual(['failed']);
    expect(spans()[0]?.attributes['error.type']).toBe('AbortError');
  });

  test('when the stream is dropped without being read', async () => {
    const { call, spans } = startCall();

    (() => void call.stream(source(3) as AsyncIterable<number>, () => call.span))();
    await collectGarbageUntil(() => spans().length > 0);

    expect(outcomes(spans)).toEqual(['dropped']);
  });
});

describe('the stream of a client', () => {
  const source = (): ClientStreamOfChunks => new ClientStreamOfChunks(() => numbers(3));

  test('stays itself, and is aborted by the controller that its client made', async () => {
    const { call, spans } = startCall();
    const stream = source();
    expect(call.stream(stream)).toBe(stream);

    for await (const _ of stream) stream.controller.abort();

    expect(outcomes(spans)).toEqual(['failed']);
    expect(spans()[0]?.attributes['error.type']).toBe('AbortError');
    expect(getEventListeners(stream.controller.signal, 'abort')).toEqual([]);
  });

  test('is cancelled where the web stream made of it is, though the client aborts its request', async () => {
    const { call, spans } = startCall();
    const reader = call.stream(source()).toReadableStream().getReader();
    await reader.read();

    await reader.cancel();

    expect(outcomes(spans)).toEqual(['cancelled']);
  });

  test('that is frozen is observed like any other one', async () => {
    const { call, spans } = startCall();

    for await (const _ of call.stream(Object.freeze(source())));

    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('is dropped where nobody reads it, and not while a branch of it is read', async () => {
    const { call, spans } = startCall();
    const other = startCall();

    (() => void call.stream(source()))();
    const [left] = other.call.stream(source()).tee();
    const iterator = left[Symbol.asyncIterator]();
    await iterator.next();
    await collectGarbageUntil(() => spans().length > 0);
    expect(other.spans()).toEqual([]);
    await iterator.next();

    expect(outcomes(spans)).toEqual(['dropped']);
  });

  test('that can be disposed of is left with that', async () => {
    const { call, spans } = startCall();
    const disposed: string[] = [];
    const stream = call.stream(
      Object.assign(source(), { [Symbol.dispose]: () => disposed.push('now') }),
    );

    stream[Symbol.dispose]();

    expect(disposed).toEqual(['now']);
    expect(outcomes(spans)).toEqual(['cancelled']);
  });
});

describe('a watched stream', () => {
  test('keeps the class, the methods and the private state of the client’s stream', async () => {
    const { call } = startCall();
    const source = new ClientStream(2);

    const stream = call.stream(source);

    expect(stream).toBeInstanceOf(ClientStream);
    expect(stream.describe()).toBe('2 numbers');
    expect(stream.count).toBe(2);
    expect(stream.controller).toBe(source.controller);
    expect(stream.constructor).toBe(ClientStream);
  });

  test('is not dropped as long as its iterator is in use', async () => {
    const { call, spans } = startCall();
    const iterator = call.stream(new ClientStream(2))[Symbol.asyncIterator]();

    await iterator.next();
    await collectGarbageUntil(() => spans().length > 0, 3);
    expect(spans()).toHaveLength(0);
    await iterator.next();
    await iterator.next();

    expect(outcomes(spans)).toEqual(['completed']);
  });

  test.each([
    ['frozen', (source: AsyncIterable<number>) => Object.freeze(source)],
    [
      'fixed',
      (source: AsyncIterable<number>) =>
        Object.defineProperty(source, Symbol.asyncIterator, { configurable: false }),
    ],
  ])('of an object that is %s is observed like any other one', async (_, fix) => {
    const { call, spans } = startCall();
    const source = { [Symbol.asyncIterator]: () => numbers(2), about: () => 'two numbers' };

    const stream = call.stream(fix(source) as typeof source);
    const read: number[] = [];
    for await (const n of stream) read.push(n);

    expect(read).toEqual([0, 1]);
    expect(stream.about()).toBe('two numbers');
    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('of a frozen generator is observed like any other one', async () => {
    const { call, spans } = startCall();

    const read: number[] = [];
    for await (const n of call.stream(Object.freeze(numbers(2)))) read.push(n);

    expect(read).toEqual([0, 1]);
    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('can be left before it starts, and is asked to close only as it would be', async () => {
    const { call, spans } = startCall();
    const next = (): Promise<IteratorResult<number>> => Promise.resolve({ done: false, value: 1 });
    const stream = call.stream({ [Symbol.asyncIterator]: () => ({ next }) });

    const iterator: AsyncIterator<number> = stream[Symbol.asyncIterator]();

    expect(await iterator.return?.('bye')).toEqual({ done: true, value: 'bye' });
    await expect(iterator.throw?.(broken)).rejects.toBe(broken);
    expect(outcomes(spans)).toEqual(['cancelled']);
  });

  test('whose next throws at once fails the call', async () => {
    const { call, spans } = startCall();
    const next = (): never => {
      throw broken;
    };
    const stream = call.stream({ [Symbol.asyncIterator]: () => ({ next }) });

    await expect(stream[Symbol.asyncIterator]().next()).rejects.toBe(broken);
    expect(outcomes(spans)).toEqual(['failed']);
  });

  test('is not disturbed by an onChunk that throws', async () => {
    const { call, spans } = startCall();
    const stream = call.stream(numbers(2), () => {
      throw new Error('in onChunk');
    });

    const read: number[] = [];
    for await (const n of stream) read.push(n);

    expect(read).toEqual([0, 1]);
    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('is not disturbed by an onChunk that is async and rejects', async () => {
    const rejections: unknown[] = [];
    const onRejection = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', onRejection);
    const { call, spans } = startCall();

    for await (const _ of call.stream(numbers(2), () => Promise.reject(broken)));
    await nextTurn();
    process.off('unhandledRejection', onRejection);

    expect(rejections).toEqual([]);
    expect(outcomes(spans)).toEqual(['completed']);
  });

  test('leaves no listener on the signal', async () => {
    const { call } = startCall();
    const listeners = new Set<unknown>();
    const signal = {
      aborted: false,
      addEventListener: (_: string, listener: unknown) => listeners.add(listener),
      removeEventListener: (_: string, listener: unknown) => listeners.delete(listener),
    } as unknown as AbortSignal;

    for await (const _ of call.stream(numbers(1), undefined, { signal }));

    expect(listeners.size).toBe(0);
  });

  test('with a signal that is aborted already fails at once', () => {
    const { call, spans } = startCall();

    call.stream(numbers(1), undefined, { signal: AbortSignal.abort() });

    expect(outcomes(spans)).toEqual(['failed']);
  });

  test('records the time of each chunk exactly once, however many there are', async () => {
    const { call, points } = startCall();

    for await (const _ of call.stream(numbers(1000)));

    const counts = (await points()).map(({ metric, count }) => [metric.split('.').at(-1), count]);
    expect(Object.fromEntries(counts)).toMatchObject({
      time_to_first_chunk: 1,
      time_per_output_chunk: 999,
    });
  });

  test('tells the error of a client that aborts its own request when it meets one', async () => {
    const { call, spans } = startCall();
    const abort = new AbortController();
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      try {
        await Promise.resolve();
        throw broken;
      } finally {
        abort.abort();
      }
    }

    const watched = call.stream(failing(), undefined, { signal: abort.signal });
    const reading = (async () => {
      for await (const _ of watched);
    })();

    await expect(reading).rejects.toBe(broken);
    expect(spans()[0]?.attributes['error.type']).toBe('Error');
  });

  test('is aborted where its reader waits and the client ends it in peace', async () => {
    const { call, spans } = startCall();
    const abort = new AbortController();
    async function* leaving(): AsyncGenerator<number> {
      yield 1;
      await new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
    }
    const reader = call.stream(leaving(), undefined, { signal: abort.signal });
    await reader.next();

    const last = reader.next();
    abort.abort();

    expect(await last).toEqual({ done: true, value: undefined });
    expect(spans()[0]?.attributes['error.type']).toBe('AbortError');
  });

  test('ends its span once under any order of next, return and throw, and answers as the source does', async () => {
    const steps = fc.array(fc.constantFrom('next', 'return', 'throw', 'end', 'fail'), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 4 }), fc.boolean(), steps, async (count, fails, order) => {
        const { call, spans } = startCall();
        const error = fails ? broken : undefined;
        const bare = numbers(count, error);
        const watched = call.stream(numbers(count, error));

        for (const step of [...order, 'return']) {
          if (step === 'end') call.end();
          else if (step === 'fail') call.fail(broken);
          else expect(await answerTo(watched, step)).toEqual(await answerTo(bare, step));
        }

        expect(spans()).toHaveLength(1);
      }),
    );
  });

  test('ends its span once when next, return and throw are all asked for at once', async () => {
    const steps = fc.array(fc.constantFrom('next', 'return', 'throw'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 4 }), steps, async (count, order) => {
        const { call, spans } = startCall();
        const watched = call.stream(numbers(count));

        await Promise.all([...order, 'return'].map((step) => answerTo(watched, step)));

        expect(spans()).toHaveLength(1);
      }),
    );
  });
});

async function answerTo(iterator: AsyncGenerator<number, string>, step: string): Promise<unknown> {
  try {
    if (step === 'next') return await iterator.next();
    return step === 'return' ? await iterator.return('left') : await iterator.throw(broken);
  } catch (error) {
    return { thrown: error };
  }
}

function outcomes(spans: Recording['spans']): unknown[] {
  return spans().map(({ attributes }) => attributes['llm_otel.stream.outcome']);
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

describe('a web stream that is piped', () => {
  test.each([
    ['write', { write: () => Promise.reject(new RangeError('disk full')) }],
    ['start', { start: () => Promise.reject(new RangeError('no disk')) }],
  ])('fails with the error that its sink met in %s', async (_, sink) => {
    const { call, spans } = startCall();
    const stream = call.stream(webStream(3));

    await expect(stream.pipeTo(new WritableStream(sink))).rejects.toThrow(RangeError);

    expect(outcomes(spans)).toEqual(['failed']);
    expect(spans()[0]?.attributes['error.type']).toBe('RangeError');
  });

  test('fails where the signal of the pipe aborts, and is cancelled where the sink closes without one', async () => {
    const aborted = startCall();
    const pipe = aborted.call
      .stream(webStream(3))
      .pipeTo(new WritableStream(), { signal: AbortSignal.abort() });
    await expect(pipe).rejects.toThrow(/abort/);
    const left = startCall();
    await left.call.stream(webStream(3)).cancel('enough');

    expect(outcomes(aborted.spans)).toEqual(['failed']);
    expect(aborted.spans()[0]?.attributes['error.type']).toBe('AbortError');
    expect(outcomes(left.spans)).toEqual(['cancelled']);
  });
});

describe('a format that knows how its streams end', () => {
  const format = (incomplete: () => unknown): StreamFormat => ({
    open: () => ({ read: () => undefined, response: () => ({}), incomplete }),
  });

  test('fails the call where one ends in peace before that', async () => {
    const { call, spans } = startCall();
    const missing = Object.assign(new Error('no last event'), { code: 'incomplete_stream' });

    for await (const _ of call.stream(
      numbers(2),
      format(() => missing),
    ));

    expect(spans()[0]?.attributes).toMatchObject({
      'error.type': 'incomplete_stream',
      'llm_otel.stream.outcome': 'failed',
      'gen_ai.response.finish_reasons': ['error'],
    });
  });

  test.each([
    ['says that all is there', () => undefined],
    [
      'throws',
      (): never => {
        throw new Error('a mistake in the format');
      },
    ],
  ])('completes the call where it %s', async (_, incomplete) => {
    const { call, spans } = startCall();

    for await (const _chunk of call.stream(numbers(2), format(incomplete)));

    expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('completed');
  });

  test('is not asked where the reader leaves early', async () => {
    const { call, spans } = startCall();

    for await (const _ of call.stream(
      numbers(2),
      format(() => new Error('not to be asked')),
    ))
      break;

    expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('cancelled');
  });
});
