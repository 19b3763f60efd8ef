import type { OtlpSink } from '@llm-otel/testing';
import { type Collector, freePorts, startCollector } from '@llm-otel/tooling/collector';

/** What stands between the receiver and the sink. */
export interface ChainOptions {
  /** Processors by their ids, in the order of the pipeline. */
  readonly processors?: Readonly<Record<string, unknown>> | undefined;
  /** Settings of the exporter to the sink. Without any it has no queue and no retry: an answer is the sink's. */
  readonly exporter?: Readonly<Record<string, unknown>> | undefined;
  /** Exporters besides the one to the sink. */
  readonly moreExporters?: Readonly<Record<string, unknown>> | undefined;
  /** Exporters instead of the one to the sink. */
  readonly replaceExporters?: Readonly<Record<string, unknown>> | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** More settings of the receiver over HTTP. */
  readonly http?: Readonly<Record<string, unknown>> | undefined;
  /** TLS settings of the receiver. */
  readonly tls?: Readonly<Record<string, unknown>> | undefined;
  /** Files in the Collector's folder. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

/** A Collector that takes OTLP and hands on to a sink. */
export interface Chain extends AsyncDisposable {
  readonly collector: Collector;
  readonly tracesUrl: string;
  readonly metricsUrl: string;
  readonly logsUrl: string;
  readonly grpcUrl: string;
}

const unqueued = { retry_on_failure: { enabled: false }, sending_queue: { enabled: false } };

export async function startChain(sink: OtlpSink, options: ChainOptions = {}): Promise<Chain> {
  const { processors = {}, exporter = unqueued, moreExporters, extensions = {} } = options;
  const [port, grpcPort] = await freePorts(2);
  const { tls } = options;
  const exporters = options.replaceExporters ?? {
    otlp_http: { endpoint: sink.url, compression: 'none', ...exporter },
    ...moreExporters,
  };
  const pipeline = {
    receivers: ['otlp'],
    processors: Object.keys(processors),
    exporters: Object.keys(exporters),
  };
  const collector = await startCollector({
    files: options.files,
    config: {
      receivers: {
        otlp: {
          protocols: {
            http: { endpoint: `127.0.0.1:${port}`, tls, ...options.http },
            grpc: { endpoint: `127.0.0.1:${grpcPort}`, tls },
          },
        },
      },
      processors,
      exporters,
      extensions,
      service: {
        extensions: Object.keys(extensions),
        telemetry: { metrics: { level: 'none' } },
        pipelines: { traces: pipeline, metrics: pipeline, logs: pipeline },
      },
    },
  });
  const scheme = tls === undefined ? 'http' : 'https';
  const url = `${scheme}://127.0.0.1:${port}`;
  return {
    collector,
    tracesUrl: `${url}/v1/traces`,
    metricsUrl: `${url}/v1/metrics`,
    logsUrl: `${url}/v1/logs`,
    grpcUrl: `${scheme}://127.0.0.1:${grpcPort}`,
    [Symbol.asyncDispose]: () => collector[Symbol.asyncDispose](),
  };
}
