import type { ReadableSpan, SpanExporter } from '@llm-otel/core';
import { redactSpans } from './redact-spans.ts';
import type { Redactor } from './redactor.ts';

/**
 * Puts redaction in front of any span exporter, for set-ups with the stock processors. Sees every span, also those
 * of other libraries, off the hot path when the processor batches. A span that cannot be redacted at all is left out
 * and counted as failed.
 */
export function redactingExporter(redactor: Redactor): (next: SpanExporter) => SpanExporter {
  const redaction = redactSpans(redactor);

  /** The span in a list, or none: a span that cannot be redacted is not exported. */
  function redacted(span: ReadableSpan): ReadableSpan[] {
    try {
      return [redaction.transform(span)];
    } catch (error) {
      redactor.fail(error);
      return [];
    }
  }

  return (next) => ({
    export(spans, resultCallback) {
      next.export(spans.flatMap(redacted), resultCallback);
    },
    ...(next.forceFlush && { forceFlush: () => next.forceFlush!() }),
    shutdown: () => next.shutdown(),
  });
}
