import { AsyncLocalStorage } from 'node:async_hooks';
import {
  answer,
  answered,
  call,
  type Case,
  collect,
  failed,
  left,
  stable,
  streamed,
  withSignal,
} from './calls.ts';

/** What Node.js 22 itself gives every promise as soon as there is a context manager of whatever kind; later ones give none. */
const ofNode = new Set(Reflect.ownKeys(new AsyncLocalStorage().run(0, async () => undefined)));

/** Calls of a model by itself. */
export const models: readonly Case[] = [
  {
    name: 'invoke',
    scripts: [answer],
    run: async ({ model }) => stable(await model.invoke('where?')),
    spans: [answered],
  },
  {
    name: 'the promise and the message have their classes, their members and no new ones',
    scripts: [answer],
    async run({ model }) {
      const promise = model.invoke('where?');
      const message = await promise;
      return [
        promise.constructor.name,
        Reflect.ownKeys(promise).filter((key) => !ofNode.has(key)),
        message.constructor.name,
        Reflect.ownKeys(message),
      ];
    },
    spans: [answered],
  },
  {
    name: 'cut short',
    scripts: [{ ...answer, finishReason: 'length' }],
    run: async ({ model }) => (await model.invoke('where?')).text,
    spans: [{ ...answered, finishReasons: ['length'] }],
  },
  {
    name: 'batch',
    scripts: [{ ...answer, times: 2 }],
    run: async ({ model }) => stable(await model.batch(['one', 'two'])),
    spans: [answered, answered],
  },
  {
    name: 'stream',
    scripts: [answer],
    run: async ({ model }) => stable(await collect(model.stream('where?'))),
    spans: [streamed],
  },
  {
    name: 'the stream has its class, its members and no new ones',
    scripts: [answer],
    async run({ model }) {
      const stream = await model.stream('where?');
      const facts = [stream.constructor.name, Reflect.ownKeys(stream).length];
      return { facts, chunks: (await collect(stream)).length };
    },
    spans: [streamed],
  },
  ...[1, 7].map((writeBytes): Case => ({
    name: `stream in writes of ${writeBytes} bytes`,
    scripts: [{ ...answer, text: ['Grüße ', 'aus 東京 ', '🚀'], writeBytes }],
    run: async ({ model }) => stable(await collect(model.stream('where?'))),
    spans: [streamed],
  })),
  {
    name: 'break after two chunks',
    scripts: [answer],
    run: async ({ model }) => stable(await collect(model.stream('where?'), 2)),
    spans: [left],
  },
  {
    name: 'the reader throws',
    scripts: [answer],
    async run({ model }) {
      for await (const { text } of await model.stream('where?'))
        throw new Error(`no use for ${text}`);
    },
    spans: [left],
  },
  {
    name: 'cancel of the stream',
    scripts: [answer],
    async run({ model }) {
      const stream = await model.stream('where?');
      await stream.cancel();
      return (await stream.next()).done;
    },
    spans: [{ ...call, outcome: 'cancelled' }],
  },
  {
    name: 'cancel of a stream that is being read, which is refused',
    scripts: [answer],
    async run({ model }) {
      const stream = await model.stream('where?');
      const chunks = [await stream.next()];
      const refused = await stream.cancel().catch((error: Error) => error.name);
      return stable({ refused, chunks: [...chunks, await collect(stream)] });
    },
    spans: [streamed],
  },
  {
    name: 'stream never read',
    scripts: [answer],
    run: async ({ model }) => (await model.stream('where?')).constructor.name,
    spans: [{ ...call, atCollection: true }],
  },
  {
    name: 'tee, both halves',
    scripts: [answer],
    async run({ model }) {
      const halves = (await model.stream('where?')).tee();
      return stable(await Promise.all(halves.map((half) => collect(half))));
    },
    spans: [streamed],
  },
  {
    name: 'events of a stream',
    scripts: [answer],
    run: async ({ model }) =>
      (await collect(model.streamEvents('where?', { version: 'v2' }))).map(({ event }) => event),
    spans: [streamed],
  },
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async ({ model }) => stable(await collect(model.stream('where?'))),
    spans: [{ ...call, firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
  },
  {
    name: 'error event in the stream',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'server_error' } } },
    ],
    run: async ({ model }) => stable(await collect(model.stream('where?'))),
    spans: [{ ...call, firstChunk: true, errorType: 'server_error' }],
  },
  {
    name: 'abort through the signal of the call',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    run: ({ model }) =>
      withSignal(async (abort) => {
        for await (const _ of await model.stream('where?', { signal: abort.signal })) abort.abort();
      }),
    spans: [{ ...call, errorType: 'AbortError' }],
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    run: ({ model }) =>
      withSignal(async (abort) => {
        setImmediate(() => abort.abort());
        return model.invoke('where?', { signal: abort.signal });
      }),
    spans: [{ ...call, errorType: 'AbortError' }],
  },
  {
    name: 'no listener is left on the signal of a call',
    scripts: [{ ...answer, times: 2 }],
    run: ({ model }) =>
      withSignal(async ({ signal }) => [
        (await model.invoke('where?', { signal })).text,
        (await collect(model.stream('where?', { signal }))).length,
      ]),
    spans: [answered, streamed],
  },
  {
    name: '401',
    scripts: [{ error: { status: 401, code: 'invalid_api_key' } }],
    run: ({ model }) => model.invoke('where?'),
    spans: [{ ...call, errorType: 'invalid_api_key' }],
  },
  {
    name: '429',
    scripts: [failed],
    run: ({ model }) => model.invoke('where?'),
    spans: [{ ...call, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '429 of a stream',
    scripts: [failed],
    run: ({ model }) => collect(model.stream('where?')),
    spans: [{ ...call, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: { status: 500 } }, answer],
    retries: 1,
    run: async ({ model }) => stable(await model.invoke('where?')),
    spans: [answered],
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 200,
    run: ({ model }) => model.invoke('where?').catch((error: Error) => error.name),
    spans: [{ ...call, errorType: 'TimeoutError' }],
  },
];
