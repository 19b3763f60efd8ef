import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import * as newest from '@anthropic-ai/sdk';
import * as oldest from 'anthropic-0-90';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { instrument } from '../instrument.ts';
import { AnthropicInstrumentation } from './anthropic-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

const instrumentation = new AnthropicInstrumentation({ tracer });
function hooksOf(made: AnthropicInstrumentation): Hooks {
  return (made as unknown as { init(): Hooks }).init();
}

const hooks = hooksOf(instrumentation);
const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [] };
const ask = { model: 'claude-opus-4-8', max_tokens: 10, messages: [] };

afterEach(() => {
  instrumentation.enable();
  recorder.clear();
  diag.disable();
});

describe.each([
  ['1.14.0', newest],
  ['0.90.0', oldest as unknown as typeof newest],
])('@anthropic-ai/sdk %s', (version, library) => {
  const currentMethods = (): unknown[] =>
    [
      [library.Anthropic.Messages.prototype, 'create'],
      [library.Anthropic.Beta.Messages.prototype, 'create'],
      [library.Anthropic.Messages.Batches.prototype, 'create'],
      [library.BaseAnthropic.prototype, 'retryRequest'],
    ].map(([prototype, name]) => Reflect.get(prototype as object, name as string) as unknown);
  const client = (): newest.Anthropic =>
    new library.Anthropic({
      apiKey: 'none',
      logLevel: 'off',
      fetch: () => Promise.resolve(Response.json(message)),
    });

  test('every client is observed once the library is loaded, those made before as well', async () => {
    const before = client();

    hooks.patch(library, version);
    await before.messages.create(ask);
    await client().beta.messages.create(ask);

    expect(recorder.spans.map(({ name }) => name)).toEqual(Array(2).fill('chat claude-opus-4-8'));
    expect(recorder.spans[0]?.attributes['server.address']).toBe('api.anthropic.com');
    hooks.unpatch(library);
  });

  test('options that are none never reach a call of the application', async () => {
    const wrong = hooksOf(new AnthropicInstrumentation({ tracer, streamTimeoutMillis: -1 }));
    wrong.patch(library, version);

    expect(await client().messages.create(ask)).toMatchObject({ id: 'msg_1' });
    expect(recorder.spans).toEqual([]);
    wrong.unpatch(library);
  });

  test('a client that is also observed by itself has one span for each call', async () => {
    hooks.patch(library, version);
    hooks.patch(library, version);

    await instrument(client(), { tracer }).messages.create(ask);

    expect(recorder.spans).toHaveLength(1);
    hooks.unpatch(library);
  });

  test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
    const bare = currentMethods();
    hooks.patch(library, version);

    instrumentation.disable();
    await client().messages.create(ask);
    instrumentation.enable();
    hooks.unpatch(library);
    await client().messages.create(ask);

    expect(recorder.spans).toEqual([]);
    expect(currentMethods()).toEqual(bare);
  });

  test('a version that is not known is told once and left alone', () => {
    const warned = vi.fn<(...words: unknown[]) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const bare = currentMethods();

    const loaded = hooksOf(instrumentation);
    loaded.patch(library, '2.0.0');
    loaded.patch(library, '2.0.0');

    expect(currentMethods()).toEqual(bare);
    expect(warned).toHaveBeenCalledOnce();
    expect(warned.mock.calls.flat().join(' ')).toContain(
      '@anthropic-ai/sdk 2.0.0 is not observed: this release knows >=0.90.0 <2.0.0',
    );
  });
});

test('what is no client library at all is left alone', () => {
  expect(hooks.patch({}, '1.0.0')).toEqual({});
  expect(hooks.patch(undefined, '1.0.0')).toBeUndefined();
});
