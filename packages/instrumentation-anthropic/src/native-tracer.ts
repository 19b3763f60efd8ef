import {
  type Context,
  context as contexts,
  type Span,
  type SpanOptions,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { overrideMember, readMember } from '@llm-otel/llm-conventions/client';
import { NativeSpan } from './native-span.ts';

/** The names the client gives to the spans of model calls. Its other spans stay what they are. */
const CALL_SPANS: ReadonlySet<string> = new Set([
  'anthropic.messages.create',
  'anthropic.completions.create',
]);

/** Waits for the client to start the span of a model call. */
interface Waiting {
  started: NativeSpan | undefined;
  /** A span for the client, whose own tracer leads nowhere. */
  readonly instead: () => Span | undefined;
}

let waiting: Waiting | undefined;

/** The tracer of the client, which makes the spans of model calls such that a call of ours can take part in them. */
class NativeTracer implements Tracer {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  startSpan(name: string, options?: SpanOptions, context?: Context): Span {
    const own = this.#tracer.startSpan(name, options, context);
    if (!CALL_SPANS.has(name)) return own;
    const span = new NativeSpan((leadsNowhere(own) ? waiting?.instead() : undefined) ?? own);
    if (waiting !== undefined) waiting.started = span;
    return span;
  }

  startActiveSpan(...args: unknown[]): never {
    return (this.#tracer.startActiveSpan as (...args: unknown[]) => never).call(
      this.#tracer,
      ...args,
    );
  }
}

/**
 * Whether a client makes spans of its own, as it does since 0.134 unless that is switched off. Their tracer is then
 * prepared, once for each client.
 */
export function prepareNativeTracer(client: unknown): boolean {
  const tracer = readMember(client, '_tracer');
  if (tracer instanceof NativeTracer) return true;
  if (typeof client !== 'object' || client === null || !isTracer(tracer)) return false;
  return overrideMember(client, '_tracer', new NativeTracer(tracer));
}

/** Runs `work` and tells which span of a model call the client has started in it. */
export function catchNativeSpan<T>(
  work: () => T,
  instead: () => Span | undefined,
): { readonly result: T; readonly span: NativeSpan | undefined } {
  const outer = waiting;
  const inner: Waiting = { started: undefined, instead };
  waiting = inner;
  try {
    return { result: work(), span: inner.started };
  } finally {
    waiting = outer;
  }
}

/** Made by a tracer without a provider. What a sampler has left out has an id of its own still. */
function leadsNowhere(span: Span): boolean {
  const { spanId } = span.spanContext();
  return (
    !trace.isSpanContextValid(span.spanContext()) ||
    spanId === trace.getSpanContext(contexts.active())?.spanId
  );
}

function isTracer(value: unknown): value is Tracer {
  return typeof readMember(value, 'startSpan') === 'function';
}
