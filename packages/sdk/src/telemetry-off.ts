import { metrics, trace } from '@opentelemetry/api';
import type { Telemetry } from './telemetry.ts';

const SCOPE = '@llm-otel/sdk';

/**
 * The handle where telemetry is off. Tracers and meters are those of the global API: they do nothing, unless the
 * application has set up OpenTelemetry by itself.
 */
export function telemetryOff(): Telemetry {
  const done = async () => ({ complete: true, problems: [] });
  return {
    enabled: false,
    preset: undefined,
    content: 'none',
    tracer: (name = SCOPE, version) => trace.getTracer(name, version),
    meter: (name = SCOPE, version) => metrics.getMeter(name, version),
    logger: () => ({ emit: () => undefined }),
    ledger: () => [],
    redactions: () => ({ redacted: {}, failed: 0 }),
    forceFlush: done,
    shutdown: done,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
