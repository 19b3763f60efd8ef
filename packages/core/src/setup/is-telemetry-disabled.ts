import type { Environment } from '../environment.ts';
import { readVariable } from './read-variable.ts';

/**
 * Whether the environment switches telemetry off: `OTEL_SDK_DISABLED=true` or `OTEL_ENABLED=false`. A value that is
 * neither true nor false does not.
 */
export function isTelemetryDisabled(environment: Environment): boolean {
  return (
    readVariable(environment, 'sdkDisabled') === true ||
    readVariable(environment, 'enabled') === false
  );
}
