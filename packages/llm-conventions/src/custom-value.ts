declare const custom: unique symbol;

/** A value of an enum that the conventions do not list. */
export type CustomValue = string & { readonly [custom]: true };

/**
 * Marks a value as one that the conventions do not list, so that it passes where the compiler asks for a listed one: a
 * provider of your own, for example. Without the mark, a typing error would pass as well.
 */
export function customValue(value: string): CustomValue {
  return value as CustomValue;
}
