import type { SpanContext, TraceState } from '@opentelemetry/api';

/**
 * A span context that came over the wire. It remembers its header, so that passing it on unchanged (a gateway,
 * a relay, an outbox) neither checks nor builds it again.
 */
export class RemoteSpanContext implements SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly isRemote = true;
  readonly traceState?: TraceState;
  readonly #header: string;
  readonly #traceId: string;
  readonly #spanId: string;
  readonly #traceFlags: number;

  constructor(header: string, traceFlags: number, traceState: TraceState | undefined) {
    this.traceId = this.#traceId = header.slice(3, 35);
    this.spanId = this.#spanId = header.slice(36, 52);
    this.traceFlags = this.#traceFlags = traceFlags;
    // Set also where there is none: objects of one shape are faster to read.
    this.traceState = traceState as TraceState;
    this.#header = header;
  }

  /** The header `spanContext` came from, where it is still the right one. */
  static headerOf(spanContext: SpanContext): string | undefined {
    // The interface lets anyone assign to the members, so they are compared.
    return #header in spanContext &&
      spanContext.#traceId === spanContext.traceId &&
      spanContext.#spanId === spanContext.spanId &&
      spanContext.#traceFlags === spanContext.traceFlags
      ? spanContext.#header
      : undefined;
  }
}
