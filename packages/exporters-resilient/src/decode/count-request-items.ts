import type { OtlpByScope, OtlpItem, OtlpRequest } from './otlp-types.ts';

const METRIC_KINDS = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

/** Spans, data points or log records, as the ledger counts them. */
export function countRequestItems(request: OtlpRequest): number {
  let items = 0;
  for (const resource of [
    ...(request.resourceSpans ?? []),
    ...(request.resourceMetrics ?? []),
    ...(request.resourceLogs ?? []),
  ])
    for (const scope of [
      ...(resource.scopeSpans ?? []),
      ...(resource.scopeMetrics ?? []),
      ...(resource.scopeLogs ?? []),
    ])
      items += itemsIn(scope);
  return items;
}

function itemsIn({ spans = [], logRecords = [], metrics = [] }: OtlpByScope): number {
  return metrics.reduce((sum, metric) => sum + pointsOf(metric), spans.length + logRecords.length);
}

function pointsOf(metric: OtlpItem): number {
  let points = 0;
  for (const kind of METRIC_KINDS) {
    const data = metric[kind] as { readonly dataPoints?: readonly unknown[] } | undefined;
    points += data?.dataPoints?.length ?? 0;
  }
  return points;
}
