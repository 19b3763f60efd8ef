import { diag } from '@opentelemetry/api';
import { type Environment, EnvironmentReader, type OnInvalid } from '../environment.ts';
import { environmentVariables, type TelemetryEnvironment } from './telemetry-environment.ts';

export interface ReadEnvironmentOptions {
  /** Throw the first variable that cannot be used, instead of logging it. @defaultValue false */
  readonly strict?: boolean | undefined;
}

/**
 * Reads every variable of {@link environmentVariables}. One that cannot be used is reported through `diag` and
 * counts as not set, as the OpenTelemetry specification asks.
 * @throws {@link InvalidOptionError} with `strict`
 */
export function readTelemetryEnvironment(
  environment: Environment,
  { strict = false }: ReadEnvironmentOptions = {},
): TelemetryEnvironment {
  const onInvalid: OnInvalid = (error) => {
    if (strict) throw error;
    diag.warn(`llm-otel: ${error.message} (ignored)`);
  };
  const reader = new EnvironmentReader(environment, onInvalid);
  const entries = Object.entries(environmentVariables)
    .map(([key, { name, kind }]) => [key, kind.read(reader, name)] as const)
    .filter(([, value]) => value !== undefined);
  // The table's type ties each key to the type of its value.
  return Object.fromEntries(entries) as TelemetryEnvironment;
}
