import { context as contextApi, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { TracerProvider } from '@opentelemetry/sdk-trace';

const exporter = new InMemoryLogRecordExporter();

/** A provider of the SDK that keeps its records in memory. */
export const loggerProvider: LoggerProvider = new LoggerProvider({
  processors: [new SimpleLogRecordProcessor({ exporter })],
});

/** The records since the last call. */
export function takeRecords(): ReadableLogRecord[] {
  const records = [...exporter.getFinishedLogRecords()];
  exporter.reset();
  return records;
}

/** Runs `work` inside a span and returns its ids. */
export function insideSpan(work: () => void): { traceId: string; spanId: string } {
  const span = new TracerProvider().getTracer('test').startSpan('work');
  contextApi.with(trace.setSpan(contextApi.active(), span), work);
  span.end();
  const { traceId, spanId } = span.spanContext();
  return { traceId, spanId };
}

export function useContexts(): () => void {
  contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return () => contextApi.disable();
}
