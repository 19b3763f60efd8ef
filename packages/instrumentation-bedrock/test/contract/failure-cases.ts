import type { Case } from './cases.ts';
import { answer, ask, collect, completed, invoked, name, plain } from './shared.ts';

/** The release throws what the stream says, and not the error that it means. */
const withoutName: Case['spansOn'] = ({ losesErrors }) =>
  losesErrors ? [{ name, outcome: 'failed', firstChunk: true, errorType: '_OTHER' }] : undefined;

const again = { status: 500, type: 'InternalServerException' };

/** What goes wrong at the server, on the way and in time. */
export const failureCases: readonly Case[] = [
  {
    name: '400',
    scripts: [{ error: { status: 400 } }],
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'ValidationException' }],
  },
  {
    name: '403',
    scripts: [{ error: { status: 403 } }],
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'AccessDeniedException' }],
  },
  {
    name: '403, with a callback',
    scripts: [{ error: { status: 403 } }],
    run: (client) =>
      new Promise((resolve) => client.converse(ask, (...told: unknown[]) => resolve(told))),
    spans: [{ name, errorType: 'AccessDeniedException' }],
  },
  {
    name: '429',
    scripts: [{ error: { status: 429 } }],
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'ThrottlingException' }],
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, errorType: 'ThrottlingException' }],
  },
  {
    name: '429 of an invoked model',
    scripts: [{ error: { status: 429 } }],
    run: (client) => client.invokeModel(invoked),
    spans: [{ name, errorType: 'ThrottlingException' }],
  },
  {
    name: '500, tried again',
    scripts: [{ error: again }, answer],
    retries: 1,
    run: (client) => client.converse(ask),
    spans: [{ ...plain, retries: 1 }],
  },
  {
    name: '500 of a stream, tried again',
    scripts: [{ error: again }, answer],
    retries: 1,
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ ...completed, retries: 1 }],
  },
  {
    name: '500, tried again in vain',
    scripts: [{ error: again, times: 3 }],
    retries: 2,
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'InternalServerException', retries: 2 }],
  },
  {
    name: 'no connection',
    scripts: [{ fault: { kind: 'cut' } }],
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'ECONNRESET' }],
    spansOn: ({ isHttp2 }) => (isHttp2 ? [{ name, errorType: 'TimeoutError' }] : undefined),
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 300,
    run: (client) => client.converse(ask),
    spans: [{ name, errorType: 'TimeoutError' }],
    spansOn: (line) => (line.isHttp2 ? undefined : [{ name, errorType: line.timeoutCode }]),
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    async run(client, { line }) {
      const abort = new AbortController();
      const promise = client.send(new line.library.ConverseCommand(ask), {
        abortSignal: abort.signal,
      });
      setImmediate(() => abort.abort());
      return promise;
    },
    spans: [{ name, errorType: 'AbortError' }],
  },
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ECONNRESET' }],
    // The client ends it as if it were complete.
    spansOn: ({ isHttp2 }) =>
      isHttp2
        ? [{ name, outcome: 'failed', firstChunk: true, errorType: 'incomplete_stream' }]
        : undefined,
  },
  {
    name: 'server cuts the stream of an invoked model',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    run: async (client) => collect((await client.invokeModelWithResponseStream(invoked)).body),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ECONNRESET' }],
    spansOn: ({ isHttp2 }) =>
      isHttp2
        ? [{ name, outcome: 'failed', firstChunk: true, errorType: 'incomplete_stream' }]
        : undefined,
  },
  {
    name: 'stream that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'incomplete_stream' }],
  },
  {
    name: 'stream of an invoked model that ends without its end',
    scripts: [{ ...answer, fault: { kind: 'end', afterChunks: 2 } }],
    run: async (client) => collect((await client.invokeModelWithResponseStream(invoked)).body),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'incomplete_stream' }],
  },
  {
    name: 'exception in the stream',
    scripts: [{ ...answer, fault: { kind: 'error', afterChunks: 2 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ModelStreamErrorException' }],
    spansOn: withoutName,
  },
  {
    name: 'throttled in the middle of the stream',
    scripts: [
      {
        ...answer,
        fault: { kind: 'error', afterChunks: 2, error: { type: 'throttlingException' } },
      },
    ],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'ThrottlingException' }],
    spansOn: withoutName,
  },
  {
    name: 'broken frame in the stream',
    scripts: [{ ...answer, fault: { kind: 'malformed', afterChunks: 2 } }],
    run: async (client) => collect((await client.converseStream(ask)).stream),
    spans: [{ name, outcome: 'failed', firstChunk: true, errorType: 'Error' }],
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) => client.converse(ask).then(null, (error: unknown) => (error as Error).name),
    spans: [{ name, errorType: 'SyntaxError' }],
  },
  {
    name: 'a model that is not named',
    scripts: [],
    run: (client) => client.converse({ ...ask, modelId: undefined }),
    spans: [{ name: 'chat', errorType: 'Error' }],
  },
  {
    name: 'no credentials',
    scripts: [],
    run(client) {
      Object.assign(client.config, {
        credentials: () => Promise.reject(new Error('no credentials here')),
      });
      return client.converse(ask);
    },
    spans: [{ name, errorType: 'Error' }],
  },
];
