import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MessageChannel, Worker } from 'node:worker_threads';
import { context as contextApi, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  bindAsyncIterable,
  bindContext,
  bindEmitter,
  extractEnvelope,
  injectEnvelope,
  injectEnvironment,
} from '@llm-otel/propagation';
import { CONTEXT, SPAN_ID, TRACE_ID } from './a-context.ts';

// Each place where work started inside a span goes on outside of it. Every case shows both: that the context is lost
// there, and that the helper brings it back.

beforeAll(() => {
  contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterAll(() => contextApi.disable());

const current = (): string | undefined => trace.getSpanContext(contextApi.active())?.spanId;
const inside = <Result>(work: () => Result): Result => contextApi.with(CONTEXT, work);

interface Place {
  /** Starts work inside the span that calls `seen` later, from elsewhere. */
  readonly run: (seen: () => void) => unknown;
}

/** What `seen` saw when `seen` was made ready by `prepare` inside the span. */
async function spanSeenBy(
  place: Place,
  prepare: (seen: () => void) => () => void,
): Promise<unknown> {
  let saw: unknown = 'never called';
  await place.run(
    inside(() =>
      prepare(() => {
        saw = current();
      }),
    ),
  );
  return saw;
}

const places: Record<string, Place> = {
  'a queue of callbacks that a pool works off': {
    run(seen) {
      const queue: (() => void)[] = [];
      inside(() => queue.push(seen));
      for (const callback of queue) callback();
    },
  },
  'a batch loader that collects what several callers ask for': {
    async run(seen) {
      const waiting: (() => void)[] = [];
      const flushed = new Promise<void>((resolve) => {
        setImmediate(() => {
          for (const callback of waiting) callback();
          resolve();
        });
      });
      inside(() => waiting.push(seen));
      await flushed;
    },
  },
  'a timer that ran before': {
    async run(seen) {
      let job: (() => void) | undefined;
      const ticked = new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (job === undefined) return;
          clearInterval(timer);
          job();
          resolve();
        }, 1);
      });
      inside(() => (job = seen));
      await ticked;
    },
  },
  'a thenable that calls back from elsewhere': {
    async run(seen) {
      let callBack: (() => void) | undefined;
      const promise = {
        // oxlint-disable-next-line unicorn/no-thenable -- it is what this is about
        then(done: () => void) {
          callBack = done;
        },
      };
      inside(() => promise.then(seen));
      await Promise.resolve();
      callBack?.();
    },
  },
  'a listener of an event that somebody else emits': {
    run(seen) {
      const emitter = new EventEmitter();
      inside(() => emitter.on('done', seen));
      emitter.emit('done');
    },
  },
  'a listener of an AbortSignal': {
    run(seen) {
      const controller = new AbortController();
      inside(() => {
        controller.signal.addEventListener('abort', seen);
      });
      controller.abort();
    },
  },
  'a message on a port': {
    async run(seen) {
      const { port1, port2 } = new MessageChannel();
      const received = once(port2, 'message');
      inside(() => port2.on('message', seen));
      port1.postMessage('x', []);
      await received;
      port1.close();
    },
  },
  'the data of a stream that somebody else feeds': {
    async run(seen) {
      const stream = new Readable({ read: () => undefined });
      inside(() => stream.on('data', seen));
      await new Promise((resolve) => setImmediate(resolve));
      stream.push('x');
      stream.push(null);
      await once(stream, 'end');
    },
  },
};

describe('bindContext', () => {
  test.each(Object.entries(places))('%s', async (_, place) => {
    const lost = await spanSeenBy(place, (seen) => seen);
    const kept = await spanSeenBy(place, (seen) => bindContext(seen));

    expect({ lost, kept }).toEqual({ lost: undefined, kept: SPAN_ID });
  });

  test('passes this, arguments, result and errors through', () => {
    const add = bindContext(function (this: { base: number }, more: number) {
      return this.base + more;
    }, CONTEXT);

    expect(add.call({ base: 1 }, 2)).toBe(3);
    const failing = bindContext(() => {
      throw new Error('of the application');
    });
    expect(failing).toThrow('of the application');
  });
});

