import type { Clock, Environment, SpanProcessor } from '@llm-otel/core';
import type {
  LogLevel,
  LogRecordProcessor,
  MetricExporter,
  OtlpOptions,
  ProcessEndOptions,
  ServiceOptions,
  SpanLimits,
} from '@llm-otel/core/setup';
import type {
  BatchOptions,
  Destination,
  QueueOptions,
  RetryOptions,
} from '@llm-otel/exporters-resilient';
import type {
  ContentMode,
  ContentStore,
  Dialect,
  ExceptionSignal,
  PriceTable,
} from '@llm-otel/llm-conventions';
import type { DiskSpoolOptions } from '@llm-otel/exporters-resilient/spool';
import type { RedactorOptions } from '@llm-otel/redaction';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import type { LivePolicy, TailSamplingLimits } from '@llm-otel/sampling';
import type { SamplingPolicy, SamplingPresetName } from '@llm-otel/sampling/policy';
import type { TextMapPropagator } from '@opentelemetry/api';

/**
 * Everything is optional. An option wins over its environment variable, and that over the default; only
 * `OTEL_SDK_DISABLED=true` and `OTEL_ENABLED=false` win over the options.
 */
export interface TelemetryOptions extends ServiceOptions, OtlpOptions {
  /** `false` loads and records nothing. Environment: `OTEL_ENABLED`, `OTEL_SDK_DISABLED`. @defaultValue true */
  readonly enabled?: boolean | undefined;
  /**
   * Throw what keeps telemetry from starting, and environment variables that cannot be used, instead of logging it.
   * @defaultValue false: the application runs without telemetry
   */
  readonly strict?: boolean | undefined;
  /**
   * A set of defaults. @defaultValue `production` where the deployment environment is called `production` or `prod`,
   * `test` where it is called `test`, `development` everywhere else
   */
  readonly preset?: PresetName | undefined;
  /** @defaultValue `process.env` */
  readonly environment?: Environment | undefined;
  /**
   * The path of a declarative configuration file by the OpenTelemetry configuration schema, in YAML (with the package
   * `yaml`) or JSON. It stands in the place of all variables but those it names itself; options win over it.
   * Environment: `OTEL_CONFIG_FILE`. @defaultValue none
   */
  readonly configFile?: string | undefined;
  /** What telemetry says about itself. Environment: `OTEL_LOG_LEVEL`. @defaultValue `warn` */
  readonly logLevel?: LogLevel | undefined;

  /**
   * Whether prompts, completions and tool arguments are recorded. Passed on as `telemetry.content`.
   * Environment: `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT`. @defaultValue `none`
   */
  readonly content?: ContentMode | undefined;
  /**
   * How exceptions of operations are told: on the `span`, as a log `event`, or `both`; passed on as `telemetry.exceptions`.
   * Where no log records are exported they stay on the span.
   * Environment: `OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`. @defaultValue `span`
   */
  readonly exceptions?: ExceptionSignal | undefined;
  /**
   * What is taken out of spans before they leave the process. `false` takes nothing out.
   * Environment: `OTEL_REDACTION_ENABLED`, `OTEL_REDACT_PROMPTS`, `OTEL_REDACT_COMPLETIONS`.
   * @defaultValue the preset `secrets`
   */
  readonly redaction?: RedactionPolicy | false | undefined;
  /**
   * What a policy of `redaction` cannot hold, because it is no data: `hash` (`keyedHash({ key })`) for the action `hash`,
   * `vault` for `token`, `patternEngine` for patterns that need one, and `onFinding`, which is told of every finding,
   * without its value. Holds for a policy of a configuration file and of `telemetry.updateRedaction` as well.
   * Environment: `OTEL_REDACTION_HASH_KEY`, the key for `hash`, also beside a configuration file. A hash given here wins.
   * @defaultValue none: a policy with one of these actions keeps telemetry from starting
   */
  readonly redactionTools?: RedactionTools | undefined;
  /**
   * Which traces are kept: a policy or the name of a preset (`errors-only`), the share of all traces from 0 to 1, or a
   * live policy (`samplingPolicy` of `@llm-otel/sampling`) that is exchanged while the process runs.
   * Environment: `OTEL_TRACES_SAMPLER` with `OTEL_TRACES_SAMPLER_ARG`, `OTEL_SAMPLING_POLICY` (a preset, a file or a
   * URL), or `OTEL_SAMPLING_RATE`.
   * @defaultValue all; with the preset `production` every trace with an error and a tenth of the others
   */
  readonly sampling?: SamplingPolicy | SamplingPresetName | LivePolicy | number | undefined;
  /**
   * Takes pictures, sound and files out of spans, once they are redacted: a folder with `fileContentStore` of
   * `@llm-otel/llm-conventions/node`, or a store of your own. @defaultValue none: media stay on the span
   */
  readonly contentStore?: ContentStore | undefined;
  /**
   * The vocabularies spans are sent in: the conventions of today, earlier ones, OpenInference, OpenLLMetry, Langfuse, the
   * Vercel AI SDK; one or several. Environment: `OTEL_SEMCONV_STABILITY_OPT_IN`. @defaultValue `['current']`
   */
  readonly dialects?: readonly Dialect[] | undefined;
  /**
   * Prices for model calls that other libraries recorded without a cost; `false` gives them none. Those of `createGenAi` are
   * given there. @defaultValue the built-in list prices of `@llm-otel/llm-conventions`
   */
  readonly prices?: PriceTable | false | undefined;
  /**
   * How much memory tail sampling takes, and how long it waits.
   * @defaultValue 64 MiB, 50,000 traces; 10 minutes for a run that goes on, 2 seconds behind the end of its root
   */
  readonly samplingLimits?: TailSamplingLimits | undefined;
  /** Most bytes of one message attribute. Longer ones lose whole messages. @defaultValue 262144 */
  readonly maxContentBytes?: number | undefined;

