/** Configurations of docs/configuration.md. Each is started by configuration-examples.test.ts. */
export interface ConfigurationExample {
  readonly title: string;
  /** `sh`: variables; `ts`: code; `yaml`: a file. */
  readonly language: 'sh' | 'ts' | 'yaml';
  readonly text: string;
}

export const configurationExamples: readonly ConfigurationExample[] = [
  {
    title: 'Development: spans on the console, without a receiver',
    language: 'sh',
    text: `
OTEL_SERVICE_NAME=support-desk
OTEL_TRACES_EXPORTER=console
OTEL_METRICS_EXPORTER=none`,
  },
  {
    title: 'Production: four variables',
    language: 'sh',
    text: `
OTEL_SERVICE_NAME=support-desk
DEPLOYMENT_ENVIRONMENT=production
OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example:4318
OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN`,
  },
  {
    title: 'Disabled',
    language: 'sh',
    text: 'OTEL_SDK_DISABLED=true',
  },
  {
    title: 'A custom endpoint, over gRPC, with certificates of your own',
    language: 'sh',
    text: `
OTEL_EXPORTER_OTLP_PROTOCOL=grpc
OTEL_EXPORTER_OTLP_ENDPOINT=https://collector.example:4317
OTEL_EXPORTER_OTLP_CERTIFICATE=/etc/otel/ca.pem`,
  },
  {
    title: 'HTTP with JSON, for a receiver that takes nothing else',
    language: 'sh',
    text: `
OTEL_EXPORTER_OTLP_PROTOCOL=http/json
OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://traces.example/otlp/v1/traces
OTEL_EXPORTER_OTLP_COMPRESSION=gzip`,
  },
  {
    title: 'In code',
    language: 'ts',
    text: `
import { startTelemetry } from '@llm-otel/sdk';

const telemetry = await startTelemetry({
  serviceName: 'support-desk',
  deploymentEnvironment: 'production',
  endpoint: 'https://collector.example:4318',
  sampling: 0.1,
});
await telemetry.shutdown();`,
  },
  {
    title: 'A file',
    language: 'yaml',
    text: `
file_format: '1.0'
resource:
  attributes:
    - name: service.name
      value: support-desk
  detection/development:
    detectors:
      - host:
      - process:
      - service:
propagator:
  composite:
    - tracecontext:
    - baggage:
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: \${COLLECTOR:-http://localhost:4318}/v1/traces
            headers:
              - name: authorization
                value: Bearer \${TOKEN}
  sampler:
    parent_based:
      root:
        trace_id_ratio_based:
          ratio: 0.1
meter_provider:
  readers:
    - periodic:
        exporter:
          otlp_http:
            endpoint: \${COLLECTOR:-http://localhost:4318}/v1/metrics
            temporality_preference: delta
instrumentation/development:
  js:
    llm_otel:
      content: span
      redaction:
        version: 1
        presets: [secrets, pii]`,
  },
];
