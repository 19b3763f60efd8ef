import { type Clock, type Signal, systemClock } from '@llm-otel/core';
import type { OtlpSettings } from '@llm-otel/core/setup';
import type { Transport } from '@llm-otel/exporters-resilient';
import type { GrpcCall } from '@llm-otel/exporters-resilient/node';
import type { Attributes, Histogram, Meter } from '@opentelemetry/api';

// From 5 ms to 10 s, the time-out of a request.
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMPONENTS = {
  traces: 'span_exporter',
  metrics: 'metric_exporter',
  logs: 'log_exporter',
} as const;

/** Measures what goes to a receiver. */
export interface Measure {
  /** `transport`, each request of which is measured. */
  transport(
    transport: Transport,
    signal: Signal,
    protocol: Exclude<OtlpSettings['protocol'], 'grpc'>,
  ): Transport;
  /** Is told of each call over gRPC. */
  calls(signal: Signal): (call: GrpcCall) => void;
}

/**
 * How long requests to receivers take, under the conventions' name `otel.sdk.exporter.operation.duration`. Each attempt is
 * one observation, where the conventions have one for an export with its retries: a receiver that is slow or refuses is
 * seen while exports still wait for it.
 */
export interface OperationDurations {
  readonly measure: Measure;
  /** Measures into this meter from now on. */
  publish(meter: Meter): void;
}

export function operationDurations(clock: Clock = systemClock): OperationDurations {
  let histogram: Histogram | undefined;
  const record = (millis: number, attributes: Attributes): void =>
    histogram?.record(millis / 1000, attributes);
  const counts = new Map<string, number>();
  const componentOf = (protocol: 'http' | 'http_json' | 'grpc', signal: Signal): Attributes => {
    const type = `otlp_${protocol}_${COMPONENTS[signal]}`;
    const count = counts.get(type) ?? 0;
    counts.set(type, count + 1);
    return { 'otel.component.type': type, 'otel.component.name': `${type}/${count}` };
  };
  return {
    publish(meter) {
      histogram = meter.createHistogram('otel.sdk.exporter.operation.duration', {
        unit: 's',
        advice: { explicitBucketBoundaries: BOUNDARIES },
      });
    },
    measure: {
      transport(transport, signal, protocol) {
        const component = componentOf(protocol === 'http/json' ? 'http_json' : 'http', signal);
        const measured = (started: number, url: string, more: Attributes): void =>
          record(clock.monotonicMillis() - started, { ...component, ...serverOf(url), ...more });
        return {
          ...others(transport),
          async send(request) {
            const started = clock.monotonicMillis();
            try {
              const response = await transport.send(request);
              const { status } = response;
              measured(started, request.url, {
                'http.response.status_code': status,
                ...(status >= 400 ? { 'error.type': String(status) } : {}),
              });
              return response;
            } catch (error) {
              measured(started, request.url, { 'error.type': errorType(error) });
              throw error;
            }
          },
        };
      },
      calls(signal) {
        const component = componentOf('grpc', signal);
        return ({ url, millis, code }) =>
          record(millis, {
            ...component,
            ...serverOf(url),
            'rpc.response.status_code': code,
            ...(code === 'OK' ? {} : { 'error.type': code }),
          });
      },
    },
  };
}

/** What else a transport can do, where it can. */
function others(inner: Transport): Omit<Transport, 'send'> {
  return {
    ...(inner.gzip && { gzip: (body) => (inner as Required<Transport>).gzip(body) }),
    ...(inner.zstd && { zstd: (body) => (inner as Required<Transport>).zstd(body) }),
    ...(inner.close && { close: () => inner.close?.() }),
  };
}

function serverOf(url: string): Attributes {
  const parsed = URL.parse(url);
  if (parsed === null) return {};
  const port = Number(parsed.port) || (parsed.protocol === 'https:' ? 443 : 80);
  return { 'server.address': parsed.hostname, 'server.port': port };
}

/** A short word: the code of a connection's error, else the error's name. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
