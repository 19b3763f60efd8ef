import { type Context, createContextKey } from '@opentelemetry/api';

/** As the SDK does it around each export. */
export function suppressTracing(context: Context): Context {
  return context.setValue(createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING'), true);
}
