import type { DecodedMetric } from '@llm-otel/testing';
import { demoMetrics } from '../generated/metrics.ts';

/** A metric of the run: the newest value of each of its series. */
export interface MetricFact {
  readonly service: string;
  readonly name: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  readonly value: string;
}

/** The metrics that the applications of the demo define themselves, in the order of their names. */
export function domainMetrics(metrics: readonly DecodedMetric[]): MetricFact[] {
  const newest = new Map<string, MetricFact>();
  for (const metric of metrics) {
    if (!Object.hasOwn(demoMetrics, metric.name)) continue;
    const { 'service.name': service } = metric.resource.attributes;
    const fact = factOf(metric);
    if (fact !== undefined && typeof service === 'string')
      newest.set(`${service} ${metric.name}`, { service, ...fact });
  }
  return [...newest.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

function factOf(metric: DecodedMetric): Omit<MetricFact, 'service'> | undefined {
  const { name, unit } = metric;
  const of = unit.startsWith('{') ? '' : ` ${unit}`;
  if (metric.type === 'histogram') {
    const count = metric.points.reduce((sum, point) => sum + Number(point.count), 0);
    const sum = metric.points.reduce((all, point) => all + (point.sum ?? 0), 0);
    const value =
      count === 0 ? 'nothing yet' : `${count} × ${rounded(sum / count)}${of} on average`;
    return { name, kind: 'histogram', value };
  }
  if (metric.type !== 'sum' && metric.type !== 'gauge') return undefined;
  const value = metric.points.reduce((sum, point) => sum + Number(point.value ?? 0), 0);
  // An UpDownCounter is a sum that says how much there is now, as a gauge does.
  const kind = metric.type === 'sum' && metric.isMonotonic ? 'counter' : 'gauge';
  return { name, kind, value: `${rounded(value)}${of}` };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** The metrics as a table. */
export function metricLines(facts: readonly MetricFact[]): string[] {
  const width = Math.max(0, ...facts.map(({ name }) => name.length));
  return facts.map(
    ({ name, kind, value }) => `  ${name.padEnd(width)}  ${kind.padEnd(9)}  ${value}`,
  );
}
