import type { Environment } from '@llm-otel/core';
import {
  type LogLevel,
  type PropagatorName,
  readVariable,
  type ResourceDetectorName,
  type TelemetryEnvironment,
  telemetryDefaults,
} from '@llm-otel/core/setup';
import type { DeadLetterOptions } from '@llm-otel/exporters-resilient/spool';
import type { ExportPlan } from '../export-plan.ts';
import type { Receiver } from '../receiver.ts';
import type { SpoolOptions, TelemetryOptions } from '../telemetry-options.ts';
import type {
  BatchModel,
  ConfigurationModel,
  LoggerProviderModel,
  ResourceModel,
  TracerProviderModel,
} from './configuration-model.ts';
import type { LlmOtelModel } from './llm-otel-model.ts';
import { metricsOf } from './metrics-of.ts';
import { pairsIn } from './pairs-in.ts';
import { type OtlpOverrides, receiverOf } from './receivers-of.ts';
import { samplerOf } from './sampler-of.ts';

/** What a file says, in the words that options and variables have for it. */
export interface FileSettings {
  readonly disabled: boolean;
  /** Instead of that of the variables. */
  readonly environment: TelemetryEnvironment;
  /** Those in code win over them. */
  readonly options: TelemetryOptions;
  readonly plan: ExportPlan;
}

/** @param variables for what the schema itself takes from there */
export function settingsOf(
  model: ConfigurationModel,
  overrides: OtlpOverrides,
  variables: Environment,
): FileSettings {
  const { tracer_provider: tracers, meter_provider: meters, logger_provider: loggers } = model;
  const ours = model['instrumentation/development']?.js?.llm_otel;
  const environment: Partial<Record<keyof TelemetryEnvironment, unknown>> = {
    // No address of ours: they belong to the machine, and the schema has no place for them.
    httpsProxy: readVariable(variables, 'httpsProxy'),
    httpProxy: readVariable(variables, 'httpProxy'),
    noProxy: readVariable(variables, 'noProxy'),
    nodeEnvironment: readVariable(variables, 'nodeEnvironment'),
    // Nor has it one for a key, which would stand there for whoever reads the file.
    redactionHashKey: readVariable(variables, 'redactionHashKey'),
    attributeCountLimit: model.attribute_limits?.attribute_count_limit,
    attributeValueLengthLimit: model.attribute_limits?.attribute_value_length_limit,
    propagators: propagatorsOf(model),
    resourceAttributes: pairsIn(model.resource?.attributes_list),
    ...detectorsOf(model.resource, variables),
    ...spansOf(tracers),
    ...logsOf(loggers),
    fallbackExporter: ours?.fallback?.exporter,
    fallbackFile: ours?.fallback?.file,
  };
  return {
    disabled: model.disabled === true,
    environment: known<TelemetryEnvironment>(environment),
    options: known<TelemetryOptions>({
      ...optionsOf(ours),
      logLevel: levelOf(model.log_level),
      resourceAttributes: Object.fromEntries(model.resource?.attributes ?? []),
    }),
    plan: {
      traces: receiversOf('traces', tracers, overrides),
      metrics: meters && metricsOf(meters, overrides),
      logs: loggers && receiversOf('logs', loggers, overrides),
      sampler:
        ours?.sampling === undefined
          ? samplerOf(tracers?.sampler ?? { kind: 'parent_based', value: BY_PARENT })
          : undefined,
    },
  };
}

const BY_PARENT = {
  root: undefined,
  remote_parent_sampled: undefined,
  remote_parent_not_sampled: undefined,
  local_parent_sampled: undefined,
  local_parent_not_sampled: undefined,
} as const;

function receiversOf(
  signal: 'traces' | 'logs',
  provider: TracerProviderModel | LoggerProviderModel | undefined,
  overrides: OtlpOverrides,
): Receiver[] {
  return (provider?.processors ?? []).flatMap(({ value: { exporter } }) =>
    exporter === undefined ? [] : [receiverOf(signal, exporter, overrides)],
  );
}

