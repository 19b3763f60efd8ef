import type { Case } from './cases.ts';
import { answer, ask, collect, incomplete, name, streamed, tokens } from './shared.ts';

/** What goes wrong at the server, on the way and in time. */
export const failureCases: readonly Case[] = [
  {
    name: '401',
    scripts: [{ error: { status: 401 } }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'authentication_error' }],
  },
  {
    name: '429',
    scripts: [{ error: { status: 429 } }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'rate_limit_error' }],
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429 } }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [{ name, errorType: 'rate_limit_error' }],
  },
  {
    name: '429 with withResponse',
    scripts: [{ error: { status: 429 } }],
    run: (client) => client.messages.create(ask).withResponse(),
    spans: [{ name, errorType: 'rate_limit_error' }],
  },
  {
    name: '529',
    scripts: [{ error: { status: 529 } }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'overloaded_error' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } } }, answer],
    retries: 1,
    run: (client) => client.messages.create(ask),
    spans: [{ name, tokens, retries: 1 }],
  },
  {
    name: '500 of a stream, tried again',
    scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } } }, answer],
    retries: 1,
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [{ name, tokens, outcome: 'completed', retries: 1 }],
  },
  {
    name: '500, tried again in vain',
    scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } }, times: 3 }],
    retries: 2,
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'api_error', retries: 2 }],
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 500,
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'APIConnectionTimeoutError' }],
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    async run(client) {
      const abort = new AbortController();
      const promise = client.messages.create(ask, { signal: abort.signal });
      queueMicrotask(() => abort.abort());
      return promise;
    },
    spans: [{ name, errorType: 'APIUserAbortError' }],
  },
  {
    name: 'no connection',
    scripts: [{ fault: { kind: 'cut' } }],
    run: (client) => client.messages.create(ask),
    spans: [{ name, errorType: 'APIConnectionError' }],
  },
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
  },
  {
    name: 'error event in the stream',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'overloaded_error' } } },
    ],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'overloaded_error' }],
  },
  {
    name: 'stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'stream that ends before it begins',
    scripts: [{ ...answer, fault: { kind: 'end' } }],
    run: async (client) => collect(await client.messages.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) =>
      client.messages.create(ask).then(null, (error: unknown) => (error as Error).constructor.name),
    spans: [{ name, errorType: 'SyntaxError' }],
  },
];
