import type { VariablesOf } from './variable.ts';
import { oneOf, path, secretText, someOf, text } from './variable-kinds.ts';

/** Where telemetry goes. */
export interface ExporterEnvironment {
  readonly tracesExporters?: readonly TracesExporter[];
  readonly metricsExporters?: readonly MetricsExporter[];
  readonly logsExporters?: readonly LogsExporter[];
  readonly fallbackExporter?: FallbackExporter;
  readonly fallbackFile?: string;
  readonly httpsProxy?: string;
  readonly httpProxy?: string;
  readonly noProxy?: string;
}

export type TracesExporter = 'otlp' | 'console' | 'none';

export type MetricsExporter = 'otlp' | 'console' | 'none';

export type LogsExporter = 'otlp' | 'console' | 'none';

export type FallbackExporter = 'stdout' | 'file' | 'none';

export const exporterVariables: VariablesOf<ExporterEnvironment> = {
  tracesExporters: {
    name: 'OTEL_TRACES_EXPORTER',
    kind: someOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where spans go',
  },
  metricsExporters: {
    name: 'OTEL_METRICS_EXPORTER',
    kind: someOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where metrics go',
  },
  logsExporters: {
    name: 'OTEL_LOGS_EXPORTER',
    kind: someOf(['otlp', 'console', 'none']),
    source: 'OpenTelemetry',
    effect: 'where log records go; not set: nowhere, unless the option logs says otherwise',
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
    effect: 'with OTEL_FALLBACK_EXPORTER=file: the start of the file names; .traces.jsonl follows',
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
