import type { ExpectedSpan } from './contract-case.ts';

/** A span as the recorder of `@llm-otel/testing` has it. */
export interface RecordedSpan {
  readonly name: string;
  readonly status: { readonly code: number };
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly name: string }[];
  readonly parentSpanContext?: { readonly spanId: string } | undefined;
  spanContext(): { readonly spanId: string };
}

const STATUS_ERROR = 2;

/** What a case may expect of a span, which is one of `spans`. */
export function factsOf(span: RecordedSpan, spans: readonly RecordedSpan[]): object {
  const { name, status, attributes, events, parentSpanContext } = span;
  return {
    name,
    parent: spans.find((other) => other.spanContext().spanId === parentSpanContext?.spanId)?.name,
    failed: status.code === STATUS_ERROR,
    errorType: attributes['error.type'],
    outcome: attributes['llm_otel.stream.outcome'],
    tokens: [attributes['gen_ai.usage.input_tokens'], attributes['gen_ai.usage.output_tokens']],
    finishReasons: attributes['gen_ai.response.finish_reasons'],
    firstChunk: attributes['gen_ai.response.time_to_first_chunk'] !== undefined,
    retries: events.filter((event) => event.name === 'llm_otel.request.retry').length,
  };
}

export function expectedFacts(expected: ExpectedSpan): object {
  const { atCollection: _, ...facts } = expected;
  return { failed: expected.errorType !== undefined, errorType: undefined, retries: 0, ...facts };
}
