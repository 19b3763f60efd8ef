import type { Signal } from '@llm-otel/core';
import {
  loadPeer,
  type OtlpOptions,
  otlpSettings,
  type TelemetryEnvironment,
  telemetryDefaults,
} from '@llm-otel/core/setup';
import {
  consoleDestination,
  type Destination,
  failoverDestination,
  otlpDestination,
} from '@llm-otel/exporters-resilient';
import type { Measure } from './operation-durations.ts';
import { fileDestination, nodeTransport } from '@llm-otel/exporters-resilient/node';

/**
 * The receiver of one signal as options and environment describe it, with the fallback that
 * `OTEL_FALLBACK_EXPORTER` names behind it.
 * @throws MissingPeerError for grpc without `@grpc/grpc-js`; InvalidOptionError for what cannot be used
 */
export async function otlpReceiver(
  signal: Signal,
  environment: TelemetryEnvironment,
  options: OtlpOptions,
  measured: Measure = (transport) => transport,
): Promise<Destination> {
  const { protocol, ...settings } = otlpSettings(signal, environment, options);
  const { url, headers, timeoutMillis, compression, tls } = settings;
  let receiver: Destination;
  if (protocol === 'grpc') {
    const { otlpGrpcDestination } = await loadPeer(
      '@grpc/grpc-js',
      'OTLP over gRPC',
      () => import('@llm-otel/exporters-resilient/grpc'),
    );
    // One that gRPC does not have is refused there.
    const known = compression as Exclude<typeof compression, 'zstd'>;
    receiver = otlpGrpcDestination({ url, headers, timeoutMillis, compression: known, tls });
  } else {
    const transport = measured(nodeTransport({ tls, proxy: proxyFor(url, environment) }), signal);
    receiver = otlpDestination({ url, headers, timeoutMillis, compression, protocol, transport });
  }
  const fallback = fallbackFor(signal, environment);
  return fallback === undefined
    ? receiver
    : failoverDestination(receiver.name, [receiver, fallback]);
}

/** The proxy on the way to `url`. */
export function proxyFor(
  url: string,
  { httpsProxy, httpProxy, noProxy }: TelemetryEnvironment,
): { readonly url: string; readonly noProxy: string | undefined } | undefined {
  const proxy = url.startsWith('https:') ? httpsProxy : httpProxy;
  return proxy === undefined ? undefined : { url: proxy, noProxy };
}

function fallbackFor(signal: Signal, environment: TelemetryEnvironment): Destination | undefined {
  switch (environment.fallbackExporter) {
    case 'stdout':
      return consoleDestination({ name: 'fallback', format: 'otlp' });
    case 'file': {
      const start = environment.fallbackFile ?? telemetryDefaults.fallbackFile;
      return fileDestination({ name: 'fallback', path: `${start}.${signal}.jsonl` });
    }
    default:
      return undefined;
  }
}
