import {
  type Case,
  again,
  answer,
  answered,
  base,
  collect,
  failing,
  failing6,
  major6,
  run,
  stable,
  stream,
  streamed,
  withSignal,
  call,
} from './calls.ts';

/** Calls that fail, are taken back or take too long. */
export const endings: readonly Case[] = [
  {
    name: 'server cuts the stream',
    scripts: [{ ...answer, fault: { kind: 'cut', afterChunks: 2 } }],
    async run(client) {
      const { result, errors } = stream(client);
      return { parts: stable(await collect(result.fullStream).catch(String)), errors };
    },
    spans: failing('AI_APICallError', { firstChunk: true }),
  },
  {
    name: 'error event in the stream',
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 2, error: { type: 'server_error' } } },
    ],
    async run(client) {
      const { result, errors } = stream(client);
      return { parts: stable(await collect(result.fullStream)), errors };
    },
    spans: failing('server_error', { firstChunk: true }),
  },
  {
    name: 'error event in the stream, which is asked for again',
    on: ({ major }) => major === 7,
    scripts: [
      { ...answer, fault: { kind: 'error', afterChunks: 1, error: { type: 'server_error' } } },
      answer,
    ],
    async run(client) {
      const { result, errors } = stream(client, { streamRetries: 1 });
      return { chunks: await collect(result.textStream), errors };
    },
    spans: [{ ...call, errorType: 'server_error' }, streamed, run],
  },
  {
    name: 'malformed event in the stream',
    scripts: [{ ...answer, fault: { kind: 'malformed', afterChunks: 2 } }],
    async run(client) {
      const { result, errors } = stream(client);
      const parts = await collect(result.fullStream);
      return { parts: parts.map(({ type }) => type), errors: errors.length };
    },
    spans: failing('AI_JSONParseError', { firstChunk: true }),
  },
  {
    name: 'abort through the signal of the call',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    run: (client) =>
      withSignal(async (abort) => {
        const told: string[] = [];
        const { result } = stream(client, {
          abortSignal: abort.signal,
          onAbort: () => void told.push('abort'),
        });
        for await (const chunk of result.textStream) {
          told.push(chunk);
          if (told.length === 2) abort.abort();
        }
        return told;
      }),
    spans: failing('AbortError', { firstChunk: true }),
  },
  {
    name: 'abort before the answer',
    scripts: [{ fault: { kind: 'hang' } }],
    run: (client) =>
      withSignal(async (abort) => {
        setImmediate(() => abort.abort());
        const abortSignal = abort.signal;
        return (await client.ai.generateText({ ...base(client), abortSignal })).text;
      }),
    spans: failing('AbortError'),
  },
  {
    name: 'no listener is left on the signal of a call',
    scripts: [{ ...answer, times: 2 }],
    run: (client) =>
      withSignal(async ({ signal: abortSignal }) => [
        (await client.ai.generateText({ ...base(client), abortSignal })).text,
        await collect(stream(client, { abortSignal }).result.textStream),
      ]),
    spans: [answered, run, streamed, run],
  },
  {
    name: '401',
    scripts: [{ error: { status: 401, code: 'invalid_api_key' } }],
    run: async (client) => (await client.ai.generateText(base(client))).text,
    spans: failing('invalid_api_key'),
    spansOn: failing6,
  },
  {
    name: '429',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    run: async (client) => (await client.ai.generateText(base(client))).text,
    spans: failing('rate_limit_exceeded'),
    spansOn: failing6,
  },
  {
    name: '429 of a stream',
    scripts: [{ error: { status: 429, code: 'rate_limit_exceeded' } }],
    async run(client) {
      const { result, errors } = stream(client);
      const parts = await collect(result.fullStream);
      const rejected = await Promise.resolve(result.text).catch(String);
      return { parts: parts.map(({ type }) => type), errors, rejected };
    },
    spans: failing('rate_limit_exceeded'),
    spansOn: failing6,
  },
  {
    name: '500, tried again',
    scripts: [again, answer],
    retries: 1,
    run: async (client) => (await client.ai.generateText(base(client))).text,
    spans: [{ ...answered, retries: 1 }, run],
    spansOn: major6({ ...call, errorType: 'AI_APICallError' }, answered, run),
  },
  {
    name: '500 of a stream, tried again',
    scripts: [again, answer],
    retries: 1,
    run: async (client) => collect(stream(client).result.textStream),
    spans: [{ ...streamed, retries: 1 }, run],
    spansOn: major6({ ...call, errorType: 'AI_APICallError' }, streamed, run),
  },
  {
    name: '500, tried again in vain',
    scripts: [{ ...again, times: 2 }],
    retries: 1,
    run: async (client) => (await client.ai.generateText(base(client))).text,
    spans: [
      { ...call, retries: 1, errorType: 'server_error' },
      { ...run, errorType: 'AI_RetryError' },
    ],
    spansOn: major6(
      { ...call, errorType: 'AI_APICallError' },
      { ...call, errorType: 'AI_APICallError' },
      { ...run, errorType: 'AI_RetryError' },
    ),
  },
  {
    name: 'timeout',
    scripts: [{ fault: { kind: 'hang' } }],
    timeout: 200,
    run: async (client) => (await client.ai.generateText(base(client))).text,
    spans: failing('TimeoutError'),
  },
  {
    name: 'timeout of a stream',
    scripts: [{ ...answer, fault: { kind: 'hang', afterChunks: 2 } }],
    timeout: 200,
    async run(client) {
      const { result, errors } = stream(client);
      return { parts: stable(await collect(result.fullStream)), errors };
    },
    spans: failing('TimeoutError', { firstChunk: true }),
  },
  {
    name: 'broken body',
    scripts: [{ ...answer, fault: { kind: 'malformed' } }],
    run: (client) =>
      client.ai.generateText(base(client)).then(
        () => 'answered',
        (error: Error) => error.name,
      ),
    spans: failing('AI_APICallError'),
  },
];
