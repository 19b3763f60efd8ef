import { type AttributeValue, type Span, trace } from '@opentelemetry/api';
import { ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK } from '@llm-otel/llm-conventions';
import { readMember, type StartedCall } from '@llm-otel/llm-conventions/client';
import { NativeSpan } from './native-span.ts';

/**
 * A thread, and so the tool loop since 1.14, takes the response of a streamed call and parses it where it cannot be
 * watched. How that goes, the client tells to the span of the call: its own, or one that does nothing but listen.
 */
export function followTaken(call: StartedCall): StartedCall {
  const startTime = Date.now();
  return {
    span: call.span,
    context: call.context,
    parsed: (body) => call.parsed(body),
    end: () => call.end(),
    fail: (error) => call.fail(error),
    taken(props) {
      const options: unknown = readMember(props, 'options');
      // What is not streamed is parsed by the call itself, which is seen.
      if (readMember(options, 'stream') !== true) return props;
      const given = readMember(readMember(options, '__span'), 'span');
      const told = given instanceof NativeSpan ? given : new ListeningSpan(call.span);
      told.whenClientIsDone(({ message, errorType }) => {
        if (errorType !== undefined) call.fail({ error: { type: errorType } });
        call.parsed(message);
      });
      if (told === given) return props;
      const span = { span: told, name: 'anthropic.messages.create', startTime };
      // The request is over, so that nothing of this one is sent.
      return { ...Object(props), options: { ...Object(options), __span: span } };
    },
  };
}

/** Given to a client that makes no span of its own. Of what it writes, only when the answer began goes on to our span. */
class ListeningSpan extends NativeSpan {
  readonly #call: Span;

  constructor(call: Span) {
    super(trace.wrapSpanContext(call.spanContext()));
    this.#call = call;
  }

  override setAttribute(key: string, value: AttributeValue): this {
    if (key === ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK && this.#call.isRecording())
      this.#call.setAttribute(key, value);
    return super.setAttribute(key, value);
  }
}
