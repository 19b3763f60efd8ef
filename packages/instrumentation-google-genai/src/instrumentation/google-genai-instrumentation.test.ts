import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { type ModelEmulator, recordSpans, startModelEmulator } from '@llm-otel/testing';
import * as newest from '@google/genai';
import * as middle from 'google-genai-2-0';
import * as oldest from 'google-genai-1-0';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { instrument } from '../instrument.ts';
import { GoogleGenAiInstrumentation } from './google-genai-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

const instrumentation = new GoogleGenAiInstrumentation({ tracer });
function hooksOf(made: GoogleGenAiInstrumentation): Hooks {
  return (made as unknown as { init(): Hooks }).init();
}

const hooks = hooksOf(instrumentation);
const ask = { model: 'gemini-2.5-flash', contents: 'hello' };
const name = 'generate_content gemini-2.5-flash';
let emulator: ModelEmulator;

beforeEach(async () => {
  emulator = await startModelEmulator();
});
afterEach(async () => {
  await emulator.close();
  instrumentation.enable();
  recorder.clear();
  diag.disable();
});

describe.each([
  ['3.3.0', newest],
  ['1.0.0', oldest as unknown as typeof newest],
])('@google/genai %s', (version, library) => {
  const currentMethods = (): unknown[] =>
    [library.Models, library.Caches, library.Files].flatMap(({ prototype }) =>
      Object.values(Object.getOwnPropertyDescriptors(prototype)).map(
        (member): unknown => member.value,
      ),
    );
  const client = (): newest.GoogleGenAI =>
    new library.GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: emulator.geminiBaseUrl } });

  test('every client is observed once the library is loaded, those made before as well', async () => {
    const before = client();

    hooks.patch(library, version);
    await before.models.generateContent(ask);
    await client().chats.create({ model: ask.model }).sendMessage({ message: 'hello' });
    await client().models.countTokens(ask);
    await client().models.embedContent({ model: 'gemini-embedding-001', contents: 'one' });

    expect(recorder.spans.map((span) => span.name)).toEqual([
      name,
      name,
      'google_genai.models.count_tokens',
      'embeddings gemini-embedding-001',
    ]);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'server.address': '127.0.0.1',
      'gen_ai.provider.name': 'gcp.gemini',
    });
    hooks.unpatch(library);
  });

  test('options that are none never reach a call of the application', async () => {
    const wrong = hooksOf(new GoogleGenAiInstrumentation({ tracer, streamTimeoutMillis: -1 }));
    wrong.patch(library, version);

    const { text } = await client().models.generateContent(ask);

    expect(text).toBe('You said: hello');
    expect(recorder.spans).toEqual([]);
    wrong.unpatch(library);
  });

  test('a client that is also observed by itself has one span for each call', async () => {
    hooks.patch(library, version);
    hooks.patch(library, version);

    const { models } = instrument(client(), { tracer });
    await models.generateContent(ask);
    for await (const _ of await models.generateContentStream(ask));

    expect(recorder.spans.map((span) => span.name)).toEqual([name, name]);
    hooks.unpatch(library);
  });

  test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
    const bare = currentMethods();
    hooks.patch(library, version);

    instrumentation.disable();
    await client().models.generateContent(ask);
    instrumentation.enable();
    hooks.unpatch(library);
    await client().models.generateContent(ask);

    expect(recorder.spans).toEqual([]);
    expect(currentMethods()).toEqual(bare);
  });

  test('a version that is not known is told once and left alone', () => {
    const warned = vi.fn<(...words: unknown[]) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const bare = currentMethods();
    const fresh = hooksOf(instrumentation);

    fresh.patch(library, '4.0.0');
    fresh.patch(library, '4.0.0');

    expect(currentMethods()).toEqual(bare);
    expect(warned).toHaveBeenCalledTimes(1);
    expect(warned.mock.calls.flat().join(' ')).toContain(
      '@google/genai 4.0.0 is not observed: this release knows >=1.0.0 <4.0.0',
    );
  });
});

describe.each([
  ['3.3.0', newest],
  ['2.0.0', middle as unknown as typeof newest],
])('interactions of @google/genai %s', (version, library) => {
  const request = { model: ask.model, input: 'hello' };
  const client = (): newest.GoogleGenAI =>
    new library.GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: emulator.geminiBaseUrl } });

  test('are observed once, of clients made before as well, and not where that is taken back', async () => {
    const before = client();
    const bare = Object.getOwnPropertyDescriptors(library.GoogleGenAI.prototype);

    hooks.patch(library, version);
    hooks.patch(library, version);
    await before.interactions.create(request);
    await instrument(client(), { tracer }).interactions.create(request);
    const observed = client().interactions;
    instrumentation.disable();
    await observed.create(request);
    instrumentation.enable();
    hooks.unpatch(library);
    await client().interactions.create(request);

    expect(recorder.spans.map((span) => span.name)).toEqual([name, name]);
    expect(Object.getOwnPropertyDescriptors(library.GoogleGenAI.prototype)).toEqual(bare);
  });
});

test('what is no client library at all is left alone', () => {
  expect(hooks.patch({}, '1.0.0')).toEqual({});
  expect(hooks.patch(undefined, '1.0.0')).toBeUndefined();
});
