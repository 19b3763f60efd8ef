import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { w3cPropagator } from '@llm-otel/propagation';
import { recordSpans, type SpanRecorder } from '@llm-otel/testing';

/** An OpenTelemetry set-up that keeps what it gets. `stop` takes it away again. */
export function startRecording(processors: readonly object[] = []): {
  readonly recorder: SpanRecorder;
  readonly stop: () => void;
} {
  const recorder = recordSpans();
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [recorder, ...(processors as SpanRecorder[])] }),
  );
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(w3cPropagator({ baggageKeys: ['session.id'] }));
  return {
    recorder,
    stop() {
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}