describe('bindEmitter', () => {
  test('listeners run in its context however they were added, and are removed as usual', () => {
    const emitter = new EventEmitter();
    expect(inside(() => bindEmitter(emitter))).toBe(emitter);
    const saw: unknown[] = [];
    const listener = (): unknown => saw.push(current());

    emitter.on('a', listener).prependListener('a', listener).addListener('a', listener);
    emitter.once('a', listener).prependOnceListener('a', listener);
    expect(emitter.listeners('a')).toEqual(Array(5).fill(listener));
    emitter.emit('a');
    expect(saw).toEqual(Array(5).fill(SPAN_ID));

    emitter.off('a', listener).off('a', listener).off('a', listener);
    emitter.once('a', listener).off('a', listener);
    expect(emitter.listenerCount('a')).toBe(0);
  });

  test('a second binding holds for what is added after it', () => {
    const emitter = bindEmitter(new EventEmitter(), CONTEXT);
    const saw: unknown[] = [];
    emitter.on('a', () => saw.push(current()));
    bindEmitter(emitter, ROOT_CONTEXT).on('a', () => saw.push(current()));

    emitter.emit('a');

    expect(saw).toEqual([SPAN_ID, undefined]);
  });

  test('this, arguments and refusals are those of the emitter', () => {
    const emitter = bindEmitter(new EventEmitter(), CONTEXT);
    let seen: unknown;
    emitter.once('a', function (this: unknown, ...args: unknown[]) {
      seen = [this, ...args];
    });

    emitter.emit('a', 1, 2);

    expect(seen).toEqual([emitter, 1, 2]);
    expect(() => emitter.on('a', undefined as never)).toThrow(TypeError);
    expect(() => emitter.once('a', 7 as never)).toThrow(TypeError);
  });
});

describe('bindAsyncIterable', () => {
  async function* tokens(saw: unknown[]): AsyncGenerator<number, string> {
    try {
      saw.push(current());
      yield 1;
      await Promise.resolve();
      saw.push(current());
      yield 2;
      return 'done';
    } finally {
      saw.push(current());
    }
  }
  const readAll = async (iterable: AsyncIterable<number>): Promise<number[]> => {
    const values = [];
    for await (const value of iterable) values.push(value);
    return values;
  };

  test('a generator that is read elsewhere runs in the context it was made in', async () => {
    const lost: unknown[] = [];
    const kept: unknown[] = [];

    const bare = inside(() => tokens(lost));
    const bound = inside(() => bindAsyncIterable(tokens(kept)));

    expect(await readAll(bare)).toEqual([1, 2]);
    expect(await readAll(bound)).toEqual([1, 2]);
    expect(lost).toEqual([undefined, undefined, undefined]);
    expect(kept).toEqual([SPAN_ID, SPAN_ID, SPAN_ID]);
  });

  test('a reader that stops early or throws in lets it clean up there too', async () => {
    const saw: unknown[] = [];
    for await (const value of bindAsyncIterable(tokens(saw), CONTEXT)) if (value === 1) break;
    expect(saw).toEqual([SPAN_ID, SPAN_ID]);

    const iterator = bindAsyncIterable(tokens(saw), CONTEXT)[Symbol.asyncIterator]();
    await iterator.next();
    await expect(iterator.throw?.(new Error('stop'))).rejects.toThrow('stop');
    expect(saw.at(-1)).toBe(SPAN_ID);
  });

  test('what an iterator does not have it does not get', async () => {
    const onlyNext = {
      [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true as const, value: 7 }) }),
    };

    const iterator = bindAsyncIterable(onlyNext, CONTEXT)[Symbol.asyncIterator]();

    expect(Object.keys(iterator)).toEqual(['next']);
    expect(await iterator.next()).toEqual({ done: true, value: 7 });
  });

  test('the reader itself stays in its own context', async () => {
    const own: unknown[] = [];
    for await (const _ of bindAsyncIterable(tokens([]), CONTEXT)) own.push(current());
    expect(own).toEqual([undefined, undefined]);
  });
});

describe('another thread or process', () => {
  const worker = (workerData: unknown): Promise<[{ start: unknown; message: unknown }]> => {
    const thread = new Worker(join(import.meta.dirname, 'fixtures/worker.ts'), {
      workerData,
      execArgv: [],
    });
    thread.postMessage(
      inside(() => injectEnvelope({ job: 1 })),
      [],
    );
    return once(thread, 'message') as Promise<[{ start: unknown; message: unknown }]>;
  };

  test('a worker thread is started and asked in the context of its data and messages', async () => {
    const [kept] = await worker(inside(() => injectEnvelope({ index: 7 })));
    const [lost] = await worker({ index: 7 });

    expect(kept).toEqual({ start: TRACE_ID, message: TRACE_ID });
    expect(lost).toEqual({ start: undefined, message: TRACE_ID });
  });

  test('a child process starts in the context of its environment', async () => {
    const start = async (env: NodeJS.ProcessEnv): Promise<unknown> => {
      const child = fork(join(import.meta.dirname, 'fixtures/child.ts'), [], { execArgv: [], env });
      const [answer] = (await once(child, 'message')) as [{ traceId: unknown }];
      child.kill();
      return answer.traceId;
    };
    const PATH = { PATH: process.env['PATH'] };

    expect(await start(inside(() => injectEnvironment(PATH)))).toBe(TRACE_ID);
    expect(await start(PATH)).toBe('none');
  });

  test('a message that is answered by a callback of another thread is found by its envelope', () => {
    const reply = injectEnvelope({ ok: true }, CONTEXT);

    expect(trace.getSpanContext(extractEnvelope(structuredClone(reply)))?.spanId).toBe(SPAN_ID);
    expect(extractEnvelope(structuredClone({ ok: true }))).toBe(ROOT_CONTEXT);
  });
});
