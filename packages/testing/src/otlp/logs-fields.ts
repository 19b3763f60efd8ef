import type { MessageTable } from '../protobuf/message-table.ts';
import {
  anyValueFields,
  attributesField,
  droppedAttributesCountField,
  resourceFields,
  scopeFields,
} from './common-fields.ts';

/** The body of `POST /v1/logs`. */
export const logsRequestFields: MessageTable = {
  name: 'ExportLogsServiceRequest',
  fields: { 1: { name: 'resourceLogs', type: () => resourceLogsFields, repeated: true } },
};

const resourceLogsFields: MessageTable = {
  name: 'ResourceLogs',
  fields: {
    1: { name: 'resource', type: () => resourceFields },
    2: { name: 'scopeLogs', type: () => scopeLogsFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const scopeLogsFields: MessageTable = {
  name: 'ScopeLogs',
  fields: {
    1: { name: 'scope', type: () => scopeFields },
    2: { name: 'logRecords', type: () => logRecordFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const logRecordFields: MessageTable = {
  name: 'LogRecord',
  fields: {
    1: { name: 'timeUnixNano', type: 'fixed64' },
    2: { name: 'severityNumber', type: 'enum' },
    3: { name: 'severityText', type: 'string' },
    5: { name: 'body', type: () => anyValueFields },
    6: attributesField,
    7: droppedAttributesCountField,
    8: { name: 'flags', type: 'fixed32' },
    9: { name: 'traceId', type: 'traceId' },
    10: { name: 'spanId', type: 'spanId' },
    11: { name: 'observedTimeUnixNano', type: 'fixed64' },
    12: { name: 'eventName', type: 'string' },
  },
};
