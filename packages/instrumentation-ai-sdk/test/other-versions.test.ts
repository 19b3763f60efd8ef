// Versions that `instrumentAiSdk` does not know: told once, never silent.
import { diag, type DiagLogger } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { generateText as generateText6 } from 'ai-6';
import { MockLanguageModelV3 } from 'ai-6/test';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const recorder = recordSpans();
const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
const warned = vi.fn<(...words: unknown[]) => void>();

beforeEach(() => {
  // What was told is forgotten with the modules.
  vi.resetModules();
  diag.setLogger({ warn: warned } as unknown as DiagLogger);
});
afterEach(() => {
  diag.disable();
  warned.mockClear();
  recorder.clear();
});

const model = new MockLanguageModelV3({
  doGenerate: () =>
    Promise.resolve({
      content: [{ type: 'text', text: 'On its way.' }],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: 12, noCache: 12, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 5, text: 5, reasoning: 0 },
      },
      warnings: [],
    }),
});

test('version 6 is told once, with what observes it', async () => {
  const { instrumentAiSdk } = await import('../src/index.ts');
  const takeBack = instrumentAiSdk({ tracer });

  await generateText6({ model, prompt: 'Where is my parcel?' });
  await generateText6({ model, prompt: 'And now?' });
  takeBack();

  expect(warned.mock.calls.flat()).toEqual([
    'llm-otel: ai before 7.0.0 is not observed by instrumentAiSdk: give its calls the tracer of aiSdkTracer() of @llm-otel/instrumentation-ai-sdk',
  ]);
  expect(recorder.spans).toEqual([]);
});

test('version 6 is not told where its calls can have a tracer', async () => {
  const { aiSdkTracer, instrumentAiSdk } = await import('../src/index.ts');
  const takeBack = instrumentAiSdk({ tracer });
  const telemetry = { isEnabled: true, tracer: aiSdkTracer({ tracer }) };

  await generateText6({ model, prompt: 'Where?', experimental_telemetry: telemetry });
  takeBack();

  expect(warned).not.toHaveBeenCalled();
  expect(recorder.spans).toHaveLength(2);
});

test('a version to come is told once and left alone, the newest one is not told', async () => {
  const { aiSdkTelemetry } = await import('../src/index.ts');
  const telemetry = aiSdkTelemetry({ tracer });
  const started = { operationId: 'ai.generateText', callId: 'c-1' };

  for (const aiVersion of ['8.0.0', '8.0.0', '8.0.0-beta.3']) {
    telemetry.onStart({ ...started, aiVersion });
    telemetry.onEnd({ ...started, aiVersion });
  }
  expect(warned.mock.calls.flat()).toEqual([
    'llm-otel: ai 8.0.0 is not observed: this release knows >=7.0.0 <8.0.0',
    'llm-otel: ai 8.0.0-beta.3 is not observed: this release knows >=7.0.0 <8.0.0',
  ]);
  expect(recorder.spans).toEqual([]);

  telemetry.onStart({ ...started, aiVersion: '7.0.173' });
  telemetry.onEnd({ ...started, aiVersion: '7.0.173' });
  expect(warned).toHaveBeenCalledTimes(2);
  expect(recorder.spans).toHaveLength(1);
});
