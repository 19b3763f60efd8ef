// Context management is that of the OpenTelemetry API: with another one, spans of libraries and ours would not see each other.
export { context, type Context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
