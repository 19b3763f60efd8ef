/** The shape of the files in `model/`, as they are written. */

export type Level = 'required' | 'conditional' | 'recommended' | 'opt_in';

/** A level alone, or with its condition. */
export type Requirement =
  | Level
  | {
      readonly level: Level;
      readonly when?: string;
      readonly sampling?: boolean;
      /** The only value it takes here. */
      readonly value?: string | boolean;
      /** A value that stands for absence. */
      readonly not_value?: string | number;
      /** Required when the operation failed, and absent otherwise. */
      readonly if_failed?: boolean;
      /** Required when this attribute is set. `name=value`: when it has this value. */
      readonly if_set?: string;
      /** Required when this attribute is not set. */
      readonly unless_set?: string;
      /** Absent where this attribute is not set. `name=value`: where it has another value. */
      readonly only_with?: string;
    };

export type Requirements = Readonly<Record<string, Requirement>>;

export interface AttributeFacts {
  readonly type: AttributeType;
  readonly brief: string;
  readonly sensitive?: boolean;
  readonly values?: readonly string[];
  /** Key pattern of a template attribute. */
  readonly key?: string;
  readonly subset_of?: readonly string[];
  /** Any text: the values are only examples. */
  readonly free?: boolean;
  /** JSON shape of the value. */
  readonly shape?: string;
  readonly only_on?: 'resource' | 'metrics';
}

export type AttributeType =
  | 'string'
  | 'int'
  | 'double'
  | 'boolean'
  | 'string[]'
  | 'double[]'
  | 'any'
  | 'template[string]';

export interface SpanFacts {
  readonly refines?: string;
  readonly provider?: string;
  readonly kind?: 'CLIENT' | 'INTERNAL' | 'SERVER';
  readonly alternative_kind?: { readonly kind: string; readonly when: string };
  readonly operations?: readonly string[];
  readonly name?: readonly string[];
  readonly entity?: string;
  readonly forbidden?: readonly string[];
  readonly not_errors?: readonly string[];
  readonly metrics?: readonly string[];
  readonly attributes: Requirements;
}

export interface MetricFacts {
  readonly instrument: 'counter' | 'histogram';
  readonly unit: string;
  readonly value_type: 'int' | 'double';
  readonly brief: string;
  readonly when?: string;
  readonly buckets?: readonly number[];
  readonly attributes: Requirements;
}

export interface EventFacts {
  readonly brief: string;
  readonly level: Level;
  readonly severity_number?: number;
  readonly attributes_of?: string;
  readonly attributes?: Requirements;
}

export interface Removal {
  readonly to?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly instead?: string;
  readonly since?: string;
}

export interface Model {
  readonly attributes: Readonly<Record<string, AttributeFacts>>;
  readonly spans: Readonly<Record<string, SpanFacts>>;
  readonly metrics: Readonly<Record<string, MetricFacts>>;
  readonly events: Readonly<Record<string, EventFacts>>;
  readonly removed: {
    readonly attributes: Readonly<Record<string, Removal>>;
    readonly metrics: Readonly<Record<string, Removal>>;
    readonly events: Readonly<Record<string, Removal>>;
  };
}
