import {
  context,
  INVALID_SPAN_CONTEXT,
  ProxyTracer,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  trace,
  type Tracer,
} from '@opentelemetry/api';

/** The span of code that nothing traces: not recording, with an invalid context. Keeps no state, so one is enough. */
export const NO_SPAN: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

// Where every copy of version 1 of the API keeps what is registered. Nothing there: nothing was registered.
const API_GLOBALS = Symbol.for('opentelemetry.js.api.1');
const globals: Record<symbol, unknown> = globalThis;

// Whatever the API delegates to before a provider is registered.
const NO_PROVIDER = new ProxyTracerProvider().getDelegate();

/**
 * True when `tracer` comes from the global API, no provider is registered and no context is active: starting a
 * span would make nothing and carry nothing on, so a helper may run the work at once with {@link NO_SPAN}.
 * False for every other tracer, also where it happens to do nothing. Allocates nothing.
 */
export function isTracingOff(tracer: Tracer): boolean {
  // A class of the API, of which there is one copy; a second copy only makes this false, which is safe.
  if (!(tracer instanceof ProxyTracer)) return false;
  // The API looks there for each question. Asked once, it is half of the time of this function.
  if (globals[API_GLOBALS] === undefined) return true;
  const provider = trace.getTracerProvider() as Partial<ProxyTracerProvider>;
  return provider.getDelegate?.() === NO_PROVIDER && context.active() === ROOT_CONTEXT;
}
