import { genAiMetricDefinitions, type MetricName } from '../generated/metrics.ts';
import { readMember } from '../read-member.ts';
import { removedMetrics } from '../generated/removed-names.ts';
import { attributeFindings, type AttributeValues } from './attribute-findings.ts';
import { reportOnMissing } from './missing-members.ts';
import { ConformanceReport, type Finding } from './report.ts';
import { told } from './value-problems.ts';

/** A metric with the attributes of its data points. */
export interface CheckedMetric {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly {
    readonly attributes: AttributeValues;
    /** Of a histogram. */
    readonly boundaries?: readonly number[] | undefined;
  }[];
}

/** A metric as the SDK collects it: `MetricData` of `@opentelemetry/sdk-metrics`, of either line. */
export interface CollectedMetric {
  readonly descriptor: { readonly name: string; readonly unit: string };
  readonly dataPoints: readonly {
    readonly attributes: AttributeValues;
    /** A number, or of a histogram an object with its buckets. */
    readonly value: unknown;
  }[];
}

/**
 * Checks a metric of the conventions: name, unit, buckets, and the attributes of every point. Takes `MetricData` of the SDK
 * as it was collected, too.
 */
export function checkMetricConformance(metric: CheckedMetric | CollectedMetric): ConformanceReport {
  const checked = isCollected(metric) ? ofCollected(metric) : metric;
  const missing = reportOnMissing('metric', checked, { name: 'string', points: 'object' });
  if (missing !== undefined) return missing;
  const { name, unit, points } = checked;
  if (!(name in genAiMetricDefinitions)) {
    const removed = removedMetrics[name];
    const message =
      removed === undefined
        ? 'is no metric of the conventions'
        : removed.to === undefined
          ? 'is gone from the conventions'
          : `is now ${removed.to}`;
    return new ConformanceReport(name, undefined, [{ severity: 'error', rule: 'name', message }]);
  }
  const definition = genAiMetricDefinitions[name as MetricName];
  const findings: Finding[] = [];
  const error = (message: string): void =>
    void findings.push({ severity: 'error', rule: 'metric', message });
  if (unit !== definition.unit) error(`the unit is ${told(unit)}; it is ${told(definition.unit)}`);
  for (const { attributes, boundaries } of points) {
    if (boundaries !== undefined && String(boundaries) !== String(definition.buckets))
      error(
        `the buckets are ${boundaries.join(', ')}; advised are ${definition.buckets?.join(', ')}`,
      );
    findings.push(
      ...attributeFindings(attributes, {
        requirements: definition.attributes,
        content: false,
        required: [],
        on: 'metric',
      }),
    );
  }
  return new ConformanceReport(name, undefined, findings);
}

function isCollected(metric: CheckedMetric | CollectedMetric): metric is CollectedMetric {
  return (
    typeof readMember(readMember(metric, 'descriptor'), 'name') === 'string' &&
    Array.isArray(readMember(metric, 'dataPoints'))
  );
}

function ofCollected({ descriptor, dataPoints }: CollectedMetric): CheckedMetric {
  return {
    name: descriptor.name,
    unit: descriptor.unit,
    points: dataPoints.map(({ attributes, value }) => {
      const boundaries = readMember(readMember(value, 'buckets'), 'boundaries');
      return { attributes, boundaries: Array.isArray(boundaries) ? boundaries : undefined };
    }),
  };
}
