import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';
import type { ProcessReport } from './child-messages.ts';

/** Telemetry as every process of the demo starts it; where spans go says `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export function startDemoTelemetry(
  service: string,
  options: TelemetryOptions = {},
): Promise<Telemetry> {
  return startTelemetry({
    serviceName: service,
    deploymentEnvironment: 'demo',
    strict: true,
    content: 'span',
    redaction: { version: 1, presets: ['secrets', 'pii'] },
    // Everything a person waits for is shorter than in production.
    batch: { delayMillis: 100 },
    retry: { initialDelayMillis: 100, maxDelayMillis: 500 },
    ...options,
  });
}

export function reportOf(service: string, telemetry: Telemetry): ProcessReport {
  return { service, ledgers: telemetry.ledger(), redacted: telemetry.redactions().redacted };
}
