import type { Attributes } from '@opentelemetry/api';
import type { AttributeTypes, SpanAttributeNames } from './generated/attribute-types.ts';

/** The kinds of span of the conventions, for example `gen_ai.client.inference`. */
export type SpanType = keyof SpanAttributeNames;

/** The attributes the conventions list for a kind of span, each with the type of its value. */
export type SpanAttributes<S extends SpanType> = {
  readonly [Name in SpanAttributeNames[S] & keyof AttributeTypes]?:
    | AttributeTypes[Name]
    | undefined;
};

/** The attributes of a model call. */
export type InferenceAttributes = SpanAttributes<'gen_ai.client.inference'>;

/**
 * Attributes for one kind of span, checked by the compiler: a wrong key, a wrong type, or a key that the
 * conventions do not list for this kind is a compile error. At run time it leaves out undefined values.
 */
export function spanAttributes<S extends SpanType>(
  _span: S,
  attributes: SpanAttributes<S>,
): Attributes {
  return withoutUndefined(attributes);
}

/** {@link spanAttributes} for a model call. */
export function inferenceAttributes(attributes: InferenceAttributes): Attributes {
  return withoutUndefined(attributes);
}

function withoutUndefined(attributes: object): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
