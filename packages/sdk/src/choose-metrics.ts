import type { LedgerSnapshot } from '@llm-otel/core';
import {
  type HistogramAggregation,
  type MetricExporter,
  MAX_SERIES,
  type MetricOptions,
  metricsObstacle,
  type MetricView,
  type PeriodicExport,
} from '@llm-otel/core/setup';
import {
  type HeldItems,
  resilientMetricExporter,
  type ResilientMetricExporter,
} from '@llm-otel/exporters-resilient';
import { advisedBuckets } from '@llm-otel/llm-conventions';
import { redactingMetricExporter } from '@llm-otel/redaction';
import { diag } from '@opentelemetry/api';
import type { Choosing } from './choosing.ts';
import type { MetricsPlan, PeriodicPlan } from './export-plan.ts';
import { joinLedgers } from './join-ledgers.ts';
import { openReceivers } from './open-receivers.ts';
import { type PrometheusReader, prometheusReader } from './prometheus.ts';
import { sdkModules } from './sdk-modules.ts';

export interface MetricsChoice {
  readonly options: MetricOptions;
  /** Of our own exporters; absent where there is none. */
  readonly ledger: (() => LedgerSnapshot) | undefined;
  /** What our own exporters have not delivered yet. */
  held(): HeldItems;
  /** Ends what was made here, for a start that fails afterwards. */
  abandon(): Promise<void>;
}

/**
 * How metrics are exported, or `undefined` where they are off, or where the metrics SDK is not installed. They are
 * redacted whoever made the exporter.
 * @throws what keeps the metrics SDK from being loaded, with `strict` and where metrics were asked for
 */
export async function chooseMetrics(choosing: Choosing): Promise<MetricsChoice | undefined> {
  const { options, plan, redactor } = choosing;
  if (plan.metrics === undefined || options.metrics === false) return undefined;
  const { asked, periodic, prometheus, views } = plan.metrics;
  const obstacle = await metricsObstacle(sdkModules);
  if (obstacle !== undefined) {
    if (asked && options.strict === true) throw obstacle;
    // Spans do without. Nobody has to install the package, so as a default it is only a hint.
    diag[asked ? 'warn' : 'info'](`llm-otel: metrics are off: ${obstacle.message}`);
    return undefined;
  }

  const redacting = redactingMetricExporter(redactor);
  const given = options.metrics?.exporter;
  const own: ResilientMetricExporter[] = [];
  const exports: PeriodicExport[] = [];
  for (const settings of periodic) {
    let exporter = given;
    if (exporter === undefined) {
      const made = await resilientExporter(settings, choosing);
      own.push(made);
      exporter = made;
    }
    exports.push({
      exporter: redacting(withHistograms(exporter, settings.histogramAggregation)),
      exportIntervalMillis: options.metrics?.exportIntervalMillis ?? settings.exportIntervalMillis,
      exportTimeoutMillis: settings.exportTimeoutMillis,
      cardinalityLimits: settings.cardinalityLimits,
    });
  }
  const readers: PrometheusReader[] = [];
  for (const settings of prometheus) {
    try {
      readers.push(await prometheusReader(settings, redacting));
    } catch (error) {
      if (options.strict === true) throw error;
      // A port that is taken is no reason to be without spans.
      diag.warn(`llm-otel: Prometheus cannot ask for metrics here: ${String(error)}`);
    }
  }
  return {
    options: {
      exports,
      readers,
      views: readers.length === 0 ? views : bounded(plan.metrics),
      buckets: advisedBuckets,
    },
    ledger: own.length === 0 ? undefined : () => joinLedgers(own.map((each) => each.ledger())),
    held() {
      const all = own.map((each) => each.held());
      return {
        spooled: all.reduce((sum, { spooled }) => sum + spooled, 0),
        pending: all.reduce((sum, { pending }) => sum + pending, 0),
      };
    },
    async abandon() {
      await Promise.all([
        ...exports.map(({ exporter }) => exporter.shutdown({ timeoutMillis: 0 })),
        ...readers.map((reader) => reader.shutdown()),
      ]);
    },
  };
}

/** A reader that is asked has no limit of its own on combinations of attributes: a view has it, where nothing else was said. */
function bounded({ views, periodic }: MetricsPlan): readonly MetricView[] {
  const isSaid = views.length > 0 || periodic.some((plan) => plan.cardinalityLimits !== undefined);
  return isSaid ? views : [{ instrumentName: '*', aggregationCardinalityLimit: MAX_SERIES }];
}

/** An aggregation that is asked for by name wins over what the exporter has in mind. */
function withHistograms(
  exporter: MetricExporter,
  aggregation: HistogramAggregation | undefined,
): MetricExporter {
  if (aggregation !== 'base2_exponential_bucket_histogram') return exporter;
  return {
    export: (metrics, done) => exporter.export(metrics, done),
    forceFlush: (limit) => exporter.forceFlush(limit),
    shutdown: (limit) => exporter.shutdown(limit),
    ...(exporter.selectAggregationTemporality && {
      selectAggregationTemporality: (type) => exporter.selectAggregationTemporality!(type),
    }),
    selectAggregation: (type) => ({ type: type === 'HISTOGRAM' ? EXPONENTIAL : DEFAULT }),
  };
}

// Of `AggregationType` of the metrics SDK.
const DEFAULT = 0;
const EXPONENTIAL = 5;

async function resilientExporter(
  { receivers, temporality }: PeriodicPlan,
  { options, environment, measure, spool }: Choosing,
): Promise<ResilientMetricExporter> {
  return resilientMetricExporter({
    destinations: await openReceivers('metrics', receivers, { environment, measure }),
    temporality,
    spool,
    clock: options.clock,
  });
}
