import type { Signal } from '@llm-otel/core';
import { type JsonMessage, message } from './json-fields.ts';

// The messages of opentelemetry-proto 1.x, by the numbers and JSON names of its .proto files.

/** A value of any kind. */
export const anyValue: JsonMessage = message(
  [1, 'stringValue', 'text'],
  [2, 'boolValue', 'bool'],
  [3, 'intValue', 'int64'],
  [4, 'doubleValue', 'double'],
  [5, 'arrayValue', () => arrayValue],
  [6, 'kvlistValue', () => keyValueList],
  [7, 'bytesValue', 'bytes'],
);
const arrayValue: JsonMessage = message([1, 'values', () => anyValue, true]);
const keyValueList: JsonMessage = message([1, 'values', () => keyValue, true]);
/** An attribute. */
export const keyValue: JsonMessage = message([1, 'key', 'text'], [2, 'value', () => anyValue]);

const resource: JsonMessage = message(
  [1, 'attributes', () => keyValue, true],
  [2, 'droppedAttributesCount', 'uint32'],
);
const scope: JsonMessage = message(
  [1, 'name', 'text'],
  [2, 'version', 'text'],
  [3, 'attributes', () => keyValue, true],
  [4, 'droppedAttributesCount', 'uint32'],
);

const event: JsonMessage = message(
  [1, 'timeUnixNano', 'fixed64'],
  [2, 'name', 'text'],
  [3, 'attributes', () => keyValue, true],
  [4, 'droppedAttributesCount', 'uint32'],
);
const link: JsonMessage = message(
  [1, 'traceId', 'id'],
  [2, 'spanId', 'id'],
  [3, 'traceState', 'text'],
  [4, 'attributes', () => keyValue, true],
  [5, 'droppedAttributesCount', 'uint32'],
  [6, 'flags', 'fixed32'],
);
const status: JsonMessage = message([2, 'message', 'text'], [3, 'code', 'uint32']);
const span: JsonMessage = message(
  [1, 'traceId', 'id'],
  [2, 'spanId', 'id'],
  [3, 'traceState', 'text'],
  [4, 'parentSpanId', 'id'],
  [5, 'name', 'text'],
  [6, 'kind', 'uint32'],
  [7, 'startTimeUnixNano', 'fixed64'],
  [8, 'endTimeUnixNano', 'fixed64'],
  [9, 'attributes', () => keyValue, true],
  [10, 'droppedAttributesCount', 'uint32'],
  [11, 'events', () => event, true],
  [12, 'droppedEventsCount', 'uint32'],
  [13, 'links', () => link, true],
  [14, 'droppedLinksCount', 'uint32'],
  [15, 'status', () => status],
  [16, 'flags', 'fixed32'],
);

const logRecord: JsonMessage = message(
  [1, 'timeUnixNano', 'fixed64'],
  [2, 'severityNumber', 'uint32'],
  [3, 'severityText', 'text'],
  [5, 'body', () => anyValue],
  [6, 'attributes', () => keyValue, true],
  [7, 'droppedAttributesCount', 'uint32'],
  [8, 'flags', 'fixed32'],
  [9, 'traceId', 'id'],
  [10, 'spanId', 'id'],
  [11, 'observedTimeUnixNano', 'fixed64'],
  [12, 'eventName', 'text'],
);

const numberPoint: JsonMessage = message(
  [2, 'startTimeUnixNano', 'fixed64'],
  [3, 'timeUnixNano', 'fixed64'],
  [4, 'asDouble', 'double'],
  [6, 'asInt', 'sfixed64'],
  [7, 'attributes', () => keyValue, true],
  [8, 'flags', 'uint32'],
);
const histogramPoint: JsonMessage = message(
  [2, 'startTimeUnixNano', 'fixed64'],
  [3, 'timeUnixNano', 'fixed64'],
  [4, 'count', 'fixed64'],
  [5, 'sum', 'double'],
  [6, 'bucketCounts', 'fixed64', true],
  [7, 'explicitBounds', 'double', true],
  [9, 'attributes', () => keyValue, true],
  [10, 'flags', 'uint32'],
  [11, 'min', 'double'],
  [12, 'max', 'double'],
);
const buckets: JsonMessage = message([1, 'offset', 'sint32'], [2, 'bucketCounts', 'uint64', true]);
const exponentialPoint: JsonMessage = message(
  [1, 'attributes', () => keyValue, true],
  [2, 'startTimeUnixNano', 'fixed64'],
  [3, 'timeUnixNano', 'fixed64'],
  [4, 'count', 'fixed64'],
  [5, 'sum', 'double'],
  [6, 'scale', 'sint32'],
  [7, 'zeroCount', 'fixed64'],
  [8, 'positive', () => buckets],
  [9, 'negative', () => buckets],
  [10, 'flags', 'uint32'],
  [12, 'min', 'double'],
  [13, 'max', 'double'],
  [14, 'zeroThreshold', 'double'],
);
const gauge: JsonMessage = message([1, 'dataPoints', () => numberPoint, true]);
const sum: JsonMessage = message(
  [1, 'dataPoints', () => numberPoint, true],
  [2, 'aggregationTemporality', 'uint32'],
  [3, 'isMonotonic', 'bool'],
);
const histogramOf = (point: JsonMessage): JsonMessage =>
  message([1, 'dataPoints', () => point, true], [2, 'aggregationTemporality', 'uint32']);
const histogram: JsonMessage = histogramOf(histogramPoint);
const exponentialHistogram: JsonMessage = histogramOf(exponentialPoint);
const metric: JsonMessage = message(
  [1, 'name', 'text'],
  [2, 'description', 'text'],
  [3, 'unit', 'text'],
  [5, 'gauge', () => gauge],
  [7, 'sum', () => sum],
  [9, 'histogram', () => histogram],
  [10, 'exponentialHistogram', () => exponentialHistogram],
);

/** An export request: by resource, by scope. The three differ in their names only. */
function request(suffix: string, items: string, item: JsonMessage): JsonMessage {
  const ofScope = message(
    [1, 'scope', () => scope],
    [2, items, () => item, true],
    [3, 'schemaUrl', 'text'],
  );
  const ofResource = message(
    [1, 'resource', () => resource],
    [2, `scope${suffix}`, () => ofScope, true],
    [3, 'schemaUrl', 'text'],
  );
  return message([1, `resource${suffix}`, () => ofResource, true]);
}

/** What `POST /v1/traces`, `/v1/metrics` and `/v1/logs` take. */
export const requestMessages: Readonly<Record<Signal, JsonMessage>> = {
  traces: request('Spans', 'spans', span),
  metrics: request('Metrics', 'metrics', metric),
  logs: request('Logs', 'logRecords', logRecord),
};
