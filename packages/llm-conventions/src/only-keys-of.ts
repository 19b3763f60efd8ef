declare const nothing: unique symbol;

/** No value has this type. The compiler names it, and with it the key, where an attribute does not belong. */
export interface NoSuchAttributeHere<Key> {
  readonly [nothing]: Key;
}

/**
 * Attributes of `Shape` and no others: a key of `A`, which is what was given, that is none of them is an error, also in a
 * variable, where the compiler does not look for keys that are too many.
 */
export type OnlyKeysOf<Shape, A> = Shape &
  A & { readonly [Key in Exclude<keyof A, keyof Shape>]: NoSuchAttributeHere<Key> };

/** A request that may have attributes. */
interface WithAttributes {
  readonly attributes?: object | undefined;
}

/** The request `R` with the attributes `A`, of which each is one of `Shape`. */
export type OnlyAttributesOf<
  R extends WithAttributes,
  A,
  Shape = NonNullable<R['attributes']>,
> = R & { readonly attributes?: OnlyKeysOf<Shape, A> | undefined };
