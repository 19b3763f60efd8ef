import { type LogRecordTransform, logRecordView, type ReadableLogRecord } from '@llm-otel/core';
import { redactOrigins } from './redact-origins.ts';
import { redactSpanContext } from './redact-trace-state.ts';
import type { Redactor } from './redactor.ts';
import { withSensitivity } from './sensitivity.ts';
import { isMap, mapAsRead } from './value-shapes.ts';

/**
 * Redacts everything of a log record that is text: body, attributes, name of the event, text of the severity, trace
 * state, resource and scope. Bodies may be nested. Returns the record itself when there is nothing to hide, otherwise a view of it: the
 * SDK's object is not touched.
 */
export function redactLogs(ofAnySignal: Redactor): LogRecordTransform {
  const redactor = ofAnySignal.forSignal('logs');
  const { attributes, resource, scope } = redactOrigins(redactor);

  function textOf(value: string | undefined): string | undefined {
    return value === undefined ? undefined : redactor.redactName(value);
  }

  function changesOf(record: ReadableLogRecord) {
    const eventName = eventNameOf(record);
    const body = isMap(record.body) ? mapAsRead(record.body) : record.body;
    return {
      // Some write the name of the event as the body, too.
      body: redactor.redactDeep(body, body === eventName ? undefined : eventName),
      attributes: attributes(record.attributes, eventName),
      eventName: textOf(record.eventName),
      severityText: textOf(record.severityText),
      spanContext: record.spanContext && redactSpanContext(redactor, record.spanContext),
      resource: resource(record.resource),
      instrumentationScope: scope(record.instrumentationScope),
    };
  }

  return {
    name: 'redaction',
    transform(record) {
      if (!redactor.enabled) return record;
      const { result, sensitivity } = redactor.classified(() => changesOf(record));
      const changes = { ...result, attributes: withSensitivity(result.attributes, sensitivity) };
      const isSame = Object.entries(changes).every(([member, value]) =>
        Object.is(value, record[member as keyof typeof changes]),
      );
      return isSame ? record : logRecordView(record, changes);
    },
  };
}

/** The name of the event, which was an attribute once. */
function eventNameOf({ eventName, attributes }: ReadableLogRecord): string | undefined {
  if (eventName !== undefined && eventName !== '') return eventName;
  const before = attributes['event.name'];
  return typeof before === 'string' ? before : undefined;
}
