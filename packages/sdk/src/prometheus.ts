import { loadPeer, type MetricExporter, telemetryDefaults } from '@llm-otel/core/setup';
import { rethrow } from './rethrow.ts';

/** Where Prometheus asks. */
export interface PrometheusSettings {
  /** Environment: `OTEL_EXPORTER_PROMETHEUS_HOST`. @defaultValue localhost */
  readonly host?: string | undefined;
  /** Environment: `OTEL_EXPORTER_PROMETHEUS_PORT`. @defaultValue 9464 */
  readonly port?: number | undefined;
  readonly withoutScopeInfo?: boolean | undefined;
  readonly withoutTargetInfo?: boolean | undefined;
  /** Which resource attributes become labels of every series. */
  readonly resourceLabels?: RegExp | undefined;
}

/** The part of a reader of the metrics SDK that is used here. */
export interface PrometheusReader {
  collect(
    options?: unknown,
  ): Promise<{ readonly resourceMetrics: unknown; readonly errors: unknown[] }>;
  shutdown(): Promise<void>;
}

/**
 * The exporter of `@opentelemetry/exporter-prometheus`, which answers on `/metrics`. What it collects passes `redacting`
 * before it is written out.
 * @throws MissingPeerError where the package is not installed; the error of the server where it cannot listen
 */
export async function prometheusReader(
  { host, port, withoutScopeInfo, withoutTargetInfo, resourceLabels }: PrometheusSettings,
  redacting: (exporter: MetricExporter) => MetricExporter,
): Promise<PrometheusReader> {
  const { PrometheusExporter } = await loadPeer(
    '@opentelemetry/exporter-prometheus',
    'exporting metrics to Prometheus',
    () => import(/* turbopackOptional: true */ '@opentelemetry/exporter-prometheus').catch(rethrow),
  );
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    // Said always: the exporter of OpenTelemetry 2.x would listen on every interface of the machine.
    host: host === undefined || host === '' ? telemetryDefaults.prometheusHost : host,
    ...(port === undefined ? {} : { port }),
    ...(withoutScopeInfo === undefined ? {} : { withoutScopeInfo }),
    ...(withoutTargetInfo === undefined ? {} : { withoutTargetInfo }),
    ...(resourceLabels === undefined ? {} : { withResourceConstantLabels: resourceLabels }),
  });
  const reader = exporter as unknown as PrometheusReader;
  const collect = reader.collect.bind(reader);
  reader.collect = async (options) => {
    const { resourceMetrics, errors } = await collect(options);
    return { resourceMetrics: redacted(resourceMetrics, redacting), errors };
  };
  await exporter.startServer();
  return reader;
}

/** What an exporter behind `redacting` would be given. */
function redacted(
  metrics: unknown,
  redacting: (exporter: MetricExporter) => MetricExporter,
): unknown {
  let passed: unknown;
  const catching = redacting({
    export(clean, done) {
      passed = clean;
      done({ code: 0 });
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  });
  catching.export(metrics, () => undefined);
  if (passed === undefined) throw new Error('metrics could not be redacted and are not shown');
  return passed;
}
