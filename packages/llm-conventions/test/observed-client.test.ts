// What the instrumentations of generated clients share, with the smallest client of that kind.
import { context, diag } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  instrumentClient,
  observeCall,
  serverAddressOf,
  startInferenceCall,
  startPlainCall,
} from '../src/client/index.ts';
import { createGenAi, openAiChatStream, signalSource, usageFromOpenAi } from '../src/index.ts';
import { type Recording, recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

/** The promise of the clients: it parses when it is asked. */
class ApiPromise<T> {
  readonly #answer: () => Promise<T>;

  constructor(answer: () => Promise<T>) {
    this.#answer = answer;
  }

  parse(): Promise<T> {
    return this.#answer();
  }

  asResponse(): Promise<{ status: number }> {
    return Promise.resolve({ status: 200 });
  }

  _thenUnwrap<U>(transform: (body: T) => U): ApiPromise<U> {
    return new ApiPromise(async () => transform(await this.parse()));
  }
}

class Client {
  readonly completions: { create(body: object): unknown };
  readonly answers: (() => unknown)[];

  constructor(answers: (() => unknown)[]) {
    this.answers = answers;
    this.completions = {
      create: () => {
        // The request leaves at once, as that of the clients does.
        const running = this.#request(answers);
        running.catch(() => undefined);
        return new ApiPromise(() => running);
      },
    };
  }

  async #request(answers: (() => unknown)[]): Promise<unknown> {
    let answer = answers.shift()?.();
    while (typeof answer === 'number') {
      this.shouldRetry({ status: answer });
      await this.retryRequest({}, 1, new Headers({ 'retry-after': '2' }));
      answer = answers.shift()?.();
    }
    if (answer instanceof Error) throw answer;
    return answer;
  }

  shouldRetry(_response: object): boolean {
    return true;
  }

  retryRequest(..._args: unknown[]): Promise<void> {
    return Promise.resolve();
  }

  withOptions(): Client {
    return new Client(this.answers);
  }
}

const body = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } };
const create = { path: ['completions', 'create'] } as const;

function observed(answers: (() => unknown)[]): { client: Client } & Recording {
  const recording = recordSignals();
  const genAi = createGenAi(recording);
  const client = instrumentClient(new Client(answers), {
    name: 'instrumentation-test',
    library: 'test',
    methods: [create, { path: ['missing', 'create'] }],
    observe: () => (run) =>
      observeCall(run, () =>
        startInferenceCall(
          genAi,
          { provider: 'p', model: 'm' },
          {
            response: (answer) => ({ usage: usageFromOpenAi((answer as typeof body).usage) }),
            extra: () => ({ 'app.seen': true }),
            stream: () => openAiChatStream,
          },
          { timeoutMillis: undefined },
        ),
      ),
  });
  return { client, ...recording };
}

const parse = (answer: unknown): Promise<unknown> => (answer as ApiPromise<unknown>).parse();

