import { type Environment, EnvironmentReader } from '../environment.ts';
import { environmentVariables } from './environment-variables.ts';

/**
 * Whether the environment switches telemetry off: `OTEL_SDK_DISABLED=true` or `OTEL_ENABLED=false`. A value that is
 * neither true nor false does not; it is reported when the rest of the environment is read.
 */
export function isTelemetryDisabled(environment: Environment): boolean {
  const reader = new EnvironmentReader(environment, () => undefined);
  const { sdkDisabled, enabled } = environmentVariables;
  return (
    sdkDisabled.kind.read(reader, sdkDisabled.name) === true ||
    enabled.kind.read(reader, enabled.name) === false
  );
}
