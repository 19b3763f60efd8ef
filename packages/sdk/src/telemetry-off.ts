import { metrics, trace } from '@opentelemetry/api';
import type { Telemetry, TelemetryReport } from './telemetry.ts';

const SCOPE = '@llm-otel/sdk';

/**
 * The handle where telemetry is off. Tracers and meters are those of the global API: they do nothing, unless the
 * application has set up OpenTelemetry by itself.
 */
export function telemetryOff(): Telemetry {
  const done = async (): Promise<TelemetryReport> => ({
    complete: true,
    problems: [],
    delivered: 0,
    spooled: 0,
    rejected: 0,
    dropped: 0,
    pending: 0,
  });
  return {
    enabled: false,
    preset: undefined,
    content: 'none',
    exceptions: 'span',
    tracer: (name = SCOPE, version) => trace.getTracer(name, version),
    meter: (name = SCOPE, version) => metrics.getMeter(name, version),
    logger: () => ({ emit: () => undefined }),
    ledger: () => [],
    redactions: () => ({ redacted: {}, failed: 0 }),
    updateRedaction: () => undefined,
    ready: () => Promise.resolve(true),
    forceFlush: done,
    shutdown: done,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
