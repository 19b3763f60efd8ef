import type { ExporterType, Signal } from './compile-options.ts';

const all: readonly Signal[] = ['traces', 'metrics', 'logs'];

/** What there is to know about a type of exporter before it is looked at as a whole. */
export interface ExporterTraits {
  readonly signals: readonly Signal[];
  /** Undefined where there is none to give. */
  readonly endpoint: 'url' | 'host' | undefined;
  readonly defaultEndpoint?: string;
  readonly grpc?: true;
}

export const exporterTypes: Readonly<Record<ExporterType, ExporterTraits>> = {
  otlp_http: { signals: all, endpoint: 'url' },
  otlp_grpc: { signals: all, endpoint: 'host', grpc: true },
  jaeger: { signals: ['traces'], endpoint: 'host', defaultEndpoint: 'jaeger:4317', grpc: true },
  zipkin: {
    signals: ['traces'],
    endpoint: 'url',
    defaultEndpoint: 'http://zipkin:9411/api/v2/spans',
  },
  prometheus: { signals: ['metrics'], endpoint: 'host', defaultEndpoint: '0.0.0.0:8889' },
  debug: { signals: all, endpoint: undefined },
};
