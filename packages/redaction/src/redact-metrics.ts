import type { Attributes } from '@opentelemetry/api';
import { KnownAttributes } from './known-attributes.ts';
import type {
  DataPoint,
  Exemplar,
  Metric,
  MetricDescriptor,
  ResourceMetrics,
  ScopeMetrics,
} from './metric-types.ts';
import { redactOrigins } from './redact-origins.ts';
import type { Redactor } from './redactor.ts';
import { FAILED } from './replacement.ts';

/**
 * Redacts everything of collected metrics that is text: resource, scopes, names, descriptions and units of metrics,
 * attributes of data points and of their exemplars. Returns the object itself when there is nothing to hide, otherwise
 * a view of it: the SDK's objects are not touched. Never throws: a data point, metric or scope that cannot be read is
 * left out and counted as failed. What comes with every collection is counted once.
 */
export function redactMetrics(
  ofAnySignal: Redactor,
): (metrics: ResourceMetrics) => ResourceMetrics {
  const redactor = ofAnySignal.forSignal('metrics');
  const origins = redactOrigins(redactor);
  let known = new KnownAttributes();
  let descriptors = new WeakMap<MetricDescriptor, MetricDescriptor>();
  let { revision } = redactor;

  function attributes(value: Attributes): Attributes {
    try {
      const before = known.get(value);
      if (before !== undefined) return before;
      const redacted = origins.attributes(value);
      known.set(value, redacted);
      return redacted;
    } catch {
      // A name or a value cannot be read. This replaces it, and counts it.
      return origins.attributes(value);
    }
  }

  function exemplar(value: Exemplar): Exemplar {
    const filteredAttributes = attributes(value.filteredAttributes);
    return filteredAttributes === value.filteredAttributes
      ? value
      : { ...value, filteredAttributes };
  }

  function dataPoint(value: DataPoint): DataPoint {
    const redacted = attributes(value.attributes);
    const exemplars = value.exemplars && readable(value.exemplars, exemplar);
    if (redacted === value.attributes && exemplars === value.exemplars) return value;
    return { ...value, attributes: redacted, ...(exemplars && { exemplars }) };
  }

  function descriptor(value: MetricDescriptor): MetricDescriptor {
    const before = descriptors.get(value);
    if (before !== undefined) return before;
    const name = redactor.redactName(value.name);
    const description = redactor.redact(value.description);
    const unit = redactor.redactName(value.unit);
    const isSame = name === value.name && description === value.description && unit === value.unit;
    const result = isSame ? value : { ...value, name, description, unit };
    descriptors.set(value, result);
    return result;
  }

  function metric(value: Metric): Metric {
    const redacted = descriptor(value.descriptor);
    const dataPoints = readable(value.dataPoints, dataPoint);
    return redacted === value.descriptor && dataPoints === value.dataPoints
      ? value
      : { ...value, descriptor: redacted, dataPoints };
  }

  function scopeMetrics(value: ScopeMetrics): ScopeMetrics {
    const scope = origins.scope(value.scope);
    const metrics = readable(value.metrics, metric);
    return scope === value.scope && metrics === value.metrics
      ? value
      : { ...value, scope, metrics };
  }

  /** The list of what can be redacted: the same one when nothing in it changed. */
  function readable<T>(list: readonly T[], redact: (item: T) => T): readonly T[] {
    let copy: T[] | undefined;
    for (let index = 0; index < list.length; index++) {
      const item = list[index]!;
      try {
        const redacted = redact(item);
        if (redacted !== item) copy ??= list.slice(0, index);
        copy?.push(redacted);
      } catch (error) {
        redactor.fail(error);
        copy ??= list.slice(0, index);
      }
    }
    return copy ?? list;
  }

  return (metrics) => {
    if (!redactor.enabled) return metrics;
    if (revision !== redactor.revision) {
      revision = redactor.revision;
      known = new KnownAttributes();
      descriptors = new WeakMap();
    }
    try {
      const resource = origins.resource(metrics.resource);
      const scopes = readable(metrics.scopeMetrics, scopeMetrics);
      return resource === metrics.resource && scopes === metrics.scopeMetrics
        ? metrics
        : { ...metrics, resource, scopeMetrics: scopes };
    } catch (error) {
      redactor.fail(error);
      return { resource: { attributes: { 'llm_otel.redaction': FAILED } }, scopeMetrics: [] };
    }
  };
}