describe('a client that is observed', () => {
  test('answers with its own promise, and the span tells what came', async () => {
    const { client, spans } = observed([() => body]);
    const answer = client.completions.create({});

    expect(answer).toBeInstanceOf(ApiPromise);
    expect(await parse(answer)).toBe(body);
    expect(spans().map(({ attributes }) => attributes)).toMatchObject([
      { 'gen_ai.usage.input_tokens': 3, 'app.seen': true },
    ]);
  });

  test('fails with the error of the client', async () => {
    const error = new TypeError('no');
    const { client, spans } = observed([() => error]);

    await expect(parse(client.completions.create({}))).rejects.toBe(error);
    expect(spans()[0]?.attributes['error.type']).toBe('TypeError');
  });

  test('may hand out the raw response, or something made of the answer', async () => {
    const { client, spans } = observed([() => body, () => body]);
    const [raw, made] = [1, 2].map(() => client.completions.create({}) as ApiPromise<typeof body>);

    expect(await raw?.asResponse()).toEqual({ status: 200 });
    expect(await made?._thenUnwrap(({ choices }) => choices.length).parse()).toBe(0);
    expect(spans()).toHaveLength(2);
    expect(spans()[1]?.attributes['gen_ai.usage.input_tokens']).toBe(3);
  });

  test('tries again: an event for each attempt behind the first, and one span', async () => {
    const { client, spans } = observed([() => 429, () => 503, () => body]);

    expect(await parse(client.completions.create({}))).toBe(body);

    expect(spans()).toHaveLength(1);
    expect(spans()[0]?.attributes['http.request.resend_count']).toBe(2);
    expect(spans()[0]?.events.map(({ attributes }) => attributes)).toMatchObject([
      { 'http.response.status_code': 429, 'http.request.resend_count': 1 },
      { 'http.response.status_code': 503, 'http.request.resend_count': 2 },
    ]);
  });

  test('is observed once, and so is what withOptions makes of it', async () => {
    const { client, spans } = observed([() => body, () => body]);
    const again = instrumentClient(client, {
      name: 'instrumentation-test',
      library: 'test',
      methods: [create],
      observe: () => () => {
        throw new Error('never');
      },
    });

    await parse(again.completions.create({}));
    await parse(client.withOptions().completions.create({}));
    expect(spans()).toHaveLength(2);
  });

  const streamOf = (chunks: readonly object[]): object => {
    const stream = {
      controller: new AbortController(),
      async *iterator() {
        yield* chunks;
      },
      [Symbol.asyncIterator]: () => stream.iterator(),
    };
    return stream;
  };

  test('streams one answer, also of a server whose ids change on the way', async () => {
    const chunk = (id: string, finish_reason: string | null = null): object => ({
      ...body,
      id,
      choices: [{ index: 0, delta: { role: 'assistant', content: 'a' }, finish_reason }],
    });
    const { client, spans } = observed([
      () => streamOf([chunk('1'), chunk('1'), chunk('2'), chunk('2', 'stop')]),
    ]);

    for await (const _ of (await parse(client.completions.create({}))) as AsyncIterable<unknown>);

    expect(spans()[0]?.attributes['gen_ai.usage.input_tokens']).toBe(3);
    expect(spans()[0]?.attributes).not.toHaveProperty('llm_otel.usage.answers');
  });

  test('streams, and the stream ends the span', async () => {
    const { client, spans } = observed([
      () => streamOf([{ ...body, choices: [{ index: 0, finish_reason: 'stop' }], model: 'm-1' }]),
    ]);
    const stream = (await parse(client.completions.create({}))) as AsyncIterable<unknown>;

    expect(spans()).toEqual([]);
    for await (const _ of stream);
    expect(spans()[0]?.attributes).toMatchObject({
      'gen_ai.response.model': 'm-1',
      'llm_otel.stream.outcome': 'completed',
    });
  });

  test('that is none is told once and left alone', () => {
    const warn = vi.spyOn(diag, 'warn').mockReturnValue();
    const nobody = { name: 'x' };

    expect(
      instrumentClient(nobody, {
        name: 'instrumentation-test',
        library: 'test',
        methods: [create],
        observe: () => (run) => run(),
      }),
    ).toBe(nobody);
    expect(warn.mock.calls[0]?.[0]).toContain('no client of the test package');
  });
});

describe('a call that is observed', () => {
  const options = (recording: Recording) =>
    startPlainCall(signalSource('test', recording), {
      name: 'files.create',
      server: {},
      attributes: { 'app.a': 1 },
      answered: (answer) => ({ 'app.answer': String(answer) }),
    });

  test('may answer with a plain promise or value, and throw', async () => {
    const recording = recordSignals();
    const error = new RangeError('thrown');

    expect(
      await observeCall(
        () => Promise.resolve('later'),
        () => options(recording),
      ),
    ).toBe('later');
    expect(
      observeCall(
        () => 'now',
        () => options(recording),
      ),
    ).toBe('now');
    await expect(
      observeCall(
        () => Promise.reject(error),
        () => options(recording),
      ),
    ).rejects.toBe(error);
    expect(() =>
      observeCall(
        () => {
          throw error;
        },
        () => options(recording),
      ),
    ).toThrow(error);

    const told = recording.spans().map(({ attributes }) => attributes['app.answer']);
    expect(told).toHaveLength(4);
    expect(new Set(told)).toEqual(new Set(['now', 'later', undefined]));
  });

  test('runs as if nobody looked where it is not to be observed, or its start fails', () => {
    expect(
      observeCall(
        () => 1,
        () => undefined,
      ),
    ).toBe(1);
    expect(
      observeCall(
        () => 2,
        () => {
          throw new Error('broken');
        },
      ),
    ).toBe(2);
  });
});

test.each([
  ['https://api.example.com/v1', { serverAddress: 'api.example.com', serverPort: 443 }],
  ['http://[::1]:8080', { serverAddress: '::1', serverPort: 8080 }],
  ['http://localhost', { serverAddress: 'localhost', serverPort: 80 }],
  ['nowhere', {}],
  [undefined, {}],
])('the server of %s', (url, expected) => {
  expect(serverAddressOf(url)).toEqual(expected);
});

test('a method that one copy of this package observes is observed for another copy: one may be bundled', async () => {
  const one = await import('../src/client/index.ts');
  vi.resetModules();
  const other = await import('../src/client/index.ts');
  const original = (): void => undefined;
  const observed = (): void => undefined;

  one.markObserved(observed, original);

  expect(other.markObserved).not.toBe(one.markObserved);
  expect(other.isObserved(observed)).toBe(true);
  expect(other.originalOf(observed)).toBe(original);
});
