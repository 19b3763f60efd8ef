import { type Context, context, INVALID_SPAN_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { isContext } from '../operations/usable-request.ts';
import type { InferenceCall, StreamSource } from './inference-types.ts';

/** A call that records nothing, for where telemetry is switched off. Context passes through it unchanged. */
class InertCall implements InferenceCall {
  readonly recordsContent = false;
  readonly #parent: Context | undefined;

  constructor(parent?: Context) {
    this.#parent = parent;
  }

  get context(): Context {
    return this.#parent ?? context.active();
  }

  get span(): Span {
    return trace.getSpan(this.context) ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  }

  recordInput(): void {}
  recordResponse(): void {}
  setAttributes(): void {}
  cancelled(): void {}
  dropped(): void {}
  fail(): void {}
  end(): void {}

  stream<S extends StreamSource>(source: S): S {
    return source;
  }
}

const inActiveContext = new InertCall();

/** One call serves all that have no parent of their own: it keeps nothing. */
export function inertCall(parent: Context | undefined): InferenceCall {
  return isContext(parent) ? new InertCall(parent) : inActiveContext;
}
