/** How much an attribute, metric or event is asked for. `conditional` says when. */
export type RequirementLevel = 'required' | 'conditional' | 'recommended' | 'opt_in';

export interface AttributeRequirement {
  readonly level: RequirementLevel;
  /** The condition of a conditional attribute, or when a recommended one makes sense. */
  readonly when?: string;
  /** Set when the span is created, so that samplers see it. */
  readonly sampling?: true;
  /** The only value it takes here. */
  readonly value?: string | boolean;
  /** A value that stands for absence: not recorded. */
  readonly notValue?: string | number;
  /** Required when the operation failed, and absent otherwise. */
  readonly ifFailed?: true;
  /** Required when this attribute is set. */
  readonly ifSet?: string;
  /** Required when this attribute is not set. */
  readonly unlessSet?: string;
  /** Absent where this attribute is not set. `name=value`: where it has another value. */
  readonly onlyWith?: string;
}

export type AttributeRequirements = Readonly<Record<string, AttributeRequirement>>;

export interface AttributeDefinition {
  readonly type: string;
  /** Holds content, or text that may hold personal data. */
  readonly sensitive?: true;
  /** Known values; others are allowed. */
  readonly values?: readonly string[];
  /** Any text: the values are only examples. */
  readonly free?: true;
  /** Token counts that contain this one. */
  readonly subsetOf?: readonly string[];
  /** The JSON shape of the value. */
  readonly shape?: string;
  readonly onlyOn?: 'resource' | 'metrics';
}

export interface SpanDefinition {
  readonly kind: 'CLIENT' | 'INTERNAL' | 'SERVER';
  /** Allowed where the callee runs in the same process. */
  readonly alternativeKind?: string;
  readonly operations: readonly string[];
  /** In order: the first one whose placeholders are all known is the name. */
  readonly nameTemplates: readonly string[];
  readonly refines?: string;
  readonly provider?: string;
  readonly entity?: string;
  /** Attributes that must not be on this span; `*` stands for the rest of a name. */
  readonly forbidden?: readonly string[];
  /** Status codes that are the caller's mistake and no error here. */
  readonly notErrors?: readonly string[];
  readonly metrics: readonly string[];
  readonly attributes: AttributeRequirements;
}

export interface MetricDefinition {
  readonly name: string;
  readonly instrument: 'counter' | 'histogram';
  /** UCUM unit. */
  readonly unit: string;
  readonly valueType: 'int' | 'double';
  readonly description: string;
  readonly when?: string;
  /** Advised bucket boundaries of a histogram. */
  readonly buckets?: readonly number[];
  readonly attributes: AttributeRequirements;
}

export interface EventDefinition {
  readonly name: string;
  readonly level: RequirementLevel;
  readonly severityNumber?: number;
  readonly attributes: AttributeRequirements;
}

export interface RemovedName {
  /** The name that took over. */
  readonly to?: string;
  /** Values that were renamed with it. */
  readonly values?: Readonly<Record<string, string>>;
}
