/** Origin and path: a query may hold a key. */
export function printableAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** What may be behind a failure, as a sentence for the log. */
export function failureHint(
  url: string,
  reason: string,
  signal: 'traces' | 'metrics',
): string | undefined {
  if (new URL(url).port === '4317')
    return '4317 is the port of OTLP over gRPC; OTLP over HTTP, which is used here, has 4318';
  if (reason !== 'ECONNREFUSED') return undefined;
  const without =
    signal === 'traces'
      ? 'OTEL_TRACES_EXPORTER=console prints spans without one'
      : 'OTEL_METRICS_EXPORTER=none switches metrics off';
  return `is a receiver running there? With @llm-otel/sdk, OTEL_EXPORTER_OTLP_ENDPOINT names another and ${without}`;
}