function spansOf(tracers: TracerProviderModel | undefined) {
  const limits = tracers?.limits;
  const { size, queue, delay, timeout } = batchOf(tracers, telemetryDefaults.batchDelayMillis);
  return {
    batchMaxExportItems: size,
    batchMaxQueueItems: queue,
    batchDelayMillis: delay,
    batchExportTimeoutMillis: timeout,
    spanAttributeValueLengthLimit: limits?.attribute_value_length_limit,
    spanAttributeCountLimit: limits?.attribute_count_limit,
    spanEventCountLimit: limits?.event_count_limit,
    spanLinkCountLimit: limits?.link_count_limit,
    eventAttributeCountLimit: limits?.event_attribute_count_limit,
    linkAttributeCountLimit: limits?.link_attribute_count_limit,
  };
}

function logsOf(loggers: LoggerProviderModel | undefined) {
  const { size, queue, delay, timeout } = batchOf(loggers, telemetryDefaults.logBatchDelayMillis);
  return {
    logBatchMaxExportItems: size,
    logBatchMaxQueueItems: queue,
    logBatchDelayMillis: delay,
    logBatchExportTimeoutMillis: timeout,
    logAttributeValueLengthLimit: loggers?.limits?.attribute_value_length_limit,
    logAttributeCountLimit: loggers?.limits?.attribute_count_limit,
  };
}

/**
 * One queue feeds all destinations, each with its own share of it: the largest queue, the shortest delay and the
 * smallest batch of all that were asked for. A simple processor waits for nothing.
 */
function batchOf(
  provider: TracerProviderModel | LoggerProviderModel | undefined,
  defaultDelay: number,
) {
  const batches: Partial<BatchModel>[] = (provider?.processors ?? []).map(({ kind, value }) =>
    kind === 'batch' ? value : { schedule_delay: 0 },
  );
  const of = (key: keyof BatchModel & `${string}_${string}`): number[] =>
    batches.map((batch) => batch[key]).filter((value) => value !== undefined);
  return {
    size: least(of('max_export_batch_size')),
    queue: largest(of('max_queue_size')),
    delay: least(batches.map((batch) => batch.schedule_delay ?? defaultDelay)),
    timeout: largest(of('export_timeout').filter((value) => value > 0)),
  };
}

const least = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.min(...values);
const largest = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

function propagatorsOf({ propagator }: ConfigurationModel): readonly PropagatorName[] {
  const chosen = (propagator?.composite ?? []).map(({ kind }): PropagatorName => kind);
  const listed = readVariable({ OTEL_PROPAGATORS: propagator?.composite_list }, 'propagators');
  const all = [...new Set([...chosen, ...(listed ?? [])])];
  return all.length === 0 ? ['none'] : all;
}

function detectorsOf(resource: ResourceModel | undefined, variables: Environment) {
  const detectors = resource?.['detection/development']?.detectors ?? [];
  const names = detectors.flatMap(({ kind }): ResourceDetectorName[] => {
    if (kind === 'service') return ['serviceinstance'];
    return kind === 'host' ? ['host', 'os'] : [kind];
  });
  return {
    resourceDetectors: names.length === 0 ? ['none'] : names,
    // The one variable that the schema has a detector for.
    serviceName: names.includes('serviceinstance')
      ? readVariable(variables, 'serviceName')
      : undefined,
  };
}

function optionsOf(ours: LlmOtelModel | undefined): TelemetryOptions {
  if (ours === undefined) return {};
  const { spool } = ours;
  return {
    preset: ours.preset,
    content: ours.content,
    exceptions: ours.exceptions,
    maxContentBytes: ours.max_content_bytes,
    dialects: ours.dialects,
    redaction: ours.redaction,
    sampling: ours.sampling,
    baggageKeys: ours.baggage_keys,
    runtimeMetrics: ours.runtime_metrics,
    processEnd: ours.process_end,
    spool:
      spool &&
      known<SpoolOptions>({
        directory: spool.directory,
        mode: spool.mode,
        fsync: spool.fsync,
        maxBytes: spool.max_bytes,
        maxAgeMillis: spool.max_age,
        deadLetters:
          spool.dead_letters &&
          known<DeadLetterOptions>({
            maxBytes: spool.dead_letters.max_bytes,
            maxAgeMillis: spool.dead_letters.max_age,
          }),
      }),
  };
}

function levelOf(severity: string | undefined): LogLevel | undefined {
  if (severity === undefined) return undefined;
  const name = severity.replace(/\d$/, '');
  if (name === 'trace') return 'verbose';
  return name === 'fatal' ? 'error' : (name as LogLevel);
}

function known<T>(members: { readonly [K in keyof T]?: unknown }): T {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as T;
}
