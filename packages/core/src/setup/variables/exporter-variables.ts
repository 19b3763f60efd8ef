import type { VariablesOf } from './variable.ts';
import {
  countOf,
  exportersOf,
  flag,
  oneOf,
  path,
  secondsOfSome,
  secretText,
  text,
} from './variable-kinds.ts';

/** Where telemetry goes. */
export interface ExporterEnvironment {
  readonly tracesExporters?: readonly TracesExporter[];
  readonly metricsExporters?: readonly MetricsExporter[];
  readonly logsExporters?: readonly LogsExporter[];
  readonly prometheusHost?: string;
  readonly prometheusPort?: number;
  readonly runtimeMetrics?: boolean;
  readonly fallbackExporter?: FallbackExporter;
  readonly fallbackFile?: string;
  readonly breakerResetMillis?: number;
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  readonly noProxy?: string;
}

export type TracesExporter = 'otlp' | 'console' | 'none';

export type MetricsExporter = 'otlp' | 'console' | 'prometheus' | 'none';

export type LogsExporter = 'otlp' | 'console' | 'none';

export type FallbackExporter = 'stdout' | 'file' | 'none';

export const exporterVariables: VariablesOf<ExporterEnvironment> = {
  tracesExporters: {
    name: 'OTEL_TRACES_EXPORTER',
    kind: exportersOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where spans go',
  },
  metricsExporters: {
    name: 'OTEL_METRICS_EXPORTER',
    kind: exportersOf(['otlp', 'console', 'prometheus', 'none']),
    source: 'OpenTelemetry',
    effect: 'where metrics go; prometheus needs the package @opentelemetry/exporter-prometheus',
  },
  logsExporters: {
    name: 'OTEL_LOGS_EXPORTER',
    kind: exportersOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where log records go; not set: nowhere, unless the option logs says otherwise',
  },
  prometheusHost: {
    name: 'OTEL_EXPORTER_PROMETHEUS_HOST',
    kind: text,
    source: 'OpenTelemetry',
    effect: 'with OTEL_METRICS_EXPORTER=prometheus: the address that is listened on',
  },
  prometheusPort: {
    name: 'OTEL_EXPORTER_PROMETHEUS_PORT',
    kind: countOf('{port}'),
    source: 'OpenTelemetry',
    effect: 'the port, where /metrics answers; 0: one that is free',
  },
  runtimeMetrics: {
    name: 'LLM_OTEL_RUNTIME_METRICS',
    kind: flag,
    source: 'llm-otel',
    effect:
      'true: metrics of the process, its host and its event loop as well; needs @opentelemetry/instrumentation-host-metrics or @opentelemetry/instrumentation-runtime-node',
  },
  fallbackExporter: {
    name: 'OTEL_FALLBACK_EXPORTER',
    kind: oneOf(['stdout', 'file', 'none']),
    source: 'llm-otel',
    effect: 'where telemetry goes while its OTLP receiver is away, as OTLP/JSON lines',
  },
  fallbackFile: {
    name: 'OTEL_FALLBACK_FILE',
    kind: path,
    source: 'llm-otel',
    effect:
      'with OTEL_FALLBACK_EXPORTER=file: the start of the file names; .traces.jsonl follows, for a second receiver .otlp-2.traces.jsonl',
  },
  breakerResetMillis: {
    name: 'OTEL_CIRCUIT_BREAKER_RESET_TIMEOUT',
    kind: secondsOfSome,
    source: 'llm-otel',
    effect:
      'how long a receiver that fails again and again is left alone before one request probes it',
  },
  httpsProxy: {
    name: 'HTTPS_PROXY',
    kind: secretText,
    source: 'Node.js',
    effect: 'the proxy for https receivers; never logged',
  },
  httpProxy: {
    name: 'HTTP_PROXY',
    kind: secretText,
    source: 'Node.js',
    effect: 'the proxy for http receivers; never logged',
  },
  noProxy: {
    name: 'NO_PROXY',
    kind: text,
    source: 'Node.js',
    effect: 'hosts that are reached without a proxy; loopback always is',
  },
};
