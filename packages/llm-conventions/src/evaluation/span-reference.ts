import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { readMember } from '../read-member.ts';

/** Names a span in a form that can be stored as JSON and used later, also in another process. */
export interface SpanReference {
  /** W3C trace context: `00-<trace id>-<span id>-<flags>`. */
  readonly traceparent: string;
  /** `gen_ai.response.id` of the call, for back ends that find spans by it. */
  readonly responseId?: string | undefined;
}

/** What stands for a span: itself, its context, or a reference to it. */
export type SpanLike = Span | SpanContext | SpanReference;

/** A reference to a span, to be kept with the answer it produced. Undefined for a span without a trace. */
export function spanReference(
  span: Span | SpanContext,
  responseId?: string,
): SpanReference | undefined {
  const context = spanContextOf(span);
  if (context === undefined) return undefined;
  const flags = (context.traceFlags & 0xff).toString(16).padStart(2, '0');
  const traceparent = `00-${context.traceId}-${context.spanId}-${flags}`;
  return responseId === undefined ? { traceparent } : { traceparent, responseId };
}

/**
 * The context of the span that is meant; undefined where it is none that can be followed, whatever was given. Where it does not tell
 * whether it was sampled, it is taken to be: a span below it would otherwise go nowhere.
 */
export function spanContextOf(span: unknown): SpanContext | undefined {
  if ((typeof span !== 'object' && typeof span !== 'function') || span === null) return undefined;
  try {
    const context = contextIn(span);
    if (!isIds(context) || !isSpanContextValid(context)) return undefined;
    return hasFlags(context) ? context : { ...idsOf(context), traceFlags: TraceFlags.SAMPLED };
  } catch {
    // A getter that throws: it is no span either.
    return undefined;
  }
}

function contextIn(span: object): unknown {
  if ('traceparent' in span) return parseTraceparent(span.traceparent);
  if (!('spanContext' in span)) return span;
  return typeof span.spanContext === 'function' ? span.spanContext() : undefined;
}

function isIds(context: unknown): context is SpanContext {
  return (
    typeof readMember(context, 'traceId') === 'string' &&
    typeof readMember(context, 'spanId') === 'string'
  );
}

function idsOf({
  traceId,
  spanId,
  isRemote,
  traceState,
}: SpanContext): Omit<SpanContext, 'traceFlags'> {
  return {
    traceId,
    spanId,
    ...(isRemote === true && { isRemote }),
    ...(traceState !== undefined && { traceState }),
  };
}

/** Whether a context, or what stands for one, tells whether it was sampled. */
export function hasFlags(context: unknown): boolean {
  return Number.isSafeInteger(readMember(context, 'traceFlags'));
}

/** A context in which the span is the parent. */
export function contextOf(spanContext: SpanContext): Context {
  return trace.setSpanContext(ROOT_CONTEXT, spanContext);
}

// One that was stored may be of a later version, which may have more fields behind those of this one.
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.{0,256})?$/;

function parseTraceparent(text: unknown): SpanContext | undefined {
  const [, traceId, spanId, flags] = typeof text === 'string' ? (TRACEPARENT.exec(text) ?? []) : [];
  return traceId === undefined || spanId === undefined
    ? undefined
    : { traceId, spanId, traceFlags: Number.parseInt(flags ?? '0', 16), isRemote: true };
}
