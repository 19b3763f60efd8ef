import type { TelemetryEnvironment } from '@llm-otel/core/setup';
import type { ExceptionSignal } from '@llm-otel/llm-conventions';
import { diag } from '@opentelemetry/api';
import type { TelemetryOptions } from './telemetry-options.ts';

/**
 * How exceptions are told. Whoever asks for log events and exports no log records gets a line about it; the exceptions
 * themselves stay on the span then, unless the application has a logger provider of its own.
 */
export function chooseExceptions(
  { exceptions }: Pick<TelemetryOptions, 'exceptions'>,
  { exceptionSignal }: Pick<TelemetryEnvironment, 'exceptionSignal'>,
  logsAreExported: boolean,
): ExceptionSignal {
  const chosen = exceptions ?? exceptionSignal ?? 'span';
  if (chosen !== 'span' && !logsAreExported) {
    const asking =
      exceptions === undefined ? 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN' : 'the option exceptions';
    diag.warn(
      `llm-otel: ${asking} asks for log events, and no log records are exported: exceptions stay on the span unless the application registers a logger provider of its own; use logs: true or OTEL_LOGS_EXPORTER=otlp`,
    );
  }
  return chosen;
}
