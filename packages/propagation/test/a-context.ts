import { type Context, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { extractHeaders, formatTraceparent, w3cPropagator } from '@llm-otel/propagation';

export const TRACE_ID: string = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID: string = 'b7ad6b7169203331';
export const TRACEPARENT: string = `00-${TRACE_ID}-${SPAN_ID}-01`;
export const HEADERS: Readonly<Record<'traceparent' | 'tracestate' | 'baggage', string>> = {
  traceparent: TRACEPARENT,
  tracestate: 'a=1',
  baggage: 'session.id=s-42',
};
/** A context with a trace, a tracestate and baggage. */
export const CONTEXT: Context = extractHeaders(HEADERS);
/** Writes all of it. */
export const ALL: TextMapPropagator = w3cPropagator({ baggageKeys: 'all' });

export function traceparentOf(context: Context): string | undefined {
  const spanContext = trace.getSpanContext(context);
  return spanContext && formatTraceparent(spanContext);
}

export function sessionOf(context: Context): string | undefined {
  return propagation.getBaggage(context)?.getEntry('session.id')?.value;
}

/** Values that are no message, no event, no row. */
export const NOTHINGS: readonly unknown[] = [
  undefined,
  null,
  '',
  'text',
  7,
  Symbol('s'),
  () => 1,
  {},
  [],
  [null],
  { headers: null, properties: null, attributes: 7, MessageAttributes: [], params: { _meta: 1 } },
  { traceparent: 'x', headers: { traceparent: 42 }, _meta: { traceparent: null } },
  {
    get headers(): never {
      throw new Error('detached');
    },
    get traceparent(): never {
      throw new Error('detached');
    },
    get _meta(): never {
      throw new Error('detached');
    },
  },
  new Proxy(
    {},
    {
      get() {
        throw new Error('revoked');
      },
      ownKeys() {
        throw new Error('revoked');
      },
    },
  ),
];
