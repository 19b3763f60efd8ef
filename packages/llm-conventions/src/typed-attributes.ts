import type { Attributes } from '@opentelemetry/api';
import type { OnlyKeysOf } from './only-keys-of.ts';
import type {
  AttributeTypes,
  ProviderSpans,
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

/** The kinds of span that the provider `P` has of its own; those of every provider where `P` is not known. */
export type ProviderSpanType<P extends string> = string extends P
  ? ProviderSpans[keyof ProviderSpans]
  : P extends keyof ProviderSpans
    ? ProviderSpans[P]
    : never;

/** The kinds of span a call of a model of `P` may be: the general one, and what the provider adds to it. */
export type InferenceSpanType<P extends string = string> =
  | 'gen_ai.client.inference'
  | Extract<ProviderSpanType<P>, `${string}.gen_ai.client.inference`>;

/** The attributes of a call of a model of `P`. */
export type InferenceAttributes<P extends string = string> = SpanAttributes<InferenceSpanType<P>>;

/** The attributes of a call of a model, whichever provider it is. */
export type GeneralInferenceAttributes = SpanAttributes<'gen_ai.client.inference'>;

type KeysOfProviders = Exclude<keyof InferenceAttributes, keyof GeneralInferenceAttributes>;

/**
 * What attributes `A` of a call of `P` are checked against. `A` with the keys of every provider was declared as
 * {@link InferenceAttributes} of none in particular, as a function that takes them does: nobody knows which it has.
 */
export type InferenceShape<P extends string, A> = KeysOfProviders extends keyof A
  ? InferenceAttributes
  : InferenceAttributes<P>;

/**
 * Attributes for one kind of span, checked by the compiler: a wrong key, type or enum value, or a key that the
 * conventions do not list for this kind is a compile error; an enum value of your own is marked with `customValue`.
 * At run time it leaves out undefined values and, in plain JavaScript, keys that are not listed (reported once through
 * `diag`). `extra` takes attributes that the conventions do not know, as they are.
 */
export function spanAttributes<S extends SpanType, const A extends object>(
  span: S,
  attributes: OnlyKeysOf<SpanAttributes<S>, A>,
  extra?: Attributes,
): Attributes {
  return collect(knownOf(span), attributes, extra);
}

/** The provider that attributes name. */
type ProviderIn<A> = A extends { readonly 'gen_ai.provider.name': infer P extends string }
  ? P
  : string;

/** {@link spanAttributes} for a model call: of the provider in `gen_ai.provider.name` where that is a literal. */
export function inferenceAttributes<const A extends object>(
  attributes: OnlyKeysOf<InferenceShape<ProviderIn<A>, A>, A>,
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
