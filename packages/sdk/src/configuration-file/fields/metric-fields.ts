import type {
  AggregationChoices,
  CardinalityModel,
  Choice,
  InstrumentTypeName,
  MeterProviderModel,
  MetricExporterChoices,
  OfMetrics,
  PatternsModel,
  PeriodicModel,
  PrometheusModel,
  PullChoices,
  ReaderChoices,
  SelectorModel,
  StreamModel,
  ViewModel,
} from '../configuration-model.ts';
import { choice, type Field, flag, list, number, object, required, text, words } from '../field.ts';
import { exporterChoices } from './exporter-fields.ts';

const NO_PRODUCERS = { producers: 'OpenCensus is gone' };
const limit = number('{series}', 1);

const patterns: Field<PatternsModel> = object<PatternsModel>({
  included: list(text),
  excluded: list(text),
});

const periodic: Field<PeriodicModel> = object<PeriodicModel>(
  {
    interval: number('ms', 0),
    timeout: {
      ...number('ms', 0),
      type: 'a whole number of at least 0, which is no limit but the interval',
    },
    exporter: required(
      choice<MetricExporterChoices>(
        exporterChoices<OfMetrics>({
          temporality_preference: words('cumulative', 'delta', 'low_memory'),
          default_histogram_aggregation: words(
            'explicit_bucket_histogram',
            'base2_exponential_bucket_histogram',
          ),
        }),
      ),
    ),
    cardinality_limits: object<CardinalityModel>({
      default: limit,
      counter: limit,
      gauge: limit,
      histogram: limit,
      observable_counter: limit,
      observable_gauge: limit,
      observable_up_down_counter: limit,
      up_down_counter: limit,
    }),
  },
  {
    ...NO_PRODUCERS,
    'max_export_batch_size/development': 'the reader sends what it collects in one go',
  },
);

const prometheus: Field<PrometheusModel> = object<PrometheusModel>(
  {
    host: text,
    port: number(undefined, 0, { max: 65_535 }),
    scope_info_enabled: flag,
    'target_info_enabled/development': flag,
    resource_constant_labels: patterns,
    without_scope_info: flag,
    'without_target_info/development': flag,
    with_resource_constant_labels: patterns,
  },
  { translation_strategy: 'the exporter has one, UnderscoreEscapingWithSuffixes' },
);

const reader: Field<Choice<ReaderChoices>> = choice<ReaderChoices>({
  periodic,
  pull: object<ReaderChoices['pull']>(
    { exporter: required(choice<PullChoices>({ 'prometheus/development': prometheus })) },
    {
      ...NO_PRODUCERS,
      cardinality_limits: 'the exporter for Prometheus has no such setting',
    },
  ),
});

const instrumentType: Field<InstrumentTypeName> = words(
  'counter',
  'gauge',
  'histogram',
  'observable_counter',
  'observable_gauge',
  'observable_up_down_counter',
  'up_down_counter',
);

const instrumentName: Field<string> = {
  ...text,
  read: (node) => {
    const pattern = text.read(node);
    if (pattern?.includes('?') === true)
      node.problems.notSupported(node.path, 'the SDK knows * alone, and takes ? for itself');
    return pattern;
  },
};

const view: Field<ViewModel> = object<ViewModel>({
  selector: required(
    object<SelectorModel>({
      instrument_name: instrumentName,
      instrument_type: instrumentType,
      unit: text,
      meter_name: text,
      meter_version: text,
      meter_schema_url: text,
    }),
  ),
  stream: required(
    object<StreamModel>({
      name: text,
      description: text,
      aggregation: choice<AggregationChoices>({
        default: object({}),
        drop: object({}),
        sum: object({}),
        last_value: object({}),
        explicit_bucket_histogram: object<AggregationChoices['explicit_bucket_histogram']>({
          boundaries: list(number(undefined, -Infinity, { isWhole: false }), {
            mayBeEmpty: true,
          }),
          record_min_max: flag,
        }),
        base2_exponential_bucket_histogram: object<
          AggregationChoices['base2_exponential_bucket_histogram']
        >(
          { max_size: number('{bucket}', 2), record_min_max: flag },
          { max_scale: 'the SDK begins with a scale of 20' },
        ),
      }),
      aggregation_cardinality_limit: limit,
      attribute_keys: patterns,
    }),
  ),
});

export const meterProvider: Field<MeterProviderModel> = object<MeterProviderModel>(
  { readers: required(list(reader)), views: list(view) },
  {
    exemplar_filter: 'the SDK for JavaScript records no exemplars',
    'meter_configurator/development': 'the SDK cannot switch single meters off',
  },
);
