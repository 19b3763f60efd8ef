import type { MessageTable } from '../protobuf/message-table.ts';
import {
  attributesField,
  droppedAttributesCountField,
  resourceFields,
  scopeFields,
} from './common-fields.ts';

/** The body of `POST /v1/traces`. */
export const traceRequestFields: MessageTable = {
  name: 'ExportTraceServiceRequest',
  fields: { 1: { name: 'resourceSpans', type: () => resourceSpansFields, repeated: true } },
};

const resourceSpansFields: MessageTable = {
  name: 'ResourceSpans',
  fields: {
    1: { name: 'resource', type: () => resourceFields },
    2: { name: 'scopeSpans', type: () => scopeSpansFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const scopeSpansFields: MessageTable = {
  name: 'ScopeSpans',
  fields: {
    1: { name: 'scope', type: () => scopeFields },
    2: { name: 'spans', type: () => spanFields, repeated: true },
    3: { name: 'schemaUrl', type: 'string' },
  },
};

const spanFields: MessageTable = {
  name: 'Span',
  fields: {
    1: { name: 'traceId', type: 'traceId', required: true },
    2: { name: 'spanId', type: 'spanId', required: true },
    3: { name: 'traceState', type: 'string' },
    4: { name: 'parentSpanId', type: 'spanId' },
    5: { name: 'name', type: 'string' },
    6: { name: 'kind', type: 'enum' },
    7: { name: 'startTimeUnixNano', type: 'fixed64' },
    8: { name: 'endTimeUnixNano', type: 'fixed64' },
    9: attributesField,
    10: droppedAttributesCountField,
    11: { name: 'events', type: () => eventFields, repeated: true },
    12: { name: 'droppedEventsCount', type: 'uint32' },
    13: { name: 'links', type: () => linkFields, repeated: true },
    14: { name: 'droppedLinksCount', type: 'uint32' },
    15: { name: 'status', type: () => statusFields },
    16: { name: 'flags', type: 'fixed32' },
  },
};

const eventFields: MessageTable = {
  name: 'Event',
  fields: {
    1: { name: 'timeUnixNano', type: 'fixed64' },
    2: { name: 'name', type: 'string' },
    3: attributesField,
    4: droppedAttributesCountField,
  },
};

const linkFields: MessageTable = {
  name: 'Link',
  fields: {
    1: { name: 'traceId', type: 'traceId', required: true },
    2: { name: 'spanId', type: 'spanId', required: true },
    3: { name: 'traceState', type: 'string' },
    4: attributesField,
    5: droppedAttributesCountField,
    6: { name: 'flags', type: 'fixed32' },
  },
};

const statusFields: MessageTable = {
  name: 'Status',
  fields: {
    2: { name: 'message', type: 'string' },
    3: { name: 'code', type: 'enum' },
  },
};
