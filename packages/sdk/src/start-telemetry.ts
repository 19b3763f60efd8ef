import {
  isTelemetryDisabled,
  logDiagnostics,
  readTelemetryEnvironment,
  readVariable,
} from '@llm-otel/core/setup';
import { diag } from '@opentelemetry/api';
import { checkOptions } from './check-options.ts';
import { telemetryOff } from './telemetry-off.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Starts tracing, metrics and everything around them for this process, from options and environment variables.
 * Where telemetry is disabled, neither an OpenTelemetry SDK nor any of our parts is loaded. Where it cannot start,
 * one line tells why and the application runs without it.
 * @throws what keeps it from starting, with `strict`
 */
export async function startTelemetry(options: TelemetryOptions = {}): Promise<Telemetry> {
  const { environment: variables = process.env, enabled = true, strict = false } = options;
  if (!enabled || isTelemetryDisabled(variables)) return telemetryOff();

  // First, so that what is wrong with the other variables is told at the level that was asked for.
  const takeBackLogger = logDiagnostics(options.logLevel ?? readVariable(variables, 'logLevel'));
  try {
    checkOptions(options);
    const environment = readTelemetryEnvironment(variables, { strict });
    const { assemble } = await import('./assemble.ts');
    return await assemble(options, environment, takeBackLogger);
  } catch (error) {
    if (!strict) {
      diag.error(
        `llm-otel: telemetry did not start, the application runs without it: ${String(error)}`,
      );
    }
    takeBackLogger();
    if (strict) throw error;
    return telemetryOff();
  }
}
