import type { Attributes, Context, Link, Span } from '@opentelemetry/api';
import type { Clock } from '@llm-otel/core';
import type { PriceTable } from '../cost/price-types.ts';
import type { Ending } from '../run-inside.ts';
import type { Signals } from '../signals.ts';
import type { OnlyKeysOf } from '../only-keys-of.ts';
import type { SpanAttributes, SpanType } from '../typed-attributes.ts';

/** What every span of the conventions can be given. */
export interface OperationRequest<S extends SpanType> {
  /** Further attributes of the conventions, checked by the compiler. */
  readonly attributes?: SpanAttributes<S> | undefined;
  /** Attributes the conventions do not know. */
  readonly extra?: Attributes | undefined;
  readonly links?: readonly Link[] | undefined;
  /** Parent of the span. @defaultValue the active context */
  readonly parent?: Context | undefined;
}

/** The service that a client span is about. */
export interface ServiceRequest {
  readonly serverAddress?: string | undefined;
  /** Asked for wherever the address is given. */
  readonly serverPort?: number | undefined;
}

/** An operation that has started. It ends once; whatever comes after the end is ignored. */
export interface OpenOperation<S extends SpanType> extends Ending {
  readonly span: Span;
  /** `extra` takes attributes that the conventions do not know. */
  setAttributes<const A extends object>(
    attributes: OnlyKeysOf<SpanAttributes<S>, A>,
    extra?: Attributes,
  ): void;
}

/** What operations are made with. */
export interface OperationEnvironment {
  readonly signals: Signals;
  readonly clock: Clock;
  /** Whether content goes on the span. */
  readonly recordContent: boolean;
  /** What calls cost; undefined where none is to be recorded. */
  readonly prices?: PriceTable | undefined;
}
