import type { VariableKind } from './variable-kinds.ts';

/** One environment variable: all that is known about it, once. Its default is in `telemetryDefaults`. */
export interface Variable<T> {
  readonly name: string;
  readonly kind: VariableKind<T>;
  /** Where the name and the default come from. */
  readonly source:
    | 'OpenTelemetry'
    | 'OpenTelemetry JS'
    | 'OTLP'
    | 'GenAI conventions'
    | 'llm-otel'
    | 'Node.js';
  readonly effect: string;
}

/** A variable for each member of `Values`, which reads values of its type. */
export type VariablesOf<Values> = {
  readonly [Key in keyof Values]-?: Variable<NonNullable<Values[Key]>>;
};
