import type { Message } from '../protobuf/message.ts';
import {
  decodedAttributes,
  decodedResource,
  decodedScope,
  decodedValue,
  type DecodedAttributes,
  type DecodedResource,
  type DecodedScope,
  type DecodedValue,
} from './decoded-value.ts';

/** A log record as it came over the wire, flat: with the resource and the scope it was sent under. */
export interface DecodedLog {
  readonly timeUnixNano: bigint;
  readonly observedTimeUnixNano: bigint;
  /** 1 to 24, 0 where the sender left it out. */
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: DecodedValue;
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
  readonly flags: number;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly resource: DecodedResource;
  readonly scope: DecodedScope;
}

export function decodedLogs(request: Message): DecodedLog[] {
  return request.messages('resourceLogs').flatMap((resourceLogs) => {
    const resource = decodedResource(resourceLogs);
    return resourceLogs.messages('scopeLogs').flatMap((scopeLogs) => {
      const scope = decodedScope(scopeLogs);
      return scopeLogs.messages('logRecords').map((record) => ({
        timeUnixNano: record.bigint('timeUnixNano'),
        observedTimeUnixNano: record.bigint('observedTimeUnixNano'),
        severityNumber: record.number('severityNumber'),
        severityText: record.string('severityText'),
        eventName: record.string('eventName'),
        body: decodedValue(record.message('body')),
        attributes: decodedAttributes(record.messages('attributes')),
        droppedAttributesCount: record.number('droppedAttributesCount'),
        flags: record.number('flags'),
        traceId: record.string('traceId') || undefined,
        spanId: record.string('spanId') || undefined,
        resource,
        scope,
      }));
    });
  });
}
