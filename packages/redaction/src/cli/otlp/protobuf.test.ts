import {
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailAddress, openAiKey } from '../../../test/made-secrets.ts';
import { createRedactor } from '../../redactor.ts';
import { fileContent } from '../file-content.ts';
import { recordedRequest } from '../recorded-request.ts';
import { OtlpProtobuf } from './protobuf.ts';

const protobuf = new OtlpProtobuf();
const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });

/** Requests as the stock serializers write them, with secrets in every place that takes text. */
async function traces(): Promise<{ bytes: Uint8Array; json: Uint8Array }> {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const tracer = provider.getTracer('app', '1.2.3');
  const span = tracer.startSpan(`chat ${openAiKey}`, {
    attributes: {
      note: `by ${emailAddress}`,
      n: -3,
      big: 2 ** 53,
      f: 0.25,
      ok: false,
      list: ['a', openAiKey],
      zero: 0,
    },
    links: [{ context: tracer.startSpan('x').spanContext(), attributes: { password: 'hunter2' } }],
  });
  span.recordException(new Error(`401 ${openAiKey}`));
  span.setStatus({ code: 2, message: openAiKey });
  span.end();
  const spans = exporter.getFinishedSpans();
  return {
    bytes: ProtobufTraceSerializer.serializeRequest(spans)!,
    json: JsonTraceSerializer.serializeRequest(spans)!,
  };
}

async function logs(): Promise<Uint8Array> {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('app').emit({
    severityNumber: 9,
    body: { messages: [{ content: `key ${openAiKey}` }], n: 1 },
    attributes: { 'exception.message': openAiKey },
    eventName: 'details',
  });
  await provider.forceFlush();
  return ProtobufLogsSerializer.serializeRequest(exporter.getFinishedLogRecords())!;
}

async function metrics(): Promise<Uint8Array> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter('app');
  meter.createCounter('tickets', { description: openAiKey }).add(2, { note: openAiKey });
  meter.createHistogram('duration').record(0.5, { note: emailAddress });
  await provider.forceFlush();
  return ProtobufMetricsSerializer.serializeRequest(exporter.getMetrics()[0]!)!;
}

const hasSecret = (bytes: Uint8Array): boolean =>
  [openAiKey, emailAddress, 'hunter2'].some((secret) => Buffer.from(bytes).includes(secret));

describe.each([
  ['TraceRequest', async () => (await traces()).bytes],
  ['LogsRequest', logs],
  ['MetricsRequest', metrics],
] as const)('%s', (name, make) => {
  test('is read, and written again as it was, with nothing lost', async () => {
    const bytes = await make();
    const decoded = protobuf.decode(bytes);

    expect(decoded?.name).toBe(name);
    const again = protobuf.encode(name, decoded!.request);
    expect(protobuf.encode(name, protobuf.decode(again)!.request)).toEqual(again);
    // Fields may be written in another order than the table has: compared as what they decode to.
    expect(
      JSON.stringify(protobuf.decode(Uint8Array.from(again))) === JSON.stringify(decoded),
    ).toBe(true);
    expect(again).toHaveLength(bytes.length);
  });

  test('loses its secrets and nothing else', async () => {
    const bytes = await make();
    expect(hasSecret(bytes)).toBe(true);

    const redacted = redactedRequest(bytes)!;

    expect(hasSecret(redacted)).toBe(false);
    expect(Buffer.from(redacted).includes('[REDACTED:openai_api_key]')).toBe(true);
    expect(redactedRequest(redacted)).toBeUndefined();
  });
});

test('what is read of spans is what JSON says', async () => {
  const { bytes, json } = await traces();
  const { request } = protobuf.decode(bytes)!;
  const own = JSON.parse(JSON.stringify(request)) as {
    resourceSpans: {
      scopeSpans: { spans: { name: string; traceId: string; attributes: { key: string }[] }[] }[];
    }[];
  };
  const stock = JSON.parse(Buffer.from(json).toString()) as typeof own;
  const span = (from: typeof own) => from.resourceSpans[0]!.scopeSpans[0]!.spans[0]!;

  expect(span(own).name).toBe(span(stock).name);
  expect(span(own).traceId).toBe(span(stock).traceId);
  expect(span(own).attributes.map(({ key }) => key)).toEqual(
    span(stock).attributes.map(({ key }) => key),
  );
});

test('files hold one request, or many with their lengths, and stay of that kind', async () => {
  const bytes = (await traces()).bytes;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const framed = Buffer.concat([length, bytes, length, bytes]);

  const read = (file: Uint8Array) => fileContent(file, protobuf, 1e6);
  const again = (file: Uint8Array): Buffer => {
    const content = read(file);
    if (content.form !== 'requests') throw new Error('no requests');
    return Buffer.concat(content.requests.map((request) => request.bytes));
  };
  const fixed = (file: Uint8Array): number => {
    const content = read(file);
    if (content.form !== 'requests') throw new Error('no requests');
    const parts = content.requests.map(({ request, frame }) =>
      frame(request.redact(redactor, () => undefined)!),
    );
    return (read(Buffer.concat(parts)) as typeof content).requests.length;
  };

  expect(read(bytes)).toMatchObject({ form: 'requests', requests: [{}] });
  expect(read(framed)).toMatchObject({ form: 'requests', requests: [{}, {}] });
  expect(again(bytes)).toEqual(Buffer.from(bytes));
  expect(again(framed)).toEqual(framed);
  expect([fixed(bytes), fixed(framed)]).toEqual([1, 2]);
});

test('fields that the table does not have are kept', async () => {
  const unknown = Uint8Array.from([0xfa, 0x3f, 3, 1, 2, 3]);
  const again = redactedRequest(Buffer.concat([(await traces()).bytes, unknown]))!;

  expect(Buffer.from(again).includes(Buffer.from(unknown))).toBe(true);
});

/** The request without what was found. */
function redactedRequest(bytes: Uint8Array): Uint8Array | undefined {
  return recordedRequest(bytes, protobuf, 1e6)!.redact(redactor, () => undefined);
}

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => fileContent(Uint8Array.from([0, ...bytes]), protobuf, 1000)).not.toThrow();
      expect(() => protobuf.decode(bytes)).not.toThrow();
    }),
  );
});
