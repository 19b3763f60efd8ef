import { fileURLToPath } from 'node:url';
import type { Signal } from '@llm-otel/core';
import { type OtlpSettings, otlpSettings } from '@llm-otel/core/setup';
import { diag } from '@opentelemetry/api';
import type { Receiver } from '../receiver.ts';
import type { TelemetryOptions } from '../telemetry-options.ts';
import type {
  ExporterModel,
  HeaderModel,
  OtlpGrpcModel,
  OtlpHttpModel,
} from './configuration-model.ts';
import { pairsIn } from './pairs-in.ts';

/** What a receiver takes from code: an option wins over the file. */
export type OtlpOverrides = Pick<
  TelemetryOptions,
  'endpoint' | 'protocol' | 'headers' | 'compression' | 'timeoutMillis'
>;

/** The receiver that an exporter of the file stands for. */
export function receiverOf(
  signal: Signal,
  exporter: ExporterModel,
  overrides: OtlpOverrides,
): Receiver {
  switch (exporter.kind) {
    case 'otlp_http': {
      const { encoding } = exporter.value;
      const protocol = encoding === 'json' ? 'http/json' : 'http/protobuf';
      return { kind: 'otlp', settings: settingsOf(signal, protocol, exporter.value, overrides) };
    }
    case 'otlp_grpc':
      return { kind: 'otlp', settings: settingsOf(signal, 'grpc', exporter.value, overrides) };
    case 'otlp_file/development':
      return { kind: 'otlp-lines', path: pathOf(exporter.value.output_stream) };
    default:
      return { kind: 'console' };
  }
}

function settingsOf(
  signal: Signal,
  protocol: OtlpSettings['protocol'],
  { endpoint, tls, headers, headers_list, compression, timeout }: OtlpHttpModel | OtlpGrpcModel,
  overrides: OtlpOverrides,
): OtlpSettings {
  if ((tls?.cert_file === undefined) !== (tls?.key_file === undefined))
    diag.warn(
      'llm-otel: tls.cert_file and tls.key_file of the configuration file belong together: neither is used without the other',
    );
  const own = { traces: 'otlpTraces', metrics: 'otlpMetrics', logs: 'otlpLogs' }[signal];
  const settings = otlpSettings(
    signal,
    {
      [`${own}Endpoint`]: endpoint,
      [`${own}Protocol`]: protocol,
      [`${own}Headers`]: { ...pairsIn(headers_list), ...headersOf(headers) },
      [`${own}Compression`]: compression,
      [`${own}TimeoutMillis`]: timeout === 0 ? UNLIMITED_MILLIS : timeout,
      [`${own}Certificate`]: tls?.ca_file,
      [`${own}ClientKey`]: tls?.key_file,
      [`${own}ClientCertificate`]: tls?.cert_file,
    },
    overrides,
  );
  return settings;
}

// The schema's 0. A request that takes longer has lost its connection.
const UNLIMITED_MILLIS = 3_600_000;

function headersOf(headers: readonly HeaderModel[] | undefined): Record<string, string> {
  const entries = (headers ?? []).flatMap(({ name, value }): [string, string][] =>
    name === undefined || value === undefined ? [] : [[name, value]],
  );
  return Object.fromEntries(entries);
}

function pathOf(stream: string | undefined): string | undefined {
  if (stream === undefined || stream === 'stdout') return undefined;
  return fileURLToPath(stream);
}
