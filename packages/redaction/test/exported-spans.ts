import type { Span, SpanOptions, Tracer } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { createRedactor, redactingExporter, type Redactor } from '../src/index.ts';
import type { RedactionPolicy } from '../src/policy/index.ts';

/** Runs `record` with a tracer of a real provider. Returns what reaches the exporter behind the redaction. */
export async function exportedSpans(
  policy: RedactionPolicy | Redactor | undefined,
  record: (tracer: Tracer) => void,
): Promise<ReadableSpan[]> {
  const redactor = policy !== undefined && 'redact' in policy ? policy : createRedactor(policy);
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: redactingExporter(redactor)(exporter) })],
  });
  record(provider.getTracer('test'));
  await provider.forceFlush();
  return exporter.getFinishedSpans();
}

/** Records one span named `chat`. Returns it as it was exported. */
export async function exportedSpan(
  policy: RedactionPolicy | undefined,
  options: SpanOptions,
  change: (span: Span) => void = () => {},
): Promise<ReadableSpan> {
  const [span] = await exportedSpans(policy, (tracer) => {
    const recorded = tracer.startSpan('chat', options);
    change(recorded);
    recorded.end();
  });
  return span!;
}
