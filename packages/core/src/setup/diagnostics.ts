import { diag, type DiagLogger, DiagConsoleLogger, DiagLogLevel } from '@opentelemetry/api';
import { registerAgain, registered } from './api-registry.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';
import type { LogLevel } from './variables/general-variables.ts';

const levels: Readonly<Record<LogLevel, DiagLogLevel>> = {
  none: DiagLogLevel.NONE,
  error: DiagLogLevel.ERROR,
  warn: DiagLogLevel.WARN,
  info: DiagLogLevel.INFO,
  debug: DiagLogLevel.DEBUG,
  verbose: DiagLogLevel.VERBOSE,
  all: DiagLogLevel.ALL,
};

export function isLogLevel(value: unknown): value is LogLevel {
  return typeof value === 'string' && Object.hasOwn(levels, value);
}

/**
 * Gives OpenTelemetry's `diag` a logger, so that a telemetry problem is not silent. An application's own logger
 * stays, unless `level` asks for one. Returns a function that takes it back.
 * @param level - Environment: `OTEL_LOG_LEVEL`. `undefined`: `warn`, where the application has no logger.
 */
export function logDiagnostics(
  level: LogLevel | undefined,
  logger: DiagLogger = new DiagConsoleLogger(),
): () => void {
  const before = registered('diag');
  if (level === undefined && before !== undefined) return () => undefined;
  diag.setLogger(logger, {
    logLevel: levels[level ?? telemetryDefaults.logLevel],
    suppressOverrideMessage: true,
  });
  const ours = registered('diag');
  return () => {
    if (registered('diag') !== ours) return;
    if (before === undefined) diag.disable();
    else registerAgain('diag', before);
  };
}
