import { type Context, createContextKey } from '@opentelemetry/api';

// The same key as in the SDK: context keys with the same description are equal.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** True inside an exporter, where a request must not become part of a trace. */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING) === true;
}
