import { type Context, createContextKey } from '@opentelemetry/api';

/** A model call of a framework that is under way, and has a span. */
interface WrappedCall {
  readonly model: string | undefined;
  readonly context: Context;
  readonly leave: () => void;
  claimed: boolean;
}

const WRAPPED_CALLS = createContextKey('llm-otel.wrapped-calls');

/**
 * The model calls that a framework makes in some part of the application, while the client library below it may be
 * observed as well. What that library does for one of them is the same call: it gets no span of its own.
 */
export class WrappedCalls {
  readonly #open = new Set<WrappedCall>();

  /**
   * The call `context` belongs to has begun. Call what is returned when it is over; `leave` is called where that is
   * noticed elsewhere, as when the application stops reading.
   */
  open(model: string | undefined, context: Context, leave: () => void): () => void {
    const call = { model, context, leave, claimed: false };
    this.#open.add(call);
    return () => this.#open.delete(call);
  }

  /** Nobody waits for the calls any more. */
  leaveAll(): void {
    for (const call of this.#open) {
      this.#open.delete(call);
      call.leave();
    }
  }

  /**
   * The context of the framework's call that a request for `model` belongs to. Of several for the same model each takes
   * one; a request that is tried again belongs to the last.
   */
  claim(model: string | undefined): Context | undefined {
    const alike = [...this.#open].filter(
      (call) => call.model === undefined || model === undefined || call.model === model,
    );
    const call = alike.find(({ claimed }) => !claimed) ?? alike.at(-1);
    if (call !== undefined) call.claimed = true;
    return call?.context;
  }
}

/** What runs in the context that is returned is looked up in `calls`; `undefined` ends that. */
export function withWrappedCalls(context: Context, calls: WrappedCalls | undefined): Context {
  return calls === undefined
    ? context.deleteValue(WRAPPED_CALLS)
    : context.setValue(WRAPPED_CALLS, calls);
}

export function wrappedCallsOf(context: Context): WrappedCalls | undefined {
  return context.getValue(WRAPPED_CALLS) as WrappedCalls | undefined;
}
