import { diag } from '@opentelemetry/api';
import { grpcUrl, isHttpUrl } from '../environment.ts';
import { InvalidOptionError } from '../errors.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';
import { environmentVariables, type TelemetryEnvironment } from './telemetry-environment.ts';
import type { OtlpCompression, OtlpProtocol } from './variables/otlp-variables.ts';

/** Where and how one signal is sent. */
export interface OtlpSettings {
  /** With the signal's path; for grpc without. */
  readonly url: string;
  readonly protocol: OtlpProtocol;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: OtlpCompression;
  /** For one request, in milliseconds. */
  readonly timeoutMillis: number;
  readonly tls: OtlpTlsFiles;
}

/** Files in PEM. */
export interface OtlpTlsFiles {
  readonly caFile: string | undefined;
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
}

/** What a caller sets in code; each member wins over the environment. */
export interface OtlpOptions {
  /** Base URL: the signal's path is appended, but not for grpc. */
  readonly endpoint?: string | undefined;
  /** `grpc` needs the package `@grpc/grpc-js`. @defaultValue `http/protobuf` */
  readonly protocol?: OtlpProtocol | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly compression?: OtlpCompression | undefined;
  readonly timeoutMillis?: number | undefined;
}

const GRPC_ENDPOINT = 'http://localhost:4317';
const PREFIXES = { traces: 'otlpTraces', metrics: 'otlpMetrics', logs: 'otlpLogs' } as const;

/**
 * Settings for one signal: option over the signal's own variable over the common variable over the default.
 * A common endpoint is a base URL and gets the signal's path; a signal's own endpoint is used as it is.
 * @throws {@link InvalidOptionError} for an endpoint that is no URL, or has a user name or a password in it
 */
export function otlpSettings(
  signal: 'traces' | 'metrics' | 'logs',
  environment: TelemetryEnvironment,
  options: OtlpOptions = {},
): OtlpSettings {
  const prefix = PREFIXES[signal];
  const protocol =
    options.protocol ??
    environment[`${prefix}Protocol`] ??
    environment.otlpProtocol ??
    telemetryDefaults.otlpProtocol;
  return {
    url: urlOf(signal, protocol, environment, options.endpoint),
    protocol,
    headers: { ...environment.otlpHeaders, ...environment[`${prefix}Headers`], ...options.headers },
    compression: options.compression ?? compressionOf(signal, protocol, environment),
    timeoutMillis:
      options.timeoutMillis ??
      environment[`${prefix}TimeoutMillis`] ??
      environment.otlpTimeoutMillis ??
      telemetryDefaults.otlpTimeoutMillis,
    tls: tlsOf(prefix, environment),
  };
}

function compressionOf(
  signal: 'traces' | 'metrics' | 'logs',
  protocol: OtlpProtocol,
  environment: TelemetryEnvironment,
): OtlpCompression {
  const compression =
    environment[`${PREFIXES[signal]}Compression`] ??
    environment.otlpCompression ??
    telemetryDefaults.otlpCompression;
  if (protocol !== 'grpc' || compression !== 'zstd') return compression;
  diag.warn(`llm-otel: gRPC has no zstd, ${signal} go without compression: use gzip`);
  return 'none';
}

function tlsOf(
  prefix: (typeof PREFIXES)[keyof typeof PREFIXES],
  environment: TelemetryEnvironment,
): OtlpTlsFiles {
  const certFile = environment[`${prefix}ClientCertificate`] ?? environment.otlpClientCertificate;
  const keyFile = environment[`${prefix}ClientKey`] ?? environment.otlpClientKey;
  // One without the other is told about where the variables are read.
  const isPair = certFile !== undefined && keyFile !== undefined;
  return {
    caFile: environment[`${prefix}Certificate`] ?? environment.otlpCertificate,
    certFile: isPair ? certFile : undefined,
    keyFile: isPair ? keyFile : undefined,
  };
}

function urlOf(
  signal: 'traces' | 'metrics' | 'logs',
  protocol: OtlpProtocol,
  environment: TelemetryEnvironment,
  endpoint: string | undefined,
): string {
  const prefix = PREFIXES[signal];
  const isGrpc = protocol === 'grpc';
  const usable = (value: string | undefined): string | undefined =>
    value === undefined || isHttpUrl(value)
      ? value
      : variableUrl(
          value,
          signal,
          isGrpc,
          environment[`${prefix}Insecure`] ?? environment.otlpInsecure,
        );
  const own = usable(environment[`${prefix}Endpoint`]);
  if (endpoint === undefined && own !== undefined)
    return withoutUser(own, environmentVariables[`${prefix}Endpoint`].name);
  const option = endpoint === undefined ? environmentVariables.otlpEndpoint.name : 'endpoint';
  const address = endpoint ?? usable(environment.otlpEndpoint);
  const base = address && withoutUser(address, option);
  if (!isGrpc) return withPath(base ?? telemetryDefaults.otlpEndpoint, signal);
  const url = base ?? GRPC_ENDPOINT;
  if (endpoint !== undefined && !isHttpUrl(url)) throw noUrl(url, GRPC_ENDPOINT);
  return url;
}

/** Of an address without a scheme, which the variables may have for gRPC alone. */
function variableUrl(
  value: string,
  signal: string,
  isGrpc: boolean,
  insecure: boolean = telemetryDefaults.otlpInsecure,
): string | undefined {
  if (isGrpc) return grpcUrl(value, insecure);
  diag.warn(
    `llm-otel: the endpoint in the environment has no http:// or https:// in front and is for grpc: ${signal}, which go over HTTP, do without it`,
  );
  return undefined;
}

/** Node.js does not send them, and whatever prints an address would. */
function withoutUser(address: string, option: string): string {
  const { username, password } = URL.canParse(address)
    ? new URL(address)
    : { username: '', password: '' };
  if (username === '' && password === '') return address;
  throw new InvalidOptionError({
    option,
    value: address,
    use: 'a URL without a user name and password, and an authorization header instead',
    secret: true,
  });
}

function noUrl(value: string, example: string): InvalidOptionError {
  return new InvalidOptionError({
    option: 'endpoint',
    value,
    use: `a URL that starts with http:// or https://, such as ${example}`,
    secret: /[@?]/.test(value),
  });
}

/** The path goes behind the base's own path and in front of its query, which may hold a key. */
function withPath(base: string, signal: string): string {
  if (!isHttpUrl(base)) throw noUrl(base, telemetryDefaults.otlpEndpoint);
  const url = new URL(base);
  // The specification appends it all the same. Of two signals only the one that is named says so.
  if (url.pathname.endsWith(`/v1/${signal}`)) {
    diag.warn(
      `llm-otel: the endpoint ends in /v1/${signal}, and that is appended once more: leave it out, or set OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_ENDPOINT, which is used as it is`,
    );
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url.href;
}
