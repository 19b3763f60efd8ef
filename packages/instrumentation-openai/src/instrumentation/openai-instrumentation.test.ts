import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import * as library from 'openai';
import { afterEach, expect, test, vi } from 'vitest';
import { instrument } from '../instrument.ts';
import { OpenAiInstrumentation } from './openai-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

function hooksOf(instrumentation: OpenAiInstrumentation): Hooks {
  return (instrumentation as unknown as { init(): Hooks }).init();
}

const instrumentation = new OpenAiInstrumentation({ tracer });
const hooks = hooksOf(instrumentation);

afterEach(() => {
  hooks.unpatch(library);
  recorder.clear();
  diag.disable();
});

/** The method as the library has it now. */
function currentMethod(): unknown {
  return Reflect.get(library.OpenAI.Chat.Completions.prototype, 'create');
}

const answer = { id: 'chatcmpl-1', object: 'chat.completion', model: 'gpt-5-mini', choices: [] };
const chat = { model: 'gpt-5-mini', messages: [] };

function client(): library.OpenAI {
  return new library.OpenAI({
    baseURL: 'https://api.groq.com/openai/v1',
    apiKey: 'none',
    fetch: () => Promise.resolve(Response.json(answer)),
  });
}

test('every client is observed once the library is loaded, those made before as well', async () => {
  const before = client();

  hooks.patch(library, '7.57.0');
  await before.chat.completions.create(chat);
  await client().responses.create({ model: 'gpt-5-mini', input: 'hello' });

  expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-5-mini', 'chat gpt-5-mini']);
  expect(recorder.spans[0]?.attributes).toMatchObject({
    'gen_ai.provider.name': 'groq',
    'server.address': 'api.groq.com',
  });
});

test('files and the like have their plain spans too', async () => {
  hooks.patch(library, '7.57.0');
  await client().vectorStores.fileBatches.retrieve('fb_1', { vector_store_id: 'vs_1' });
  await client().fineTuning.jobs.checkpoints.list('ft_1');

  expect(recorder.spans.map(({ name }) => name)).toEqual([
    'openai.vector_stores.file_batches.retrieve',
    'openai.fine_tuning.jobs.checkpoints.list',
  ]);
});

test('options that are none never reach a call of the application', async () => {
  const wrong = hooksOf(new OpenAiInstrumentation({ tracer, streamTimeoutMillis: -1 }));
  wrong.patch(library, '7.57.0');

  expect(await client().chat.completions.create(chat)).toMatchObject({ id: answer.id });
  expect(recorder.spans).toEqual([]);
});

test('a client that is also observed by itself has one span for each call', async () => {
  hooks.patch(library, '7.57.0');
  hooks.patch(library, '7.57.0');

  await instrument(client(), { tracer }).chat.completions.create(chat);

  expect(recorder.spans).toHaveLength(1);
});

test('a call has one span where another instrumentation has covered the method in between', async () => {
  const { prototype } = library.OpenAI.Chat.Completions;
  const bare = currentMethod();
  hooks.patch(library, '6.49.0');
  const observed = currentMethod() as (...args: unknown[]) => unknown;
  const covering = function (this: unknown, ...args: unknown[]): unknown {
    return observed.apply(this, args);
  };
  Object.assign(prototype, {
    create: Object.assign(covering, { __wrapped: true, __original: observed }),
  });

  hooks.patch(library, '6.49.0');
  await client().chat.completions.create(chat);
  Object.assign(prototype, { create: bare });

  expect(recorder.spans.map(({ name }) => name)).toEqual(['chat gpt-5-mini']);
});

test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
  const bare = currentMethod();
  hooks.patch(library, '7.57.0');

  instrumentation.disable();
  await client().chat.completions.create(chat);
  instrumentation.enable();
  hooks.unpatch(library);
  await client().chat.completions.create(chat);

  expect(recorder.spans).toEqual([]);
  expect(currentMethod()).toBe(bare);
});

test.each(['4.104.0', '8.0.0'])('version %s is not known: told once and left alone', (version) => {
  const warned = vi.fn<(...words: unknown[]) => void>();
  diag.setLogger({ warn: warned } as unknown as DiagLogger);
  const bare = currentMethod();

  const loaded = hooksOf(instrumentation);
  loaded.patch(library, version);
  loaded.patch(library, version);

  expect(currentMethod()).toBe(bare);
  expect(warned).toHaveBeenCalledOnce();
  expect(warned.mock.calls.flat().join(' ')).toContain(
    `openai ${version} is not observed: this release knows >=5.0.0 <8.0.0`,
  );
});

test('what is no client library at all is left alone', () => {
  expect(hooks.patch({}, '7.0.0')).toEqual({});
  expect(hooks.patch(undefined, '7.0.0')).toBeUndefined();
});
