import type { Variable, VariablesOf } from './variable.ts';
import { endpoint, flag, headers, millisOfSome, oneOf, path } from './variable-kinds.ts';

export type OtlpProtocol = 'http/protobuf' | 'http/json' | 'grpc';

export type OtlpCompression = 'none' | 'gzip' | 'zstd';

/** What can be said of all signals, and of each of them. */
interface OtlpValues {
  readonly Endpoint?: string;
  readonly Insecure?: boolean;
  readonly Protocol?: OtlpProtocol;
  readonly Headers?: Readonly<Record<string, string>>;
  readonly Compression?: OtlpCompression;
  readonly TimeoutMillis?: number;
  readonly Certificate?: string;
  readonly ClientKey?: string;
  readonly ClientCertificate?: string;
}

type Prefixed<Prefix extends string> = {
  readonly [Key in keyof OtlpValues as `${Prefix}${Key}`]?: OtlpValues[Key];
};

/** How OTLP is sent: `otlpEndpoint` for all signals, `otlpTracesEndpoint` for one of them. */
export interface OtlpEnvironment
  extends Prefixed<'otlp'>, Prefixed<'otlpTraces'>, Prefixed<'otlpMetrics'>, Prefixed<'otlpLogs'> {}

const common: VariablesOf<OtlpValues> = {
  Endpoint: {
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    kind: endpoint(['OTEL_EXPORTER_OTLP_PROTOCOL']),
    source: 'OTLP',
    effect:
      'base URL of the receiver: v1/traces, v1/metrics or v1/logs is appended, and nothing for grpc, whose default is http://localhost:4317',
  },
  Insecure: {
    name: 'OTEL_EXPORTER_OTLP_INSECURE',
    kind: flag,
    source: 'OTLP',
    effect:
      'no TLS for grpc with an endpoint that has no scheme, such as collector:4317; a scheme says it itself',
  },
  Protocol: {
    name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    kind: oneOf(['http/protobuf', 'http/json', 'grpc']),
    source: 'OTLP',
    effect: 'the wire format; grpc needs the package @grpc/grpc-js',
  },
  Headers: {
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    kind: headers,
    source: 'OTLP',
    effect: 'headers of every request; never logged',
  },
  Compression: {
    name: 'OTEL_EXPORTER_OTLP_COMPRESSION',
    kind: oneOf(['none', 'gzip', 'zstd']),
    source: 'OTLP',
    effect: 'compression of request bodies; zstd is understood by the Collector, and not for grpc',
  },
  TimeoutMillis: {
    name: 'OTEL_EXPORTER_OTLP_TIMEOUT',
    kind: millisOfSome,
    source: 'OTLP',
    effect: 'longest time one request may take',
  },
  Certificate: {
    name: 'OTEL_EXPORTER_OTLP_CERTIFICATE',
    kind: path,
    source: 'OTLP',
    effect:
      'certificate authorities to trust instead of those of Node.js; read again when it changes',
  },
  ClientKey: {
    name: 'OTEL_EXPORTER_OTLP_CLIENT_KEY',
    kind: path,
    source: 'OTLP',
    effect:
      'the private key of our certificate, for receivers that ask for one; read again as well',
  },
  ClientCertificate: {
    name: 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
    kind: path,
    source: 'OTLP',
    effect: 'our certificate, with its chain',
  },
};

const EFFECTS: Partial<Record<keyof OtlpValues, string>> = {
  Endpoint: 'URL for %, used exactly as it is',
  Headers: 'more headers for %; they win over the common ones',
};

/** The same variables for one signal, which win over the common ones. */
function ofSignal<Prefix extends string>(
  prefix: Prefix,
  signal: 'traces' | 'metrics' | 'logs',
): VariablesOf<Prefixed<Prefix>> {
  const named = (name: string): string => name.replace('OTLP_', `OTLP_${signal.toUpperCase()}_`);
  const entries = Object.entries(common) as [keyof OtlpValues, Variable<unknown>][];
  const variables = entries.map(([key, variable]) => [
    `${prefix}${key}`,
    {
      ...variable,
      ...(key === 'Endpoint' && {
        kind: endpoint([named(common.Protocol.name), common.Protocol.name]),
      }),
      name: named(variable.name),
      effect: (EFFECTS[key] ?? 'the same, for %').replace('%', signal),
    },
  ]);
  return Object.fromEntries(variables) as VariablesOf<Prefixed<Prefix>>;
}

export const otlpVariables: VariablesOf<OtlpEnvironment> = {
  otlpEndpoint: common.Endpoint,
  otlpInsecure: common.Insecure,
  otlpProtocol: common.Protocol,
  otlpHeaders: common.Headers,
  otlpCompression: common.Compression,
  otlpTimeoutMillis: common.TimeoutMillis,
  otlpCertificate: common.Certificate,
  otlpClientKey: common.ClientKey,
  otlpClientCertificate: common.ClientCertificate,
  ...ofSignal('otlpTraces', 'traces'),
  ...ofSignal('otlpMetrics', 'metrics'),
  ...ofSignal('otlpLogs', 'logs'),
};
