import {
  type Context,
  type Span,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { InvalidOptionError, type OptionKeys } from '@llm-otel/core';
import { incomingTraceIds } from './incoming-trace-ids.ts';
import { knownOptions } from './known-options.ts';
import { SmallContext } from './small-context.ts';
import { isTracingSuppressed } from './tracing-suppressed.ts';
import { neverThrowing } from './never-throwing.ts';
import { formatTraceparent, joinTraceparent, parseTraceparent } from './traceparent.ts';
import { HeaderTraceState } from './trace-state.ts';

const TRACEPARENT = 'traceparent';
const TRACESTATE = 'tracestate';
const RANDOM_FLAG = 0b10;
const KNOWN: OptionKeys<TraceContextOptions> = { randomTraceIds: true };

/** How the trace context is written. */
export interface TraceContextOptions {
  /**
   * Whether the ids of traces that start in this process are random, in their last 56 bits at least, as those of the
   * SDK's own generator are. They leave with the random flag of W3C level 2 then. A trace that came in leaves as it
   * came, whatever is said here.
   * @defaultValue true
   * @throws InvalidOptionError unless a boolean
   */
  readonly randomTraceIds?: boolean | undefined;
}

/**
 * W3C trace context, level 2, faster than the stock propagator and with the random flag, which the SDK does not know:
 * passed on as it came in, and set for traces that start here. Contexts are interchangeable with the stock one's. A
 * missing or invalid header leaves the context as it was.
 */
export function w3cTraceContextPropagator(options: TraceContextOptions = {}): TextMapPropagator {
  knownOptions('w3cTraceContextPropagator', options, KNOWN);
  const { randomTraceIds = true } = options;
  if (typeof randomTraceIds !== 'boolean') {
    throw new InvalidOptionError({
      option: 'randomTraceIds',
      value: randomTraceIds,
      use: 'true, or false where an id generator of your own makes ids that are not random',
    });
  }
  return neverThrowing({
    inject: (context, carrier, setter) => inject(context, carrier, setter, randomTraceIds),
    extract,
    fields: () => [TRACEPARENT, TRACESTATE],
  });
}

function inject<Carrier>(
  context: Context,
  carrier: Carrier,
  setter: TextMapSetter<Carrier>,
  randomTraceIds: boolean,
): void {
  const span = trace.getSpan(context);
  if (span === undefined || isTracingSuppressed(context)) return;
  const spanContext = span.spanContext();
  const header = headerFor(span, spanContext, randomTraceIds);
  if (header === undefined) return;
  setter.set(carrier, TRACEPARENT, header);
  const traceState = spanContext.traceState?.serialize();
  if (traceState) setter.set(carrier, TRACESTATE, traceState);
}

function headerFor(
  span: Span,
  spanContext: SpanContext,
  randomTraceIds: boolean,
): string | undefined {
  // What came over the wire has the flags it came with.
  if (spanContext.isRemote === true) return formatTraceparent(spanContext);
  const { traceId, spanId } = spanContext;
  if (typeof traceId !== 'string' || typeof spanId !== 'string') return undefined;
  const traceFlags =
    spanContext.traceFlags | (isRandom(span, traceId, randomTraceIds) ? RANDOM_FLAG : 0);
  // A recording span was started by an SDK, which made its ids or checked them. Checking again is a third of the
  // work. Everything else (sampled out, hand-made, from a test) is looked at digit by digit.
  if (!span.isRecording()) return formatTraceparent({ traceId, spanId, traceFlags });
  return traceId.length === 32 && spanId.length === 16
    ? joinTraceparent(traceId, spanId, traceFlags)
    : undefined;
}

/**
 * The SDK gives its spans the sampled flag and nothing else, so the flag of the trace is looked for: in the parent where
 * that came over the wire, then among the traces that came in. What is in neither has started here.
 */
function isRandom(span: Span, traceId: string, randomTraceIds: boolean): boolean {
  if ('parentSpanContext' in span) {
    const parent = span.parentSpanContext as SpanContext | undefined;
    // A root of the SDK.
    if (parent === undefined) return randomTraceIds;
    if (parent.isRemote === true) return (parent.traceFlags & RANDOM_FLAG) !== 0;
  }
  return incomingTraceIds.isRandom(traceId) ?? randomTraceIds;
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
  incomingTraceIds.note(spanContext.traceId, (spanContext.traceFlags & RANDOM_FLAG) !== 0);
  return trace.setSpanContext(SmallContext.on(context), spanContext);
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
