import type { Environment } from '@llm-otel/core';
import { logDiagnostics } from '@llm-otel/core/setup';
import { diag } from '@opentelemetry/api';
import type { Assembly } from './assemble.ts';
import { ConfigurationFileError, readConfigurationFile } from './configuration-file/index.ts';
import type { TelemetryOptions } from './telemetry-options.ts';

/** What a start from a file needs, or that the file switches telemetry off. */
export interface OptionsAndFile extends Omit<Assembly, 'afterwards' | 'takeBack'> {
  readonly disabled: boolean;
  readonly options: TelemetryOptions;
  /** Takes back the log level of the file. */
  readonly takeBackLogger: () => void;
}

/**
 * Options in code with those of the configuration file behind them. Loaded only where there is a file.
 * @throws ConfigurationFileError for what is wrong in it; with `strict` also for what is not supported
 */
export async function optionsAndFile(
  path: string,
  options: TelemetryOptions,
  variables: Environment,
): Promise<OptionsAndFile> {
  const file = await readConfigurationFile(path, options, variables);
  if (options.strict === true && file.unsupported.length > 0) {
    throw new ConfigurationFileError(path, file.unsupported);
  }
  const level = options.logLevel === undefined ? file.options.logLevel : undefined;
  const takeBackLogger = level === undefined ? () => undefined : logDiagnostics(level);
  for (const problem of file.unsupported) diag.warn(`llm-otel: ${problem} (ignored)`);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    disabled: file.disabled,
    environment: file.environment,
    plan: planFor(file.plan, options),
    options: {
      ...file.options,
      ...(Object.fromEntries(given) as TelemetryOptions),
      resourceAttributes: { ...file.options.resourceAttributes, ...options.resourceAttributes },
    },
    takeBackLogger,
  };
}

/** An option that switches a signal, or says how traces are sampled, wins over the file. */
function planFor(
  plan: NonNullable<Assembly['plan']>,
  { metrics, logs, sampling }: TelemetryOptions,
): NonNullable<Assembly['plan']> {
  const own = { receivers: [], temporality: 'cumulative' } as const;
  const exporter = typeof metrics === 'object' ? metrics.exporter : undefined;
  return {
    traces: plan.traces,
    metrics:
      metrics === false
        ? undefined
        : exporter === undefined
          ? plan.metrics
          : { asked: true, prometheus: [], views: [], ...plan.metrics, periodic: [own] },
    logs: logs === false ? undefined : plan.logs,
    sampler: sampling === undefined ? plan.sampler : undefined,
  };
}
