import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { type FakeClock, type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { onTestFinished } from 'vitest';

export interface SinkOptions extends Omit<TelemetryOptions, 'clock'> {
  readonly clock?: FakeClock | undefined;
}

/**
 * Telemetry and the receiver it sends to, for one test: without the variables of the machine that runs it, and with
 * nothing left over afterwards.
 */
export async function startWithSink(
  options: SinkOptions = {},
): Promise<{ readonly telemetry: Telemetry; readonly sink: OtlpSink }> {
  const sink = await startOtlpSink();
  const telemetry = await startTelemetry({
    environment: {},
    strict: true,
    // What tests do on purpose is not worth a line each.
    logLevel: 'none',
    endpoint: sink.url,
    ...options,
  });
  onTestFinished(async () => {
    const ended = telemetry.shutdown({ timeoutMillis: 100 });
    await options.clock?.advance(100);
    await ended;
    await sink.close();
    for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  });
  return { telemetry, sink };
}
