import type { Message } from '../protobuf/message.ts';

/** A whole number of 64 bits: a number where a double holds it exactly, otherwise a bigint. */
export type Integer = number | bigint;

/** An attribute value or a log body as a plain JavaScript value. `null` is OTLP's empty value. */
export type DecodedValue =
  | string
  | boolean
  | Integer
  | Uint8Array
  | null
  | readonly DecodedValue[]
  | DecodedAttributes;

export interface DecodedAttributes {
  readonly [key: string]: DecodedValue;
}

export interface DecodedResource {
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}

export interface DecodedScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: DecodedAttributes;
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}

export function decodedInteger(value: bigint): Integer {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** @throws DecodeError where a key comes twice: OTLP says that keys are unique */
export function decodedAttributes(keyValues: readonly Message[]): DecodedAttributes {
  const attributes: Record<string, DecodedValue> = {};
  for (const keyValue of keyValues) {
    const key = keyValue.string('key');
    if (Object.hasOwn(attributes, key))
      throw keyValue.error({ name: 'key', type: 'string' }, `${JSON.stringify(key)} sent twice`);
    const value = decodedValue(keyValue.message('value'));
    if (key === '__proto__') defineProto(attributes, value);
    else attributes[key] = value;
  }
  return attributes;
}

/** An assignment would take this key for the prototype. */
function defineProto(attributes: Record<string, DecodedValue>, value: DecodedValue): void {
  Object.defineProperty(attributes, '__proto__', {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

export function decodedValue(value: Message | undefined): DecodedValue {
  if (value === undefined) return null;
  if (value.has('stringValue')) return value.string('stringValue');
  if (value.has('boolValue')) return value.boolean('boolValue');
  if (value.has('intValue')) return decodedInteger(value.bigint('intValue'));
  if (value.has('doubleValue')) return value.number('doubleValue');
  if (value.has('bytesValue')) return value.bytes('bytesValue');
  const array = value.message('arrayValue');
  if (array !== undefined) return array.messages('values').map((item) => decodedValue(item));
  const list = value.message('kvlistValue');
  return list === undefined ? null : decodedAttributes(list.messages('values'));
}

/** `holder` is the message with the `resource` and the `schemaUrl` field. */
export function decodedResource(holder: Message): DecodedResource {
  const resource = holder.message('resource');
  return {
    attributes: decodedAttributes(resource?.messages('attributes') ?? []),
    droppedAttributesCount: resource?.number('droppedAttributesCount') ?? 0,
    schemaUrl: holder.string('schemaUrl'),
  };
}

/** `holder` is the message with the `scope` and the `schemaUrl` field. */
export function decodedScope(holder: Message): DecodedScope {
  const scope = holder.message('scope');
  return {
    name: scope?.string('name') ?? '',
    version: scope?.string('version') ?? '',
    attributes: decodedAttributes(scope?.messages('attributes') ?? []),
    droppedAttributesCount: scope?.number('droppedAttributesCount') ?? 0,
    schemaUrl: holder.string('schemaUrl'),
  };
}
