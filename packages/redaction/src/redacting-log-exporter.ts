import type { LogRecordExporter, ReadableLogRecord } from '@llm-otel/core';
import { redactLogs } from './redact-logs.ts';
import type { Redactor } from './redactor.ts';

/**
 * Puts redaction in front of any exporter of log records, for set-ups with the stock processors: whatever a logging
 * library or an instrumentation wrote passes it. A record that cannot be redacted at all is left out and counted as
 * failed.
 */
export function redactingLogExporter(
  redactor: Redactor,
): (next: LogRecordExporter) => Required<LogRecordExporter> {
  const redaction = redactLogs(redactor);

  function redacted(record: ReadableLogRecord): ReadableLogRecord[] {
    try {
      return [redaction.transform(record)];
    } catch (error) {
      redactor.fail(error);
      return [];
    }
  }

  return (next) => ({
    export(records, resultCallback) {
      next.export(records.flatMap(redacted), resultCallback);
    },
    // Required by the processors of the newer line.
    forceFlush: () => next.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => next.shutdown(),
  });
}
