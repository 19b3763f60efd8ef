import type { Signal } from '@llm-otel/core';

/** Origin and path: a query may hold a key. */
export function printableAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

const WITHOUT_RECEIVER: Readonly<Record<Signal, string>> = {
  traces: 'OTEL_TRACES_EXPORTER=console prints spans without one',
  metrics: 'OTEL_METRICS_EXPORTER=none switches metrics off',
  logs: 'OTEL_LOGS_EXPORTER=none switches logs off',
};

const PATHS: Readonly<Record<Signal, string>> = {
  traces: '/v1/traces',
  metrics: '/v1/metrics',
  logs: '/v1/logs',
};

/** What may be behind a failure, as a sentence for the log. */
export function failureHint(
  { url, isGrpc }: { readonly url: string; readonly isGrpc: boolean },
  reason: string,
  signal: Signal,
): string | undefined {
  if (reason === 'not_otlp')
    return 'what answers there is a web page and no receiver of OTLP: a login, a captive portal, or another service on that port';
  if (reason.startsWith('headers_'))
    return 'the function that was given as headers failed, so nothing was sent';
  if (reason === 'http_404' && URL.canParse(url) && !new URL(url).pathname.endsWith(PATHS[signal]))
    return `the url is used as it is, and its path is not that of OTLP: does it lack ${PATHS[signal]}?`;
  const port = URL.canParse(url) ? new URL(url).port : '';
  if (!isGrpc && port === '4317')
    return '4317 is the port of OTLP over gRPC; OTLP over HTTP, which is used here, has 4318';
  if (isGrpc && port === '4318')
    return '4318 is the port of OTLP over HTTP; OTLP over gRPC, which is used here, has 4317';
  // In the words of node:http and of fetch.
  if (reason.startsWith('HPE_') || reason === 'HTTPParserError')
    return 'what answers there does not speak HTTP: another service on that port';
  if (reason !== 'ECONNREFUSED' && reason !== 'grpc_UNAVAILABLE') return undefined;
  return `is a receiver running there? With @llm-otel/sdk, OTEL_EXPORTER_OTLP_ENDPOINT names another and ${WITHOUT_RECEIVER[signal]}`;
}
