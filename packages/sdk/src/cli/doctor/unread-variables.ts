/** Standard variables that nothing here reads, those of one reason together. */
export const unreadVariables: readonly {
  readonly names: readonly string[];
  readonly why: string;
}[] = [
  {
    names: ['OTEL_METRICS_EXEMPLAR_FILTER'],
    why: 'the SDK for JavaScript records no exemplars',
  },
  {
    names: ['OTEL_EXPORTER_ZIPKIN_ENDPOINT', 'OTEL_EXPORTER_ZIPKIN_TIMEOUT'],
    why: 'the exporter is deprecated: send OTLP to a Collector with a zipkin exporter',
  },
  {
    names: ['OTEL_EXPORTER_JAEGER_ENDPOINT', 'OTEL_EXPORTER_JAEGER_AGENT_HOST'],
    why: 'the specification has removed them: Jaeger takes OTLP',
  },
  {
    names: ['OTEL_EXPERIMENTAL_CONFIG_FILE'],
    why: 'the name before the schema was stable: use OTEL_CONFIG_FILE',
  },
  {
    names: ['OTEL_NODE_DISABLED_INSTRUMENTATIONS'],
    why: 'an instrumentation that OTEL_NODE_ENABLED_INSTRUMENTATIONS does not name is off',
  },
  {
    names: ['OTEL_NODE_EXPERIMENTAL_SDK_METRICS'],
    why: 'our own processors and exporters tell about themselves always; those of the SDK double the cost of a span',
  },
];
