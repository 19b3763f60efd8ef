import type { Signal } from '@llm-otel/core';
import {
  type OtlpOptions,
  type OtlpSettings,
  otlpSettings,
  type TelemetryEnvironment,
} from '@llm-otel/core/setup';

/** Where one signal goes, as plain data: nothing is made for it yet. */
export type Receiver =
  | { readonly kind: 'otlp'; readonly settings: OtlpSettings }
  | { readonly kind: 'console' }
  /** OTLP/JSON, a line for each batch: into a file, or on the console without one. */
  | { readonly kind: 'otlp-lines'; readonly path: string | undefined };

/** What the variables `OTEL_*_EXPORTER` name, with the settings that options and environment give it. */
export function receiversNamed(
  signal: Signal,
  names: readonly string[],
  environment: TelemetryEnvironment,
  options: OtlpOptions,
): Receiver[] {
  return names.flatMap((name): Receiver[] => {
    switch (name) {
      case 'otlp':
        return [{ kind: 'otlp', settings: otlpSettings(signal, environment, options) }];
      case 'console':
        return [{ kind: 'console' }];
      default:
        // Prometheus comes and asks.
        return [];
    }
  });
}
