import type { ReadableLogRecord } from './sdk-types.ts';

/**
 * `record` with `changes` laid over it. A plain object with every member copied: the SDK's class keeps state in private
 * fields.
 */
export function logRecordView(
  record: ReadableLogRecord,
  changes: Partial<ReadableLogRecord>,
): ReadableLogRecord {
  const { hrTime, hrTimeObserved, spanContext, severityNumber, severityText, eventName } = record;
  const { body, attributes, resource, instrumentationScope, droppedAttributesCount } = record;
  return {
    hrTime,
    hrTimeObserved,
    spanContext,
    severityNumber,
    severityText,
    eventName,
    body,
    attributes,
    resource,
    instrumentationScope,
    droppedAttributesCount,
    ...changes,
  };
}
