import type { ReadableSpan } from '@llm-otel/core';
import { spansOfRequest } from './otlp-spans.ts';
import { processOf, spanKeyOf, withKnownParent } from './span-process.ts';

/**
 * The spans of recorded OTLP/JSON: one export request (`{"resourceSpans": …}`), a list of them, or one a line, as
 * the Collector's file exporter writes them. Lines of metrics and logs are skipped, and so are spans without ids.
 * @throws SyntaxError that names the line where it is no JSON
 */
export function spansFromOtlpJson(text: string): ReadableSpan[] {
  const spans = requestsIn(text).flatMap(spansOfRequest);
  const processes = new Map(
    spans.map((span) => [spanKeyOf(span.spanContext()), processOf(span)] as const),
  );
  return spans.map((span) => withKnownParent(span, (key) => processes.get(key)));
}

function requestsIn(text: string): readonly unknown[] {
  try {
    const whole: unknown = JSON.parse(text);
    return Array.isArray(whole) ? whole : [whole];
  } catch {
    // One request a line, then.
  }
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (error) {
      throw new SyntaxError(`line ${at + 1} is no JSON: ${(error as Error).message}`, {
        cause: error,
      });
    }
  });
}
