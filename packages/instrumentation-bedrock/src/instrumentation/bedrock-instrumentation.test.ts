import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans, startModelEmulator } from '@llm-otel/testing';
import * as newest from '@aws-sdk/client-bedrock-runtime';
import * as oldest from 'bedrock-3-587';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { instrument } from '../instrument.ts';
import { BedrockInstrumentation } from './bedrock-instrumentation.ts';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');

/** What the base class does when the library is loaded, and when the instrumentation is disabled. */
interface Hooks {
  patch(library: unknown, version?: string): unknown;
  unpatch(library: unknown): void;
}

const instrumentation = new BedrockInstrumentation({ tracer });
function hooksOf(made: BedrockInstrumentation): Hooks {
  return (made as unknown as { init(): Hooks }).init();
}

const hooks = hooksOf(instrumentation);
const ask = { modelId: 'us.anthropic.claude-opus-4-8', messages: [] };
let emulator: Awaited<ReturnType<typeof startModelEmulator>>;
beforeAll(async () => {
  emulator = await startModelEmulator();
});
afterAll(() => emulator.close());
afterEach(() => {
  instrumentation.enable();
  recorder.clear();
  diag.disable();
});

describe.each([
  ['3.1164.0', newest],
  ['3.587.0', oldest as unknown as typeof newest],
])('@aws-sdk/client-bedrock-runtime %s', (version, library) => {
  const { prototype } = library.BedrockRuntimeClient;
  const send = (): unknown => Reflect.get(prototype, 'send') as unknown;
  const client = (): newest.BedrockRuntime =>
    new library.BedrockRuntime({
      endpoint: emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });

  test('every client is observed once the library is loaded, those made before as well', async () => {
    const before = client();

    hooks.patch(library, version);
    await before.converse(ask);
    await client().converse(ask);

    expect(recorder.spans.map(({ name }) => name)).toEqual(Array(2).fill(`chat ${ask.modelId}`));
    hooks.unpatch(library);
  });

  test('options that are none never reach a call of the application', async () => {
    const wrong = hooksOf(new BedrockInstrumentation({ tracer, streamTimeoutMillis: -1 }));
    wrong.patch(library, version);

    expect(await client().converse(ask)).toMatchObject({ stopReason: 'end_turn' });
    expect(recorder.spans).toEqual([]);
    wrong.unpatch(library);
  });

  test('a client that is also observed by itself has one span for each call', async () => {
    hooks.patch(library, version);
    hooks.patch(library, version);

    await instrument(client(), { tracer }).converse(ask);

    expect(recorder.spans).toHaveLength(1);
    hooks.unpatch(library);
  });

  test('what is disabled observes nothing, and what is taken back leaves the library as it was', async () => {
    const bare = send();
    const members = Reflect.ownKeys(prototype);
    hooks.patch(library, version);
    expect(send()).not.toBe(bare);
    expect(send()).toHaveProperty('name', 'send');
    expect(send()).toHaveLength(3);

    instrumentation.disable();
    await client().converse(ask);
    instrumentation.enable();
    hooks.unpatch(library);
    await client().converse(ask);

    expect(recorder.spans).toEqual([]);
    expect(send()).toBe(bare);
    expect(Reflect.ownKeys(prototype)).toEqual(members);
  });

  test('a version that is not known is told and left alone', () => {
    const warned = vi.fn<(...words: unknown[]) => void>();
    diag.setLogger({ warn: warned } as unknown as DiagLogger);
    const bare = send();
    const loaded = hooksOf(instrumentation);

    loaded.patch(library, '4.0.0');
    loaded.patch(library, '4.0.0');

    expect(send()).toBe(bare);
    expect(warned).toHaveBeenCalledOnce();
    expect(warned.mock.calls.flat().join(' ')).toContain(
      '@aws-sdk/client-bedrock-runtime 4.0.0 is not observed: this release knows >=3.587.0 <4.0.0',
    );
  });
});

test('the clients of other services of AWS are left alone', () => {
  const base = Object.getPrototypeOf(newest.BedrockRuntimeClient.prototype) as object;
  const send: unknown = Reflect.get(base, 'send');

  hooks.patch(newest, '3.1164.0');

  expect(Reflect.get(base, 'send')).toBe(send);
  hooks.unpatch(newest);
});

test('what is no client library at all is left alone', () => {
  expect(hooks.patch({}, '3.1000.0')).toEqual({});
  expect(hooks.patch(undefined, '3.1000.0')).toBeUndefined();
  hooks.unpatch(undefined);
});
