import type { AttributeValue } from '@opentelemetry/api';
import type { LlmOtelModel } from './llm-otel-model.ts';

// The OpenTelemetry configuration schema 1.0 and 1.1, as far as something is done with it, by its own names. A member is
// `undefined` where it is absent or null.

/** A mapping with one key: which it is, and its value. */
export type Choice<M> = {
  [K in keyof M & string]: { readonly kind: K; readonly value: M[K] };
}[keyof M & string];

export type Nothing = object;

export interface ConfigurationModel {
  readonly file_format: string | undefined;
  readonly disabled: boolean | undefined;
  readonly log_level: string | undefined;
  readonly attribute_limits: AttributeLimitsModel | undefined;
  readonly resource: ResourceModel | undefined;
  readonly propagator: PropagatorModel | undefined;
  readonly tracer_provider: TracerProviderModel | undefined;
  readonly meter_provider: MeterProviderModel | undefined;
  readonly logger_provider: LoggerProviderModel | undefined;
  readonly 'instrumentation/development': InstrumentationModel | undefined;
}

export interface AttributeLimitsModel {
  readonly attribute_value_length_limit: number | undefined;
  readonly attribute_count_limit: number | undefined;
}

export interface ResourceModel {
  readonly attributes: readonly (readonly [string, AttributeValue])[] | undefined;
  readonly attributes_list: string | undefined;
  readonly 'detection/development': DetectionModel | undefined;
}

export interface DetectionModel {
  readonly detectors: readonly Choice<DetectorChoices>[] | undefined;
}

export type DetectorChoices = Readonly<
  Record<'container' | 'host' | 'process' | 'service' | 'aws' | 'azure' | 'gcp', Nothing>
>;

export interface PropagatorModel {
  readonly composite: readonly Choice<PropagatorChoices>[] | undefined;
  readonly composite_list: string | undefined;
}

export type PropagatorChoices = Readonly<
  Record<'tracecontext' | 'baggage' | 'b3' | 'b3multi' | 'jaeger', Nothing>
>;

export interface TracerProviderModel {
  readonly processors: readonly Choice<ProcessorChoices>[] | undefined;
  readonly limits: SpanLimitsModel | undefined;
  readonly sampler: SamplerModel | undefined;
  /** Nothing has to be done: the SDK's are random. */
  readonly id_generator: Choice<IdGeneratorChoices> | undefined;
}

export interface IdGeneratorChoices {
  readonly random: Nothing;
}

export interface LoggerProviderModel {
  readonly processors: readonly Choice<ProcessorChoices>[] | undefined;
  readonly limits: AttributeLimitsModel | undefined;
}

export interface ProcessorChoices {
  readonly batch: BatchModel;
  readonly simple: { readonly exporter: ExporterModel | undefined };
}

export interface BatchModel {
  readonly schedule_delay: number | undefined;
  readonly export_timeout: number | undefined;
  readonly max_queue_size: number | undefined;
  readonly max_export_batch_size: number | undefined;
  readonly exporter: ExporterModel | undefined;
}

export interface SpanLimitsModel extends AttributeLimitsModel {
  readonly event_count_limit: number | undefined;
  readonly link_count_limit: number | undefined;
  readonly event_attribute_count_limit: number | undefined;
  readonly link_attribute_count_limit: number | undefined;
}

export type ExporterModel = Choice<ExporterChoices>;

export interface ExporterChoices {
  readonly otlp_http: OtlpHttpModel;
  readonly otlp_grpc: OtlpGrpcModel;
  readonly 'otlp_file/development': { readonly output_stream: string | undefined };
  readonly console: Nothing;
}

interface OtlpModel {
  readonly endpoint: string | undefined;
  readonly tls: TlsModel | undefined;
  readonly headers: readonly HeaderModel[] | undefined;
  readonly headers_list: string | undefined;
  readonly timeout: number | undefined;
}

export interface OtlpHttpModel extends OtlpModel {
  readonly compression: 'none' | 'gzip' | 'zstd' | undefined;
  readonly encoding: 'protobuf' | 'json' | undefined;
}

export interface OtlpGrpcModel extends OtlpModel {
  readonly compression: 'none' | 'gzip' | undefined;
}

export interface TlsModel {
  readonly ca_file: string | undefined;
  readonly key_file: string | undefined;
  readonly cert_file: string | undefined;
}

