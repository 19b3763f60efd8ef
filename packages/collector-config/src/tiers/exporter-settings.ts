import type { CollectorExporter } from '../compile-options.ts';

/** `otlp_http/archive` */
export function exporterId({ type, name }: CollectorExporter): string {
  return name === undefined ? type : `${type}/${name}`;
}

export function exporterSettings(exporter: CollectorExporter): Readonly<Record<string, unknown>> {
  const { type, endpoint, headers, insecure, compression } = exporter;
  if (type === 'debug') return { verbosity: 'basic' };
  return {
    endpoint: endpoint === undefined ? undefined : outsideReferences(endpoint),
    ...(headers === undefined
      ? undefined
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, outsideReferences(value)]),
          ),
        }),
    ...(compression === undefined ? undefined : { compression }),
    ...(insecure === true ? { tls: { insecure: true } } : undefined),
    retry_on_failure: { initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
    sending_queue: {
      storage: 'file_storage',
      queue_size: 10_000,
      batch: { flush_timeout: '1s', min_size: 512, max_size: 2048 },
    },
  };
}

/** `$` stands for itself everywhere but in `${env:NAME}`. */
function outsideReferences(text: string): string {
  return text.replaceAll(/\$(?!\{env:\w+\})/g, '$$$$');
}
