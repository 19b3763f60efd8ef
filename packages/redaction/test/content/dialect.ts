/** Names as libraries write them, by what they hold. Those of `structure` must stay whatever is switched off. */
export interface Dialect {
  readonly prompt?: readonly string[];
  readonly completion?: readonly string[];
  /** What both sides said, in one value. */
  readonly both?: readonly string[];
  readonly toolToModel?: readonly string[];
  readonly toolFromModel?: readonly string[];
  readonly structure?: readonly string[];
}
