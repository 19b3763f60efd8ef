// What redaction reads of the SDK's metrics, written out: both OpenTelemetry lines fit. Other members are handed on.
import type { InstrumentationScope, Resource } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';

export interface DataPoint {
  readonly attributes: Attributes;
  /** The JavaScript SDK makes none yet. */
  readonly exemplars?: readonly Exemplar[] | undefined;
}

export interface Exemplar {
  readonly filteredAttributes: Attributes;
}

export interface MetricDescriptor {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
}

export interface Metric {
  readonly descriptor: MetricDescriptor;
  readonly dataPoints: readonly DataPoint[];
}

export interface ScopeMetrics {
  readonly scope: InstrumentationScope;
  readonly metrics: readonly Metric[];
}

/** What a metric reader collected. */
export interface ResourceMetrics {
  readonly resource: Resource;
  readonly scopeMetrics: readonly ScopeMetrics[];
}
