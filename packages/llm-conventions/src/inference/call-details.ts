import type { Attributes, Context, Span } from '@opentelemetry/api';
import { emitEvent, type EventLogger } from '../event-logger.ts';
import { EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS } from '../generated/events.ts';
import type { AttributeTarget } from '../set-if-known.ts';

/** Sets attributes on the span of a call, and keeps them for the details event that repeats them. */
export class CallDetails implements AttributeTarget {
  readonly #span: Span;
  readonly #logger: EventLogger;
  readonly #attributes: Attributes;

  constructor(span: Span, logger: EventLogger, startAttributes: Attributes) {
    this.#span = span;
    this.#logger = logger;
    this.#attributes = { ...startAttributes };
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes[name] = value;
    this.#span.setAttribute(name, value);
  }

  /** An attribute of the event alone. `json` is its JSON text; the event carries it structured. */
  setContent(name: string, json: string): void {
    // A copy of its own: what the application does to its objects afterwards is not in the event.
    this.#attributes[name] = JSON.parse(json) as Attributes[string];
  }

  emit(context: Context): void {
    const name = EVENT_GEN_AI_CLIENT_INFERENCE_OPERATION_DETAILS;
    emitEvent(this.#logger, name, this.#attributes, context);
  }
}
