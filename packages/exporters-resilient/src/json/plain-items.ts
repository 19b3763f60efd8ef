import type { Signal } from '@llm-otel/core';

/** A span, a log record or a metric as people read it: names instead of numbers, times as dates, attributes as a map. */
export type PlainItem = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;

const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];
const NAMES: Readonly<Record<Signal, readonly [suffix: string, items: string]>> = {
  traces: ['Spans', 'spans'],
  logs: ['Logs', 'logRecords'],
  metrics: ['Metrics', 'metrics'],
};
const PLAIN: Readonly<Record<Signal, (item: Json) => PlainItem>> = {
  traces: plainSpan,
  logs: plainLog,
  metrics: plainMetric,
};

/** The items of a request in OTLP/JSON, as `otlpJson` writes it, each with its resource and its scope. */
export function plainItems(json: string, signal: Signal): PlainItem[] {
  const [suffix, items] = NAMES[signal];
  const request = JSON.parse(json) as Json;
  return listOf(request[`resource${suffix}`]).flatMap((ofResource) => {
    const resource = attributesOf(objectOf(ofResource['resource'])['attributes']);
    return listOf(ofResource[`scope${suffix}`]).flatMap((ofScope) => {
      const scope = objectOf(ofScope['scope'])['name'];
      return listOf(ofScope[items]).map((item) =>
        Object.assign(PLAIN[signal](item), { resource, scope }),
      );
    });
  });
}

function plainSpan(span: Json): PlainItem {
  const { traceId, spanId, parentSpanId, name } = span;
  const status = objectOf(span['status']);
  return {
    name,
    traceId,
    spanId,
    parentSpanId,
    kind: KINDS[Number(span['kind'])],
    startTime: isoTime(span['startTimeUnixNano']),
    durationMillis: millisBetween(span['startTimeUnixNano'], span['endTimeUnixNano']),
    status: STATUSES[Number(status['code'] ?? 0)],
    statusMessage: status['message'],
    attributes: attributesOf(span['attributes']),
    events: listOf(span['events']).map((event) => ({
      name: event['name'],
      time: isoTime(event['timeUnixNano']),
      attributes: attributesOf(event['attributes']),
    })),
    links: listOf(span['links']).map((link) => ({
      traceId: link['traceId'],
      spanId: link['spanId'],
      attributes: attributesOf(link['attributes']),
    })),
  };
}

function plainLog(record: Json): PlainItem {
  const { severityText, severityNumber, eventName, traceId, spanId } = record;
  return {
    time: isoTime(record['timeUnixNano']),
    severity: severityText ?? severityNumber,
    eventName,
    body: valueOf(record['body']),
    attributes: attributesOf(record['attributes']),
    traceId,
    spanId,
  };
}

function plainMetric(metric: Json): PlainItem {
  const { name, description, unit } = metric;
  const type = ['gauge', 'sum', 'histogram', 'exponentialHistogram'].find((key) => key in metric);
  const data = objectOf(metric[type ?? '']);
  return {
    name,
    description,
    unit,
    type,
    points: listOf(data['dataPoints']).map((point) => {
      const { startTimeUnixNano, timeUnixNano, attributes, asInt, asDouble, ...rest } = point;
      const plain = {
        time: isoTime(timeUnixNano),
        since: isoTime(startTimeUnixNano),
        attributes: attributesOf(attributes),
        value: asInt === undefined ? asDouble : integerOf(asInt),
      };
      return Object.assign(plain, rest);
    }),
  };
}

function attributesOf(pairs: unknown): Record<string, unknown> {
  return Object.fromEntries(listOf(pairs).map((pair) => [pair['key'], valueOf(pair['value'])]));
}

function valueOf(value: unknown): unknown {
  const [kind, content] = Object.entries(objectOf(value))[0] ?? [];
  switch (kind) {
    case undefined:
      return null;
    case 'intValue':
      return integerOf(content);
    case 'arrayValue':
      return listOf(objectOf(content)['values']).map(valueOf);
    case 'kvlistValue':
      return attributesOf(objectOf(content)['values']);
    case 'bytesValue':
      return { bytes: hexOf(String(content)) };
    default:
      return content;
  }
}

/** A number where a double holds it exactly, otherwise its digits. */
function integerOf(digits: unknown): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : String(digits);
}

function hexOf(base64: string): string {
  return Array.from(atob(base64), (character) =>
    character.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('');
}

function isoTime(nanos: unknown): string | undefined {
  if (typeof nanos !== 'string') return undefined;
  const date = new Date(Number(BigInt(nanos) / 1_000_000n));
  // A time that no calendar has is told as it is.
  return Number.isNaN(date.getTime()) ? nanos : date.toISOString();
}

function millisBetween(from: unknown, to: unknown): number {
  return (
    Number(BigInt((to as string | undefined) ?? 0) - BigInt((from as string | undefined) ?? 0)) /
    1e6
  );
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
