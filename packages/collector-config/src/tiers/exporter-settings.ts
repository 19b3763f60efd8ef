import type { CollectorExporter, Signal } from '../compile-options.ts';
import { exporterTypes } from '../exporter-types.ts';

/** `otlp_http/archive`. Jaeger takes OTLP: it is an exporter of that type with a name. */
export function exporterId({ type, name }: CollectorExporter): string {
  if (type === 'jaeger') return `otlp_grpc/${name ?? 'jaeger'}`;
  return name === undefined ? type : `${type}/${name}`;
}

export function signalsOf({ type, signals }: CollectorExporter): readonly Signal[] {
  return signals ?? exporterTypes[type].signals;
}

/** Whether what it is to deliver waits in a queue. */
export function hasQueue({ type }: CollectorExporter): boolean {
  return type !== 'debug' && type !== 'prometheus';
}

export function exporterSettings(exporter: CollectorExporter): Readonly<Record<string, unknown>> {
  const { type, headers, insecure, compression } = exporter;
  const { defaultEndpoint } = exporterTypes[type];
  const endpoint = exporter.endpoint ?? defaultEndpoint;
  if (type === 'debug') return { verbosity: 'basic' };
  if (type === 'prometheus') {
    // OpenMetrics has the exemplars that lead from a metric to a trace.
    return { endpoint: outsideReferences(endpoint), enable_open_metrics: true };
  }
  const isInsecure = insecure ?? (type === 'jaeger' && exporter.endpoint === undefined);
  return {
    endpoint: outsideReferences(endpoint),
    ...(headers === undefined
      ? undefined
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, outsideReferences(value)]),
          ),
        }),
    ...(compression === undefined ? undefined : { compression }),
    ...(isInsecure ? { tls: { insecure: true } } : undefined),
    retry_on_failure: { initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
    sending_queue: {
      storage: 'file_storage',
      queue_size: 10_000,
      batch: { flush_timeout: '1s', min_size: 512, max_size: 2048 },
    },
  };
}

/** `$` stands for itself everywhere but in `${env:NAME}`. */
function outsideReferences(text: string | undefined): string | undefined {
  return text?.replaceAll(/\$(?!\{env:\w+\})/g, '$$$$');
}
