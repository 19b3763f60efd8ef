import { type Context, type Span, type SpanOptions, trace, type Tracer } from '@opentelemetry/api';
import { FailureLog } from './failure-log.ts';
import { NO_SPAN } from './tracing-off.ts';

const failures = new FailureLog();

/**
 * Starts a span. Where the tracer or a processor throws, the parent's span context stands in, so that what is called
 * inside still joins the trace; that span records nothing. Never throws: the failure is logged once through `diag`.
 */
export function startSpan(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  parent: Context,
): Span {
  try {
    return tracer.startSpan(name, options, parent);
  } catch (error) {
    failures.report('starting a span', error);
    // Not the parent's span itself: its lifetime is not ours to end.
    const parentContext = trace.getSpanContext(parent);
    return parentContext === undefined ? NO_SPAN : trace.wrapSpanContext(parentContext);
  }
}

/** Ends a span, as of `millisAgo` where what it is about was over before. Never throws, whatever its processors do. */
export function endSpan(span: Span, millisAgo: number = 0): void {
  try {
    if (millisAgo > 0) span.end(performance.now() - millisAgo);
    else span.end();
  } catch (error) {
    failures.report('ending a span', error);
  }
}
