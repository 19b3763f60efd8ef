import { diag } from '@opentelemetry/api';
import { isHttpUrl } from '../environment.ts';
import { InvalidOptionError } from '../errors.ts';
import { telemetryDefaults } from './telemetry-defaults.ts';
import type { TelemetryEnvironment } from './telemetry-environment.ts';
import type { OtlpCompression, OtlpProtocol } from './variables/exporter-variables.ts';

/** Where and how one signal is sent. */
export interface OtlpSettings {
  /** With the signal's path. */
  readonly url: string;
  readonly protocol: OtlpProtocol;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: OtlpCompression;
  /** For one request, in milliseconds. */
  readonly timeoutMillis: number;
}

/** What a caller sets in code; each member wins over the environment. */
export interface OtlpOptions {
  /** Base URL: the signal's path is appended. */
  readonly endpoint?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly compression?: OtlpCompression | undefined;
  readonly timeoutMillis?: number | undefined;
}

/**
 * Settings for one signal: option over the signal's own variable over the common variable over the default.
 * A common endpoint is a base URL and gets the signal's path; a signal's own endpoint is used as it is.
 * @throws {@link InvalidOptionError} for an endpoint that is no URL
 */
export function otlpSettings(
  signal: 'traces' | 'metrics',
  environment: TelemetryEnvironment,
  options: OtlpOptions = {},
): OtlpSettings {
  const own =
    signal === 'traces'
      ? {
          endpoint: environment.otlpTracesEndpoint,
          protocol: environment.otlpTracesProtocol,
          headers: environment.otlpTracesHeaders,
          compression: environment.otlpTracesCompression,
          timeoutMillis: environment.otlpTracesTimeoutMillis,
        }
      : {
          endpoint: environment.otlpMetricsEndpoint,
          protocol: environment.otlpMetricsProtocol,
          headers: environment.otlpMetricsHeaders,
          compression: environment.otlpMetricsCompression,
          timeoutMillis: environment.otlpMetricsTimeoutMillis,
        };
  const base = options.endpoint ?? environment.otlpEndpoint ?? telemetryDefaults.otlpEndpoint;
  return {
    url:
      options.endpoint === undefined && own.endpoint !== undefined
        ? own.endpoint
        : withPath(base, signal),
    protocol: own.protocol ?? environment.otlpProtocol ?? telemetryDefaults.otlpProtocol,
    headers: { ...environment.otlpHeaders, ...own.headers, ...options.headers },
    compression:
      options.compression ??
      own.compression ??
      environment.otlpCompression ??
      telemetryDefaults.otlpCompression,
    timeoutMillis:
      options.timeoutMillis ??
      own.timeoutMillis ??
      environment.otlpTimeoutMillis ??
      telemetryDefaults.otlpTimeoutMillis,
  };
}

/** The path goes behind the base's own path and in front of its query, which may hold a key. */
function withPath(base: string, signal: string): string {
  if (!isHttpUrl(base)) {
    throw new InvalidOptionError({
      option: 'endpoint',
      value: base,
      use: 'a URL that starts with http:// or https://, such as http://localhost:4318',
      secret: /[@?]/.test(base),
    });
  }
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