export interface HeaderModel {
  readonly name: string | undefined;
  readonly value: string | undefined;
}

export type SamplerModel = Choice<SamplerChoices>;

export interface SamplerChoices {
  readonly always_on: Nothing;
  readonly always_off: Nothing;
  readonly trace_id_ratio_based: RatioModel;
  readonly 'probability/development': RatioModel;
  readonly parent_based: ParentBasedModel<SamplerModel>;
  readonly 'composite/development': CompositeModel;
}

export type CompositeModel = Choice<CompositeChoices>;

export interface CompositeChoices {
  readonly always_on: Nothing;
  readonly always_off: Nothing;
  readonly probability: RatioModel;
  readonly parent_based: ParentBasedModel<CompositeModel>;
}

export interface RatioModel {
  readonly ratio: number | undefined;
}

export interface ParentBasedModel<S> {
  readonly root: S | undefined;
  readonly remote_parent_sampled: S | undefined;
  readonly remote_parent_not_sampled: S | undefined;
  readonly local_parent_sampled: S | undefined;
  readonly local_parent_not_sampled: S | undefined;
}

export interface MeterProviderModel {
  readonly readers: readonly Choice<ReaderChoices>[] | undefined;
  readonly views: readonly ViewModel[] | undefined;
}

export interface ReaderChoices {
  readonly periodic: PeriodicModel;
  readonly pull: { readonly exporter: Choice<PullChoices> | undefined };
}

export interface PeriodicModel {
  readonly interval: number | undefined;
  readonly timeout: number | undefined;
  readonly exporter: Choice<MetricExporterChoices> | undefined;
  readonly cardinality_limits: CardinalityModel | undefined;
}

export type CardinalityModel = Readonly<Record<InstrumentTypeName | 'default', number | undefined>>;

export type InstrumentTypeName =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'observable_counter'
  | 'observable_gauge'
  | 'observable_up_down_counter'
  | 'up_down_counter';

export interface OfMetrics {
  readonly temporality_preference: 'cumulative' | 'delta' | 'low_memory' | undefined;
  readonly default_histogram_aggregation:
    | 'explicit_bucket_histogram'
    | 'base2_exponential_bucket_histogram'
    | undefined;
}

export type MetricExporterChoices = {
  readonly [K in keyof ExporterChoices]: ExporterChoices[K] & OfMetrics;
};

export interface PullChoices {
  readonly 'prometheus/development': PrometheusModel;
}

export interface PrometheusModel {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly scope_info_enabled: boolean | undefined;
  readonly 'target_info_enabled/development': boolean | undefined;
  readonly resource_constant_labels: PatternsModel | undefined;
  // The three of them as 1.0 has them.
  readonly without_scope_info: boolean | undefined;
  readonly 'without_target_info/development': boolean | undefined;
  readonly with_resource_constant_labels: PatternsModel | undefined;
}

/** What is included, less what is excluded. `*` stands for any characters and `?` for one. */
export interface PatternsModel {
  readonly included: readonly string[] | undefined;
  readonly excluded: readonly string[] | undefined;
}

export interface ViewModel {
  readonly selector: SelectorModel | undefined;
  readonly stream: StreamModel | undefined;
}

export interface SelectorModel {
  readonly instrument_name: string | undefined;
  readonly instrument_type: InstrumentTypeName | undefined;
  readonly unit: string | undefined;
  readonly meter_name: string | undefined;
  readonly meter_version: string | undefined;
  readonly meter_schema_url: string | undefined;
}

export interface StreamModel {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly aggregation: Choice<AggregationChoices> | undefined;
  readonly aggregation_cardinality_limit: number | undefined;
  readonly attribute_keys: PatternsModel | undefined;
}

export interface AggregationChoices {
  readonly default: Nothing;
  readonly drop: Nothing;
  readonly sum: Nothing;
  readonly last_value: Nothing;
  readonly explicit_bucket_histogram: {
    readonly boundaries: readonly number[] | undefined;
    readonly record_min_max: boolean | undefined;
  };
  readonly base2_exponential_bucket_histogram: {
    readonly max_size: number | undefined;
    readonly record_min_max: boolean | undefined;
  };
}

export interface InstrumentationModel {
  readonly js: { readonly llm_otel: LlmOtelModel | undefined } | undefined;
}
