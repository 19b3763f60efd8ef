import {
  isLogLevel,
  isTelemetryDisabled,
  logDiagnostics,
  readTelemetryEnvironment,
  readVariable,
} from '@llm-otel/core/setup';
import { diag } from '@opentelemetry/api';
import { announceStarting } from './announce-start.ts';
import { telemetryOff } from './telemetry-off.ts';
import type { TelemetryOptions } from './telemetry-options.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * Starts tracing, metrics and everything around them for this process, from options and environment variables, or from
 * options and the file that `OTEL_CONFIG_FILE` names. Where telemetry is disabled, neither an OpenTelemetry SDK nor any
 * of our parts is loaded. Where it cannot start, one line tells why and the application runs without it. An option that
 * cannot be used is told in one line, and its default holds.
 * @throws what keeps it from starting, with `strict`
 */
export function startTelemetry(given: TelemetryOptions = {}): Promise<Telemetry> {
  const started = start(given);
  announceStarting(started);
  return started;
}

async function start(given: TelemetryOptions): Promise<Telemetry> {
  const { environment, enabled, strict, configFile, logLevel } = headOf(given);
  const variables = environment ?? process.env;
  if (enabled === false || isTelemetryDisabled(variables)) return telemetryOff();

  const file = configFile ?? readVariable(variables, 'configFile');
  const level = file === undefined ? readVariable(variables, 'logLevel') : undefined;
  // First, so that what is wrong with the other variables is told at the level that was asked for.
  const undo = [logDiagnostics(logLevel ?? level)];
  const takeBackLoggers = (): void => {
    for (const takeBack of undo.toReversed()) takeBack();
  };
  const ending = {
    afterwards: takeBackLoggers,
    takeBack: (work: () => void) => void undo.push(work),
  };
  try {
    // Not loaded where telemetry is off.
    const { checkOptions } = await import('./check-options.ts');
    const options = checkOptions(given);
    if (file === undefined) {
      const environment = readTelemetryEnvironment(variables, { strict: strict === true });
      const { assemble } = await import('./assemble.ts');
      return await assemble(options, { environment, ...ending });
    }
    const { optionsAndFile } = await import('./options-and-file.ts');
    const both = await optionsAndFile(file, options, variables);
    undo.push(both.takeBackLogger);
    if (both.disabled) {
      takeBackLoggers();
      return telemetryOff();
    }
    const { assemble } = await import('./assemble.ts');
    return await assemble(both.options, { ...both, ...ending });
  } catch (error) {
    if (strict !== true) {
      diag.error(
        `llm-otel: telemetry did not start, the application runs without it: ${String(error).replaceAll(/\s*\n\s*/g, ' ')}`,
      );
    }
    takeBackLoggers();
    if (strict === true) throw error;
    return telemetryOff();
  }
}

/** What is needed before the options are checked, where it can be used. */
function headOf(
  given: unknown,
): Pick<TelemetryOptions, 'environment' | 'enabled' | 'strict' | 'configFile' | 'logLevel'> {
  if (typeof given !== 'object' || given === null) return {};
  const { environment, enabled, strict, configFile, logLevel } = given as TelemetryOptions;
  return {
    enabled,
    strict,
    environment: typeof environment === 'object' ? (environment ?? undefined) : undefined,
    configFile: typeof configFile === 'string' ? configFile : undefined,
    logLevel: isLogLevel(logLevel) ? logLevel : undefined,
  };
}
