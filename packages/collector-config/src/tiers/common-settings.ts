export const OTLP_GRPC_PORT = 4317;
export const OTLP_HTTP_PORT = 4318;

/** What agents and gateways have in common. */
export const receivers: Readonly<Record<string, unknown>> = {
  otlp: {
    protocols: {
      grpc: { endpoint: `0.0.0.0:${OTLP_GRPC_PORT}` },
      http: { endpoint: `0.0.0.0:${OTLP_HTTP_PORT}` },
    },
  },
};

/** First in every pipeline: it refuses data, which the sender tries again, before memory runs out. */
export const memoryLimiter: Readonly<Record<string, unknown>> = {
  check_interval: '1s',
  limit_percentage: 80,
  spike_limit_percentage: 20,
};

export const HEALTH_PORT = 13_133;
export const METRICS_PORT = 8888;

export const healthCheck: Readonly<Record<string, unknown>> = {
  endpoint: `0.0.0.0:${HEALTH_PORT}`,
};

/** The Collector's own metrics, for Prometheus to fetch. */
export const ownTelemetry: Readonly<Record<string, unknown>> = {
  metrics: {
    level: 'normal',
    readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }],
  },
};
