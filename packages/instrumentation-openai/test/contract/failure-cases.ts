import type { Case } from './cases.ts';
import { answer, chat, collect, incomplete, name, streamed, tokens } from './shared.ts';

/** What goes wrong at the server, on the way and in time. */
export const failureCases: readonly Case[] = [
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'UND_ERR_SOCKET' }],
  },
  {
    name: 'error event in the stream',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'server_error' } } },
    ],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'server_error' }],
  },
  {
    name: 'stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'stream that ends before it begins',
    scripts: [{ ...answer, fault: { kind: 'end' } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [incomplete],
  },
  {
    name: 'malformed event in the stream',
    scripts: [{ ...answer, fault: { kind: 'malformed', afterChunks: 2 } }],
    run: async (client) =>
      collect(await client.chat.completions.create(streamed)).catch(
        (error: unknown) => (error as Error).constructor.name,
      ),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'SyntaxError' }],
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    async run(client) {
      const abort = new AbortController();
      const promise = client.chat.completions.create(chat, { signal: abort.signal });
      queueMicrotask(() => abort.abort());
      return promise;
    },
    spans: [{ name, errorType: 'APIUserAbortError' }],
  },
  {
    name: '401',
    scripts: [{ error: { status: 401, code: 'invalid_api_key' } }],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'invalid_api_key' }],
  },
  {
    name: '429',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: async (client) => collect(await client.chat.completions.create(streamed)),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '429 with withResponse',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: (client) => client.chat.completions.create(chat).withResponse(),
    spans: [{ name, errorType: 'rate_limit_exceeded' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: { status: 500, headers: { 'retry-after-ms': '1' } } }, answer],
    retries: 1,
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, tokens, retries: 1 }],
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 500,
    run: (client) => client.chat.completions.create(chat),
    spans: [{ name, errorType: 'APIConnectionTimeoutError' }],
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) =>
      client.chat.completions
        .create(chat)
        .then(null, (error: unknown) => (error as Error).constructor.name),
    spans: [{ name, errorType: 'SyntaxError' }],
  },
];
