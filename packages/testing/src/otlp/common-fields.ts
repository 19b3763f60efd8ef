import type { Field, MessageTable } from '../protobuf/message-table.ts';

// Field numbers and types of the published OTLP format, version 1.

/** The attributes field, which nearly every message has under a number of its own. */
export const attributesField: Field = {
  name: 'attributes',
  type: () => keyValueFields,
  repeated: true,
};

export const droppedAttributesCountField: Field = {
  name: 'droppedAttributesCount',
  type: 'uint32',
};

export const keyValueFields: MessageTable = {
  name: 'KeyValue',
  fields: {
    1: { name: 'key', type: 'string' },
    2: { name: 'value', type: () => anyValueFields },
  },
};

export const anyValueFields: MessageTable = {
  name: 'AnyValue',
  fields: {
    1: { name: 'stringValue', type: 'string', oneof: 'value' },
    2: { name: 'boolValue', type: 'bool', oneof: 'value' },
    3: { name: 'intValue', type: 'int64', oneof: 'value' },
    4: { name: 'doubleValue', type: 'double', oneof: 'value' },
    5: { name: 'arrayValue', type: () => arrayValueFields, oneof: 'value' },
    6: { name: 'kvlistValue', type: () => keyValueListFields, oneof: 'value' },
    7: { name: 'bytesValue', type: 'bytes', oneof: 'value' },
  },
};

const arrayValueFields: MessageTable = {
  name: 'ArrayValue',
  fields: { 1: { name: 'values', type: () => anyValueFields, repeated: true } },
};

const keyValueListFields: MessageTable = {
  name: 'KeyValueList',
  fields: { 1: { name: 'values', type: () => keyValueFields, repeated: true } },
};

export const resourceFields: MessageTable = {
  name: 'Resource',
  fields: {
    1: attributesField,
    2: droppedAttributesCountField,
    3: { name: 'entityRefs', type: () => entityRefFields, repeated: true },
  },
};

const entityRefFields: MessageTable = {
  name: 'EntityRef',
  fields: {
    1: { name: 'schemaUrl', type: 'string' },
    2: { name: 'type', type: 'string' },
    3: { name: 'idKeys', type: 'string', repeated: true },
    4: { name: 'descriptionKeys', type: 'string', repeated: true },
  },
};

export const scopeFields: MessageTable = {
  name: 'InstrumentationScope',
  fields: {
    1: { name: 'name', type: 'string' },
    2: { name: 'version', type: 'string' },
    3: attributesField,
    4: droppedAttributesCountField,
  },
};
