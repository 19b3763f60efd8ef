import { trace } from '@opentelemetry/api';

/** `trace_id`, `span_id` and `trace_flags` as other tools look for them in a line of text. */
export interface TraceFields {
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly trace_flags?: string;
}

/**
 * The ids of the active span for the lines of a logger, empty outside of one: `pino({ mixin: traceFields })`. Records
 * of a bridge have them anyway.
 */
export function traceFields(): TraceFields {
  const spanContext = trace.getActiveSpan()?.spanContext();
  if (spanContext === undefined) return {};
  const { traceId, spanId, traceFlags } = spanContext;
  return {
    trace_id: traceId,
    span_id: spanId,
    trace_flags: (traceFlags & 0xff).toString(16).padStart(2, '0'),
  };
}
