import type { Signal } from '@llm-otel/core';
import { decodeOtlp } from '../decode/decode-otlp.ts';
import { collectedMetrics } from './collected-metrics.ts';
import { readableLogRecords } from './readable-log-records.ts';
import { readableSpans } from './readable-spans.ts';

/**
 * What the exporters of a signal are given for an encoded request, call by call: all spans or log records at once,
 * metrics of one resource at a time. As the SDK made them, but for what OTLP does not carry. Undefined for bytes that are no request.
 */
export function exportedObjects(
  signal: Signal,
  body: Uint8Array,
): readonly (readonly unknown[])[] | undefined {
  const decoded = decodeOtlp(signal, body);
  if (!decoded.ok) return undefined;
  switch (signal) {
    case 'traces':
      return [readableSpans(decoded.value)];
    case 'logs':
      return [readableLogRecords(decoded.value)];
    default:
      return collectedMetrics(decoded.value).map((metrics) => [metrics]);
  }
}
