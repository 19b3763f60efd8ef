import type { MetricOptions } from '@opentelemetry/api';
import { type DemoMetric, demoMetrics } from './generated/metrics.ts';

/** What a meter makes an instrument of: its name, and what is known of it. */
export function made(name: DemoMetric): [name: DemoMetric, options: MetricOptions] {
  return [name, demoMetrics[name]];
}
