import type { Span, SpanOptions, Tracer } from '@opentelemetry/api';

/**
 * A tracer whose next span is `span`, which someone else started, named and will end: what is recorded goes on it, its
 * name and its end stay theirs. A span that is started with a callback comes from `tracer`.
 */
export function borrowSpan(span: Span, tracer: Tracer): Tracer {
  const borrowed: Span = {
    spanContext: () => span.spanContext(),
    setAttribute(key, value) {
      span.setAttribute(key, value);
      return borrowed;
    },
    setAttributes(attributes) {
      span.setAttributes(attributes);
      return borrowed;
    },
    addEvent(...event) {
      span.addEvent(...event);
      return borrowed;
    },
    addLink(link) {
      span.addLink(link);
      return borrowed;
    },
    addLinks(links) {
      span.addLinks(links);
      return borrowed;
    },
    setStatus(status) {
      span.setStatus(status);
      return borrowed;
    },
    updateName: () => borrowed,
    end() {},
    isRecording: () => span.isRecording(),
    recordException: (...exception) => span.recordException(...exception),
  };
  return {
    startSpan(_name: string, options: SpanOptions = {}) {
      if (options.attributes !== undefined) borrowed.setAttributes(options.attributes);
      return borrowed;
    },
    startActiveSpan: tracer.startActiveSpan.bind<Tracer['startActiveSpan']>(tracer),
  };
}
