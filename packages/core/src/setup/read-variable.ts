import { type Environment, EnvironmentReader } from '../environment.ts';
import { environmentVariables, type TelemetryEnvironment } from './telemetry-environment.ts';

/**
 * Reads one variable ahead of the others. Says nothing about a value that cannot be used: that is told when the
 * whole environment is read.
 */
export function readVariable<K extends keyof TelemetryEnvironment>(
  environment: Environment,
  key: K,
): TelemetryEnvironment[K] {
  const { name, kind } = environmentVariables[key];
  const reader = new EnvironmentReader(environment, () => undefined);
  return kind.read(reader, name) as TelemetryEnvironment[K];
}
