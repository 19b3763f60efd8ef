import {
  type LogRecordTransform,
  logRecordView,
  type SpanTransform,
  spanView,
} from '@llm-otel/core';

/** Answers with the attributes as they should be, or with `undefined` where nothing is to be changed. */
export type AttributeChange = (
  attributes: Readonly<Record<string, unknown>>,
) => Record<string, unknown> | undefined;

/** A change of attributes as a transform of spans. */
export function spanTransform(name: string, change: AttributeChange): SpanTransform {
  return {
    name,
    transform(span) {
      const attributes = change(span.attributes);
      return attributes === undefined ? span : spanView(span, { attributes });
    },
  };
}

/** The same as a transform of log records: events have the content of spans in their attributes. */
export function logTransform(name: string, change: AttributeChange): LogRecordTransform {
  return {
    name,
    transform(record) {
      const attributes = change(record.attributes);
      return attributes === undefined ? record : logRecordView(record, { attributes });
    },
  };
}
