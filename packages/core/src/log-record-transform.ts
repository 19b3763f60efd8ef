import type { ReadableLogRecord } from './sdk-types.ts';

/**
 * A step of a log record between the queue and the encoder, as `SpanTransform` is one of a span: redaction, budgets.
 * Returns the record itself when there is nothing to change, otherwise a view of it with the change. When it throws,
 * the record is dropped and counted as `<name>_failed`, so a failed redaction lets nothing through.
 */
export interface LogRecordTransform {
  readonly name: string;
  transform(record: ReadableLogRecord): ReadableLogRecord;
}
