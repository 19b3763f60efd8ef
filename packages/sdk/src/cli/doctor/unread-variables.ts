/** Standard variables that nothing here reads, and why: those of one reason together. */
export const unreadVariables: Readonly<Record<string, string>> = {
  OTEL_BLRP_EXPORT_TIMEOUT:
    'a flush waits for all signals together, as long as OTEL_BSP_EXPORT_TIMEOUT says',
  OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT:
    'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT holds for all signals, behind redaction',
  OTEL_METRICS_EXEMPLAR_FILTER: 'the SDK for JavaScript records no exemplars',
  'OTEL_EXPORTER_ZIPKIN_ENDPOINT, OTEL_EXPORTER_ZIPKIN_TIMEOUT':
    'the exporter is deprecated: send OTLP to a Collector with a zipkin exporter',
  'OTEL_EXPORTER_JAEGER_ENDPOINT, OTEL_EXPORTER_JAEGER_AGENT_HOST':
    'the specification has removed them: Jaeger takes OTLP',
  OTEL_EXPERIMENTAL_CONFIG_FILE: 'the name before the schema was stable: use OTEL_CONFIG_FILE',
  OTEL_NODE_DISABLED_INSTRUMENTATIONS:
    'an instrumentation that OTEL_NODE_ENABLED_INSTRUMENTATIONS does not name is off',
  OTEL_NODE_EXPERIMENTAL_SDK_METRICS:
    'our own processors and exporters tell about themselves always; those of the SDK double the cost of a span',
};
