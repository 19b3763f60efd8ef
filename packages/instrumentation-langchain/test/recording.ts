import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { recordSpans, type SpanRecorder } from '@llm-otel/testing';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { onTestFinished } from 'vitest';

/** An OpenTelemetry set-up for one test. */
export function startRecording(): SpanRecorder {
  const recorder = recordSpans();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [recorder] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  onTestFinished(() => {
    trace.disable();
    context.disable();
  });
  return recorder;
}
