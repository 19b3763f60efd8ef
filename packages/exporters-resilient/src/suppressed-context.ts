import { context, type Context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';

// The SDK's own key, made again: API context keys of one description are the same key.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

let suppressed: Context | undefined;

/**
 * Runs `work` outside any trace and with tracing suppressed, as every exporter must: an instrumented HTTP
 * client would otherwise record a span for each export, which is exported in turn. It also keeps whatever
 * a request has put into its context from living as long as our timers.
 */
export function outsideTraces<T>(work: () => T): T {
  suppressed ??= ROOT_CONTEXT.setValue(SUPPRESS_TRACING, true);
  return context.with(suppressed, work);
}
