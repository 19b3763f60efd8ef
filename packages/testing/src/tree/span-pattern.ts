import type { SpanKindName, StatusName } from './print-tree.ts';

/** Says whether a value is the wanted one. Its name, if it has one, stands in the failure message. */
// oxlint-disable-next-line typescript/no-explicit-any -- lets `(tokens: number) => tokens > 0` be written
export type ValuePredicate = (value: any) => boolean;

/** What a span must look like. What the pattern does not name is not looked at. */
export interface SpanPattern {
  readonly name: string | RegExp;
  /** By name, or a `SpanKind` of `@opentelemetry/api`. */
  readonly kind?: SpanKindName | number | undefined;
  /**
   * Attributes that must be there: a value (compared deeply), a RegExp for strings, or a predicate.
   * `undefined` says that the attribute must not be there. Others may be.
   */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
  readonly status?:
    | StatusName
    | { readonly code: StatusName; readonly message?: string | RegExp }
    | undefined;
  /** Names of events that must be there, in any order. Others may be. */
  readonly events?: readonly (string | RegExp)[] | undefined;
  /** The span's children, all of them and in order of their start. `[]` says that there are none. */
  readonly children?: readonly SpanPattern[] | undefined;
  /** Children may come in any order. @defaultValue false */
  readonly anyOrder?: boolean | undefined;
  /** Children that are not in the pattern are no failure. @defaultValue false */
  readonly allowMore?: boolean | undefined;
}
