import type { ReadableLogRecord } from '@llm-otel/core';
import type { OtlpAnyValue, OtlpKeyValue, OtlpRequest } from '../decode/otlp-types.ts';
import {
  attributesOf,
  type Fields,
  hrTimeOf,
  numberOf,
  resourceOf,
  scopeOf,
  textOf,
  valueOf,
} from './plain-values.ts';

/** The log records of a request, as exporters take them. */
export function readableLogRecords({ resourceLogs = [] }: OtlpRequest): ReadableLogRecord[] {
  return resourceLogs.flatMap((ofResource) => {
    const resource = resourceOf(ofResource.resource, ofResource.schemaUrl);
    return (ofResource.scopeLogs ?? []).flatMap((ofScope) => {
      const instrumentationScope = scopeOf(ofScope.scope, ofScope.schemaUrl);
      return (ofScope.logRecords ?? []).map((record) =>
        Object.assign(readableLogRecord(record), { resource, instrumentationScope }),
      );
    });
  });
}

function readableLogRecord(
  record: Fields,
): Omit<ReadableLogRecord, 'resource' | 'instrumentationScope'> {
  const traceId = textOf(record['traceId']);
  const spanId = textOf(record['spanId']);
  const severityText = textOf(record['severityText']);
  const severityNumber = numberOf(record['severityNumber']);
  const eventName = textOf(record['eventName']);
  return {
    hrTime: hrTimeOf(record['timeUnixNano']),
    hrTimeObserved: hrTimeOf(record['observedTimeUnixNano']),
    ...((traceId !== '' || spanId !== '') && {
      spanContext: { traceId, spanId, traceFlags: numberOf(record['flags']) },
    }),
    ...(severityText !== '' && { severityText }),
    ...(severityNumber !== 0 && { severityNumber }),
    ...(record['body'] !== undefined && { body: valueOf(record['body'] as OtlpAnyValue) }),
    ...(eventName !== '' && { eventName }),
    attributes: attributesOf(record['attributes'] as readonly OtlpKeyValue[] | undefined),
    droppedAttributesCount: numberOf(record['droppedAttributesCount']),
  };
}
