import type {
  CardinalityLimits,
  MetricAggregation,
  MetricInstrumentType,
  MetricView,
} from '@llm-otel/core/setup';
import type { MetricsPlan, PeriodicPlan } from '../export-plan.ts';
import type { PrometheusSettings } from '../prometheus.ts';
import type {
  CardinalityModel,
  InstrumentTypeName,
  MeterProviderModel,
  PeriodicModel,
  PrometheusModel,
  SelectorModel,
  StreamModel,
} from './configuration-model.ts';
import { asExpression, letsThrough } from './patterns.ts';
import { type OtlpOverrides, receiverOf } from './receivers-of.ts';

/** Readers and views of the file. */
export function metricsOf(
  { readers = [], views = [] }: MeterProviderModel,
  overrides: OtlpOverrides,
): MetricsPlan {
  const periodic: PeriodicPlan[] = [];
  const prometheus: PrometheusSettings[] = [];
  for (const reader of readers) {
    if (reader.kind === 'periodic') {
      const plan = periodicOf(reader.value, overrides);
      if (plan !== undefined) periodic.push(plan);
    } else if (reader.value.exporter !== undefined) {
      prometheus.push(prometheusOf(reader.value.exporter.value));
    }
  }
  return {
    asked: true,
    periodic,
    prometheus,
    views: views.flatMap(({ selector, stream }) =>
      selector === undefined || stream === undefined ? [] : [viewOf(selector, stream)],
    ),
  };
}

function periodicOf(
  { interval, timeout, exporter, cardinality_limits: limits }: PeriodicModel,
  overrides: OtlpOverrides,
): PeriodicPlan | undefined {
  if (exporter === undefined) return undefined;
  const { temporality_preference: temporality, default_histogram_aggregation: histograms } =
    exporter.value;
  return {
    receivers: [receiverOf('metrics', exporter, overrides)],
    exportIntervalMillis: interval,
    exportTimeoutMillis: timeout,
    temporality: temporality === 'low_memory' ? 'lowmemory' : (temporality ?? 'cumulative'),
    histogramAggregation: histograms,
    cardinalityLimits: limits && limitsOf(limits),
  };
}

function limitsOf(model: CardinalityModel): CardinalityLimits {
  return Object.fromEntries(
    Object.entries(model).flatMap(([name, limit]): [string, number][] =>
      limit === undefined ? [] : [[camelCase(name), limit]],
    ),
  );
}

function prometheusOf(model: PrometheusModel): PrometheusSettings {
  const labels = model.resource_constant_labels ?? model.with_resource_constant_labels;
  return {
    host: model.host,
    port: model.port,
    withoutScopeInfo: opposite(model.scope_info_enabled) ?? model.without_scope_info,
    withoutTargetInfo:
      opposite(model['target_info_enabled/development']) ??
      model['without_target_info/development'],
    resourceLabels: labels && asExpression(labels),
  };
}

const opposite = (flag: boolean | undefined): boolean | undefined =>
  flag === undefined ? undefined : !flag;

function viewOf(selector: SelectorModel, stream: StreamModel): MetricView {
  const keys = stream.attribute_keys && letsThrough(stream.attribute_keys);
  const view = {
    instrumentName: selector.instrument_name,
    instrumentType: selector.instrument_type && typeOf(selector.instrument_type),
    instrumentUnit: selector.unit,
    meterName: selector.meter_name,
    meterVersion: selector.meter_version,
    meterSchemaUrl: selector.meter_schema_url,
    name: stream.name,
    description: stream.description,
    aggregation: stream.aggregation && aggregationOf(stream.aggregation),
    attributesProcessors: keys && [
      {
        process: (incoming: object) =>
          Object.fromEntries(Object.entries(incoming).filter(([key]) => keys(key))),
      },
    ],
    aggregationCardinalityLimit: stream.aggregation_cardinality_limit,
  };
  return withoutAbsent(view);
}

function typeOf(name: InstrumentTypeName): MetricInstrumentType {
  return name.toUpperCase() as Uppercase<InstrumentTypeName>;
}

function aggregationOf(model: NonNullable<StreamModel['aggregation']>): MetricAggregation {
  switch (model.kind) {
    case 'default':
      return { type: 0 };
    case 'drop':
      return { type: 1 };
    case 'sum':
      return { type: 2 };
    case 'last_value':
      return { type: 3 };
    case 'explicit_bucket_histogram': {
      const { boundaries, record_min_max: recordMinMax } = model.value;
      const options = { boundaries: [...(boundaries ?? BOUNDARIES)], recordMinMax };
      return { type: 4, options: withoutAbsent(options) };
    }
    default: {
      const { max_size: maxSize, record_min_max: recordMinMax } = model.value;
      return { type: 5, options: withoutAbsent({ maxSize, recordMinMax }) };
    }
  }
}

// The default of the specification.
const BOUNDARIES = [
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000,
] as const;

function camelCase(name: string): string {
  return name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The SDK takes a member that is `undefined` for one that was given. */
function withoutAbsent<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
