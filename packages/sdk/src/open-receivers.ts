import type { Signal } from '@llm-otel/core';
import {
  loadPeer,
  type OtlpSettings,
  type TelemetryEnvironment,
  telemetryDefaults,
} from '@llm-otel/core/setup';
import {
  consoleDestination,
  type Destination,
  failoverDestination,
  otlpDestination,
} from '@llm-otel/exporters-resilient';
import { fileDestination, loadOtlpGrpc, nodeTransport } from '@llm-otel/exporters-resilient/node';
import type { Measure } from './operation-durations.ts';
import type { Receiver } from './receiver.ts';

/** What the destinations of all signals have in common. */
export interface OpeningReceivers {
  readonly environment: TelemetryEnvironment;
  readonly measure?: Measure | undefined;
}

/**
 * A destination for each receiver, OTLP with the fallback that `OTEL_FALLBACK_EXPORTER` names behind it. The second
 * of a kind is called `otlp-2`.
 * @throws MissingPeerError for grpc without `@grpc/grpc-js`; InvalidOptionError for what cannot be used
 */
export function openReceivers(
  signal: Signal,
  receivers: readonly Receiver[],
  opening: OpeningReceivers,
): Promise<Destination[]> {
  const taken = new Map<string, number>();
  const nameFor = (name: string): string => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
  return Promise.all(
    receivers.map(async (receiver) => {
      switch (receiver.kind) {
        case 'otlp':
          return otlpReceiver(nameFor('otlp'), signal, receiver.settings, opening);
        case 'console':
          return consoleDestination({ name: nameFor('console') });
        default:
          return receiver.path === undefined
            ? consoleDestination({ name: nameFor('otlp-console'), format: 'otlp' })
            : fileDestination({ name: nameFor('otlp-file'), path: receiver.path });
      }
    }),
  );
}

async function otlpReceiver(
  name: string,
  signal: Signal,
  { protocol, url, headers, timeoutMillis, compression, tls }: OtlpSettings,
  { environment, measure }: OpeningReceivers,
): Promise<Destination> {
  const breaker = { resetMillis: environment.breakerResetMillis };
  let receiver: Destination;
  if (protocol === 'grpc') {
    const otlpGrpcDestination = await loadPeer('@grpc/grpc-js', 'OTLP over gRPC', loadOtlpGrpc);
    // One that gRPC does not have is refused there.
    const known = compression as Exclude<typeof compression, 'zstd'>;
    const onCall = measure?.calls(signal);
    receiver = otlpGrpcDestination({
      name,
      url,
      headers,
      timeoutMillis,
      compression: known,
      tls,
      onCall,
      breaker,
    });
  } else {
    const own = nodeTransport({ tls, proxy: proxyFor(url, environment) });
    const transport = measure?.transport(own, signal, protocol) ?? own;
    receiver = otlpDestination({
      name,
      url,
      headers,
      timeoutMillis,
      compression,
      protocol,
      transport,
      breaker,
    });
  }
  const fallback = fallbackFor(name, signal, environment);
  return fallback === undefined ? receiver : failoverDestination(name, [receiver, fallback]);
}

/** The proxy on the way to `url`. */
export function proxyFor(
  url: string,
  { httpsProxy, httpProxy, noProxy }: TelemetryEnvironment,
): { readonly url: string; readonly noProxy: string | undefined } | undefined {
  const proxy = url.startsWith('https:') ? httpsProxy : httpProxy;
  return proxy === undefined ? undefined : { url: proxy, noProxy };
}

function fallbackFor(
  name: string,
  signal: Signal,
  environment: TelemetryEnvironment,
): Destination | undefined {
  switch (environment.fallbackExporter) {
    case 'stdout':
      return consoleDestination({ name: 'fallback', format: 'otlp' });
    case 'file': {
      const start = environment.fallbackFile ?? telemetryDefaults.fallbackFile;
      // Each receiver has a file of its own: what is in it says for whom it was.
      const receiver = name === 'otlp' ? '' : `.${name}`;
      return fileDestination({ name: 'fallback', path: `${start}${receiver}.${signal}.jsonl` });
    }
    default:
      return undefined;
  }
}
