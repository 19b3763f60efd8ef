import type { MemoryLimitOptions } from '@llm-otel/exporters-resilient/node';
import type { TelemetryOptions } from './telemetry-options.ts';

/** Of the memory limits of spans and log records. V8 knows the variable of the process, whatever `environment` says. */
export function memoryLimitOptions({ clock }: TelemetryOptions): MemoryLimitOptions {
  return { nodeOptions: process.env['NODE_OPTIONS'], clock };
}
