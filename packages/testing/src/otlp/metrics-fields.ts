import type { Field, MessageTable } from '../protobuf/message-table.ts';
import { attributesField, keyValueFields, resourceFields, scopeFields } from './common-fields.ts';

/** The body of `POST /v1/metrics`. */
export const metricsRequestFields: MessageTable = {
  name: 'ExportMetricsServiceRequest',
  fields: { 1: { name: 'resourceMetrics', type: () => resourceMetricsFields, repeated: true } },
};

const resourceMetricsFields: MessageTable = {
  name: 'ResourceMetrics',
  fields: {
    1: { name: 'resource', type: () => resourceFields },
    2: { name: 'scopeMetrics', type: () => scopeMetricsFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const scopeMetricsFields: MessageTable = {
  name: 'ScopeMetrics',
  fields: {
    1: { name: 'scope', type: () => scopeFields },
    2: { name: 'metrics', type: () => metricFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const metricFields: MessageTable = {
  name: 'Metric',
  fields: {
    1: { name: 'name', type: 'string' },
    2: { name: 'description', type: 'string' },
    3: { name: 'unit', type: 'string' },
    5: { name: 'gauge', type: () => aggregation('Gauge', numberPointFields), oneof: 'data' },
    7: { name: 'sum', type: () => aggregation('Sum', numberPointFields), oneof: 'data' },
    9: {
      name: 'histogram',
      type: () => aggregation('Histogram', histogramPointFields),
      oneof: 'data',
    },
    10: {
      name: 'exponentialHistogram',
      type: () => aggregation('ExponentialHistogram', exponentialPointFields),
      oneof: 'data',
    },
    11: { name: 'summary', type: () => aggregation('Summary', summaryPointFields), oneof: 'data' },
    12: { name: 'metadata', type: () => keyValueFields, repeated: true },
  },
};

/** Gauge and Summary have points only, histograms a temporality too, and Sum also says whether it only grows. */
function aggregation(name: string, points: MessageTable): MessageTable {
  const dataPoints: Field = { name: 'dataPoints', type: () => points, repeated: true };
  if (name === 'Gauge' || name === 'Summary') return { name, fields: { 1: dataPoints } };
  const fields: Record<number, Field> = {
    1: dataPoints,
    2: { name: 'aggregationTemporality', type: 'enum' },
  };
  if (name === 'Sum') fields[3] = { name: 'isMonotonic', type: 'bool' };
  return { name, fields };
}

const startTime: Field = { name: 'startTimeUnixNano', type: 'fixed64' };
const time: Field = { name: 'timeUnixNano', type: 'fixed64' };
const flags: Field = { name: 'flags', type: 'uint32' };
const count: Field = { name: 'count', type: 'fixed64' };
const sum: Field = { name: 'sum', type: 'double' };
const min: Field = { name: 'min', type: 'double' };
const max: Field = { name: 'max', type: 'double' };
const exemplars: Field = { name: 'exemplars', type: () => exemplarFields, repeated: true };
const asDouble: Field = { name: 'asDouble', type: 'double', oneof: 'value' };
const asInt: Field = { name: 'asInt', type: 'sfixed64', oneof: 'value' };

const numberPointFields: MessageTable = {
  name: 'NumberDataPoint',
  fields: {
    2: startTime,
    3: time,
    4: asDouble,
    5: exemplars,
    6: asInt,
    7: attributesField,
    8: flags,
  },
};

const histogramPointFields: MessageTable = {
  name: 'HistogramDataPoint',
  fields: {
    2: startTime,
    3: time,
    4: count,
    5: sum,
    6: { name: 'bucketCounts', type: 'fixed64', repeated: true },
    7: { name: 'explicitBounds', type: 'double', repeated: true },
    8: exemplars,
    9: attributesField,
    10: flags,
    11: min,
    12: max,
  },
};

const exponentialPointFields: MessageTable = {
  name: 'ExponentialHistogramDataPoint',
  fields: {
    1: attributesField,
    2: startTime,
    3: time,
    4: count,
    5: sum,
    6: { name: 'scale', type: 'sint32' },
    7: { name: 'zeroCount', type: 'fixed64' },
    8: { name: 'positive', type: () => bucketsFields },
    9: { name: 'negative', type: () => bucketsFields },
    10: flags,
    11: exemplars,
    12: min,
    13: max,
    14: { name: 'zeroThreshold', type: 'double' },
  },
};

const bucketsFields: MessageTable = {
  name: 'Buckets',
  fields: {
    1: { name: 'offset', type: 'sint32' },
    2: { name: 'bucketCounts', type: 'uint64', repeated: true },
  },
};

const summaryPointFields: MessageTable = {
  name: 'SummaryDataPoint',
  fields: {
    2: startTime,
    3: time,
    4: count,
    5: sum,
    6: { name: 'quantileValues', type: () => quantileFields, repeated: true },
    7: attributesField,
    8: flags,
  },
};

const quantileFields: MessageTable = {
  name: 'ValueAtQuantile',
  fields: { 1: { name: 'quantile', type: 'double' }, 2: { name: 'value', type: 'double' } },
};

const exemplarFields: MessageTable = {
  name: 'Exemplar',
  fields: {
    2: time,
    3: asDouble,
    4: { name: 'spanId', type: 'spanId' },
    5: { name: 'traceId', type: 'traceId' },
    6: asInt,
    7: { name: 'filteredAttributes', type: () => keyValueFields, repeated: true },
  },
};
