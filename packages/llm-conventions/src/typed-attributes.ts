import type { Attributes } from '@opentelemetry/api';
import type {
  AttributeTypes,
  SpanAttributeNames,
  SpanOperations,
} from './generated/attribute-types.ts';
import { KnownAttributes } from './known-attributes.ts';

/** The kinds of span of the conventions, for example `gen_ai.client.inference`. */
export type SpanType = keyof SpanAttributeNames;

/** The attributes the conventions list for a kind of span, each with the type of its value. */
export type SpanAttributes<S extends SpanType> = {
  readonly [Name in SpanAttributeNames[S] & keyof AttributeTypes]?:
    | (Name extends 'gen_ai.operation.name' ? SpanOperations[S] : AttributeTypes[Name])
    | undefined;
};

/** The kinds of span a model call may be: the general one, and what providers add to it. */
export type InferenceSpanType =
  | 'gen_ai.client.inference'
  | 'openai.gen_ai.client.inference'
  | 'azure.ai.inference.gen_ai.client.inference'
  | 'anthropic.gen_ai.client.inference'
  | 'aws.bedrock.gen_ai.client.inference';

/** The attributes of a model call. */
export type InferenceAttributes = SpanAttributes<InferenceSpanType>;

/** Makes every key of `A` that `Shape` does not have an error, also where `A` is no literal. */
export type OnlyKeysOf<Shape, A> = A & Readonly<Record<Exclude<keyof A, keyof Shape>, never>>;

/**
 * Attributes for one kind of span, checked by the compiler: a wrong key, type or enum value, or a key that the
 * conventions do not list for this kind is a compile error; an enum value of your own is marked with `customValue`.
 * At run time it leaves out undefined values and, in plain JavaScript, keys that are not listed (reported once through
 * `diag`). `extra` takes attributes that the conventions do not know, as they are.
 */
export function spanAttributes<S extends SpanType, A extends SpanAttributes<S>>(
  span: S,
  attributes: OnlyKeysOf<SpanAttributes<S>, A>,
  extra?: Attributes,
): Attributes {
  return collect(knownOf(span), attributes, extra);
}

/** {@link spanAttributes} for a model call. */
export function inferenceAttributes<A extends InferenceAttributes>(
  attributes: OnlyKeysOf<InferenceAttributes, A>,
  extra?: Attributes,
): Attributes {
  return collect(knownInferenceAttributes(), attributes, extra);
}

let inference: KnownAttributes | undefined;

export function knownInferenceAttributes(): KnownAttributes {
  return (inference ??= new KnownAttributes(
    'gen_ai.client.inference',
    'openai.gen_ai.client.inference',
    'azure.ai.inference.gen_ai.client.inference',
    'anthropic.gen_ai.client.inference',
    'aws.bedrock.gen_ai.client.inference',
  ));
}

const bySpan = new Map<SpanType, KnownAttributes>();

/** The attributes of one kind of span. Made once for each. */
export function knownOf(span: SpanType): KnownAttributes {
  let known = bySpan.get(span);
  if (known === undefined) bySpan.set(span, (known = new KnownAttributes(span)));
  return known;
}

function collect(
  known: KnownAttributes,
  attributes: object,
  extra: Attributes | undefined,
): Attributes {
  const collected: Attributes = {};
  known.forEach(attributes, true, (name, value) => {
    collected[name] = value;
  });
  for (const [name, value] of Object.entries(extra ?? {}))
    if (value !== undefined) collected[name] = value;
  return collected;
}
