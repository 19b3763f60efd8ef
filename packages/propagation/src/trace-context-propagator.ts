import {
  type Context,
  createContextKey,
  type Span,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { SmallContext } from './small-context.ts';
import { isTracingSuppressed } from './tracing-suppressed.ts';
import { neverThrowing } from './never-throwing.ts';
import { formatTraceparent, joinTraceparent, parseTraceparent } from './traceparent.ts';
import { HeaderTraceState } from './trace-state.ts';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';
const RANDOM_FLAG = 0b10;
// The SDK gives its spans the sampled flag and nothing else, so the random flag of a trace would be lost after the
// first local span. The context carries the id of the trace that came in with the flag.
const RANDOM_TRACE_ID = createContextKey('llm-otel random trace id');

/**
 * W3C trace context, level 2, faster than the stock propagator and with the random flag passed on. Contexts are
 * interchangeable with the stock one's. A missing or invalid header leaves the context as it was.
 */
export function w3cTraceContextPropagator(): TextMapPropagator {
  return neverThrowing({ inject, extract, fields: () => [TRACEPARENT, TRACESTATE] });
}

function inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
  const span = trace.getSpan(context);
  if (span === undefined || isTracingSuppressed(context)) return;
  const spanContext = span.spanContext();
  const header = headerFor(span, spanContext, context);
  if (header === undefined) return;
  setter.set(carrier, TRACEPARENT, header);
  const traceState = spanContext.traceState?.serialize();
  if (traceState) setter.set(carrier, TRACESTATE, traceState);
}

function headerFor(span: Span, spanContext: SpanContext, context: Context): string | undefined {
  // What came over the wire has the flags it came with.
  if (spanContext.isRemote === true) return formatTraceparent(spanContext);
  const { traceId, spanId } = spanContext;
  const random = context.getValue(RANDOM_TRACE_ID) === traceId ? RANDOM_FLAG : 0;
  const traceFlags = spanContext.traceFlags | random;
  // A recording span was started by an SDK, which made its ids or checked them. Checking again is a third of the
  // work. Everything else (sampled out, hand-made, from a test) is looked at digit by digit.
  if (!span.isRecording()) return formatTraceparent({ traceId, spanId, traceFlags });
  return traceId.length === 32 && spanId.length === 16
    ? joinTraceparent(traceId, spanId, traceFlags)
    : undefined;
}

function extract<Carrier>(
  context: Context,
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
): Context {
  const found: unknown = getter.get(carrier, TRACEPARENT);
  const header = typeof found === 'string' ? found : onlyOne(found);
  if (typeof header !== 'string') return context;
  const traceState = getter.get(carrier, TRACESTATE);
  const spanContext = parseTraceparent(
    header,
    traceState === undefined ? undefined : traceStateOf(traceState),
  );
  if (spanContext === undefined) return context;
  const extracted = trace.setSpanContext(SmallContext.on(context), spanContext);
  return (spanContext.traceFlags & RANDOM_FLAG) === 0
    ? extracted
    : extracted.setValue(RANDOM_TRACE_ID, spanContext.traceId);
}

/** Two `traceparent` headers are as good as none: nothing says which one is right. */
function onlyOne(headers: unknown): unknown {
  return Array.isArray(headers) && headers.length === 1
    ? (headers as readonly unknown[])[0]
    : undefined;
}

function traceStateOf(header: unknown): HeaderTraceState | undefined {
  // Several `tracestate` headers are one list.
  const text = Array.isArray(header)
    ? header.filter((line) => typeof line === 'string').join(',')
    : header;
  return typeof text === 'string' && text !== '' ? new HeaderTraceState(text) : undefined;
}
