import type { TextMapGetter, TextMapSetter } from '@opentelemetry/api';
import { headerGetter } from '../carriers.ts';

// More than any header of ours is long.
const MAX_BYTES = 16_384;
// SQS refuses a message with more.
const MAX_ATTRIBUTES = 10;
// How SQS, its events in Lambda, SNS in an envelope of SQS, and DynamoDB call the text of an attribute.
const TEXT_MEMBERS = ['StringValue', 'stringValue', 'Value', 'S'] as const;

/** Attributes of a message in SQS or SNS: each is an object with a type and a value. */
export const messageAttributeGetter: TextMapGetter<object> = {
  get(attributes, name) {
    const attribute: unknown = (attributes as Record<string, unknown>)[name];
    if (typeof attribute !== 'object' || attribute === null) return undefined;
    // A header of RabbitMQ in Lambda.
    const { bytes } = attribute as { readonly bytes?: unknown };
    if (Array.isArray(bytes))
      return headerGetter.get({ bytes: Uint8Array.from(bytes.slice(0, MAX_BYTES)) }, 'bytes');
    for (const member of TEXT_MEMBERS) {
      const text = headerGetter.get(attribute, member);
      if (text !== undefined) return text;
    }
    return undefined;
  },
  keys: (attributes) => Object.keys(attributes),
};

/** Writes no attribute past the tenth: it would cost the whole message. */
export const messageAttributeSetter: TextMapSetter<object> = {
  set(attributes, name, value) {
    const isNew = !Object.hasOwn(attributes, name);
    if (value === '' || (isNew && Object.keys(attributes).length >= MAX_ATTRIBUTES)) return;
    (attributes as Record<string, unknown>)[name] = { DataType: 'String', StringValue: value };
  },
};

export function removeMessageAttribute(attributes: object, name: string): void {
  delete (attributes as Record<string, unknown>)[name];
}
