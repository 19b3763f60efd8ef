import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { constantName } from './constant-name.ts';
import { renderMetricNames } from './render-metric-names.ts';
import { quoted } from './render-requirements.ts';
import { sorted } from './sorted.ts';

interface DemoMetric {
  readonly unit: string;
  readonly brief: string;
  readonly buckets?: readonly number[];
}

const HEADER =
  '// Generated from tooling/semconv/demo by tooling/semconv/generate.ts. Do not edit.\n\n';

/** The generated files of the demo by their names, without the folder. */
export function renderDemo(): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, 'demo/metrics.yaml'), 'utf8');
  const { metrics } = parse(text) as { readonly metrics: Readonly<Record<string, DemoMetric>> };
  const options = sorted(metrics).map(([name, { unit, brief, buckets }]) => {
    const advice =
      buckets === undefined
        ? ''
        : `    advice: { explicitBucketBoundaries: [${buckets.join(', ')}] },\n`;
    return `  [METRIC_${constantName(name)}]: {\n    unit: ${quoted(unit)},\n    description: ${quoted(brief)},\n${advice}  },\n`;
  });
  return {
    'metrics.ts':
      `${HEADER}import type { MetricOptions } from '@opentelemetry/api';\n\n` +
      `${renderMetricNames('DemoMetric', metrics)}\n` +
      `/** What each instrument is made with. */\nexport const demoMetrics: Readonly<Record<DemoMetric, MetricOptions>> = {\n${options.join('')}};\n`,
  };
}
