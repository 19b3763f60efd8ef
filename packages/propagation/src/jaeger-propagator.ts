import {
  type Context,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from '@opentelemetry/api';
import { hexRun } from './hex.ts';
import { incomingTraceIds } from './incoming-trace-ids.ts';
import { neverThrowing } from './never-throwing.ts';
import { SmallContext } from './small-context.ts';
import { isTracingSuppressed } from './tracing-suppressed.ts';

const UBER_TRACE_ID = 'uber-trace-id';
// 32 + 16 + 16 + 2 digits, three colons; each colon may be percent-encoded.
const MAX_LENGTH = 80;
const SAMPLED = 0b01;
const DEBUG = 0b10;

/**
 * The `uber-trace-id` header of Jaeger's own clients: `{trace}:{span}:{parent}:{flags}`. Short ids are filled up with
 * zeros on the left, a percent-encoded header is read too, the debug flag counts as sampled, and the parent's id,
 * deprecated, is written as `0`. Jaeger's baggage headers (`uberctx-…`) are neither read nor written: what may leave
 * the process is for the baggage propagator to say.
 */
export function jaegerPropagator(): TextMapPropagator {
  return neverThrowing({ inject, extract, fields: () => [UBER_TRACE_ID] });
}

function inject<Carrier>(context: Context, carrier: Carrier, setter: TextMapSetter<Carrier>): void {
  const spanContext = trace.getSpanContext(context);
  if (spanContext === undefined || isTracingSuppressed(context)) return;
  const { traceId, spanId, traceFlags } = spanContext;
  if (!isId(traceId, 32) || !isId(spanId, 16)) return;
  setter.set(carrier, UBER_TRACE_ID, `${traceId}:${spanId}:0:0${traceFlags & SAMPLED}`);
}

function extract<Carrier>(
  context: Context,
  carrier: Carrier,
  getter: TextMapGetter<Carrier>,
): Context {
  const found: unknown = getter.get(carrier, UBER_TRACE_ID);
  const header: unknown = Array.isArray(found) ? (found as readonly unknown[])[0] : found;
  const spanContext = typeof header === 'string' ? parse(header) : undefined;
  if (spanContext === undefined) return context;
  const present = trace.getSpanContext(context);
  const isSame = present?.traceId === spanContext.traceId && present.spanId === spanContext.spanId;
  // A caller that wrote both headers: the other one says the same and more (the tracestate, the random flag).
  if (isSame) return context;
  incomingTraceIds.note(spanContext.traceId, false);
  return trace.setSpanContext(SmallContext.on(context), spanContext);
}

function parse(header: string): SpanContext | undefined {
  if (header.length > MAX_LENGTH) return undefined;
  const parts = header.trim().replaceAll(/%3a/gi, ':').split(':');
  if (parts.length !== 4) return undefined;
  const [trace = '', span = '', , flags = ''] = parts;
  const traceId = trace.toLowerCase().padStart(32, '0');
  const spanId = span.toLowerCase().padStart(16, '0');
  if (!isId(traceId, 32) || !isId(spanId, 16) || !/^[0-9a-f]{1,2}$/i.test(flags)) return undefined;
  const sampled = (Number.parseInt(flags, 16) & (SAMPLED | DEBUG)) !== 0;
  return { traceId, spanId, isRemote: true, traceFlags: sampled ? SAMPLED : 0 };
}

function isId(id: unknown, length: number): boolean {
  return typeof id === 'string' && id.length === length && hexRun(id, 0, length) > 0;
}
