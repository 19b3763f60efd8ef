/** A set of OpenTelemetry packages that belong together, as an application on that line lists them. */
export interface OpenTelemetryLine {
  readonly name: string;
  /** The version of `@opentelemetry/sdk-trace` that our packages must resolve. */
  readonly sdkTrace: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

// Exact versions: the point of a line is to know what was tested.
export const openTelemetryLines: readonly OpenTelemetryLine[] = [
  {
    name: '2.12',
    sdkTrace: '2.12.1',
    dependencies: {
      '@grpc/grpc-js': '1.14.7',
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/context-async-hooks': '2.12.0',
      '@opentelemetry/exporter-prometheus': '0.223.0',
      '@opentelemetry/instrumentation': '0.223.0',
      '@opentelemetry/sdk-logs': '0.223.1',
      '@opentelemetry/sdk-metrics': '2.12.1',
      '@opentelemetry/sdk-trace': '2.12.1',
      '@opentelemetry/sdk-trace-base': '2.12.1',
    },
  },
  {
    name: '3.1',
    sdkTrace: '3.1.1',
    dependencies: {
      '@grpc/grpc-js': '1.14.7',
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/context-async-hooks': '3.1.1',
      '@opentelemetry/exporter-prometheus': '0.301.0',
      '@opentelemetry/instrumentation': '0.301.1',
      '@opentelemetry/sdk-logs': '3.1.1',
      '@opentelemetry/sdk-metrics': '3.1.1',
      '@opentelemetry/sdk-trace': '3.1.1',
    },
  },
];

/** The Node.js versions a release is tested on: the oldest supported, the current and the newest. */
export const nodeVersions: readonly string[] = ['22.15.0', '24', '26'];