  /**
   * Baggage keys that are copied onto every span and sent to other services. Other baggage stays in this process.
   * @defaultValue none
   */
  readonly baggageKeys?: readonly string[] | undefined;
  /** Environment: `OTEL_PROPAGATORS`. @defaultValue W3C trace context, and W3C baggage for `baggageKeys` */
  readonly propagator?: TextMapPropagator | undefined;

  /** Where spans go, instead of what `OTEL_TRACES_EXPORTER` says. Each gets every span that is kept. */
  readonly destinations?: readonly Destination[] | undefined;
  /** Environment: `OTEL_BSP_MAX_QUEUE_SIZE`. */
  readonly queue?: QueueOptions | undefined;
  /** Environment: `OTEL_BSP_MAX_EXPORT_BATCH_SIZE`, `OTEL_BSP_SCHEDULE_DELAY`. */
  readonly batch?: BatchOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  /**
   * A folder for what cannot be delivered now, so that it outlasts the process. `false` keeps nothing on disk, whatever the
   * environment says. Environment: `LLM_OTEL_SPOOL_DIRECTORY` and its like. @defaultValue none
   */
  readonly spool?: SpoolOptions | false | undefined;
  /** More processors beside ours. They see spans as recorded: unredacted, and before tail sampling. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
  /** Environment: `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT` and its like. @defaultValue 128 each */
  readonly spanLimits?: SpanLimits | undefined;

  /**
   * `false` switches metrics off. Environment: `OTEL_METRICS_EXPORTER`, `OTEL_METRIC_EXPORT_INTERVAL`.
   * @defaultValue on where `@opentelemetry/sdk-metrics` is installed
   */
  readonly metrics?: MetricsOptions | false | undefined;
  /**
   * `true` adds metrics of the process, its host and its event loop, by `@opentelemetry/instrumentation-host-metrics` (or
   * `@opentelemetry/host-metrics`, its predecessor) and `@opentelemetry/instrumentation-runtime-node`, whichever is
   * installed. Environment: `LLM_OTEL_RUNTIME_METRICS`.
   * @defaultValue false
   */
  readonly runtimeMetrics?: boolean | undefined;
  /**
   * `true` sends log records to the same receiver as spans, redacted as they are. Environment: `OTEL_LOGS_EXPORTER`, which
   * wins over `true`, and `OTEL_BLRP_*`. Needs `@opentelemetry/sdk-logs`. @defaultValue false: no log records leave
   */
  readonly logs?: boolean | undefined;
  /** More log record processors. They see records as emitted: unredacted. @defaultValue none */
  readonly logRecordProcessors?: readonly LogRecordProcessor[] | undefined;

  /**
   * Send what waits on SIGTERM and SIGINT and when the event loop runs empty.
   * @defaultValue false; `@llm-otel/sdk/register` switches it on
   */
  readonly processEnd?: boolean | ProcessEndOptions | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

/** As of `createRedactor()`. */
export type RedactionTools = Omit<RedactorOptions, 'clock'>;

/** As of `diskSpool()`. The directory may come from the environment. */
export type SpoolOptions = Partial<DiskSpoolOptions>;

export interface MetricsOptions {
  /** @defaultValue OTLP to the same receiver as spans */
  readonly exporter?: MetricExporter | undefined;
  /** In milliseconds. @defaultValue 60000, as in the OpenTelemetry specification */
  readonly exportIntervalMillis?: number | undefined;
}

export type PresetName = 'development' | 'production' | 'test';
