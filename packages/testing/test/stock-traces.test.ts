import { createTraceState } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeOtlpRequest, expectTree, startOtlpSink } from '../src/index.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc
    .string({
      unit: fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
      minLength: length,
      maxLength: length,
    })
    .filter((id) => /[^0]/.test(id));
const hrTime = fc.tuple(
  fc.integer({ min: 0, max: 0x7fff_ffff }),
  fc.integer({ min: 0, max: 999_999_999 }),
);
// Whole unicode, no lone surrogates: those have no UTF-8 form.
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.maxSafeInteger(),
  // A whole number is sent as an integer, which has no minus zero and comes back as bigint where it is long.
  fc.double().filter((value) => !Number.isInteger(value)),
  fc.uint8Array({ maxLength: 10 }),
  fc.constant(null),
);
const attributes = fc.dictionary(
  text,
  fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  })).value,
  { maxKeys: 6 },
);
const count = fc.integer({ min: 0, max: 0xffff_ffff });
const traceState = fc
  .option(fc.constantFrom('a=b', 'ot=th:8,x=y'))
  .map((header) => (header === null ? undefined : createTraceState(header)));
const spanContext = fc.record({
  traceId: hex(32),
  spanId: hex(16),
  traceFlags: fc.integer({ min: 0, max: 255 }),
  traceState,
  isRemote: fc.boolean(),
});
const span = fc.record({
  name: text,
  kind: fc.integer({ min: 0, max: 4 }),
  context: spanContext,
  parentSpanContext: fc.option(spanContext, { nil: undefined }),
  startTime: hrTime,
  endTime: hrTime,
  duration: hrTime,
  ended: fc.constant(true),
  status: fc.oneof(
    fc.record({ code: fc.constantFrom(0, 1, 2) }),
    fc.record({
      code: fc.constant(2),
      message: fc.string({ minLength: 1 }).map((m) => m.toWellFormed()),
    }),
  ),
  attributes,
  events: fc.array(
    fc.record({ name: text, time: hrTime, attributes, droppedAttributesCount: count }),
    { maxLength: 3 },
  ),
  links: fc.array(fc.record({ context: spanContext, attributes, droppedAttributesCount: count }), {
    maxLength: 3,
  }),
  droppedAttributesCount: count,
  droppedEventsCount: count,
  droppedLinksCount: count,
});
const resource = fc.record({ attributes, schemaUrl: fc.option(text, { nil: undefined }) });
const scope = fc.record({ name: text, version: text, schemaUrl: text });
type Generated = ReturnType<typeof toSpan>;

function toSpan(
  { context, ...rest }: typeof span extends fc.Arbitrary<infer T> ? T : never,
  common: {
    readonly resource: typeof resource extends fc.Arbitrary<infer T> ? T : never;
    readonly instrumentationScope: typeof scope extends fc.Arbitrary<infer T> ? T : never;
  },
) {
  return Object.assign(rest, common, { spanContext: () => context });
}

const request = fc
  .tuple(fc.array(span, { maxLength: 4 }), resource, scope)
  .map(([spans, resource, instrumentationScope]) =>
    spans.map((generated) => toSpan(generated, { resource, instrumentationScope })),
  );

const nanos = ([seconds, rest]: readonly [number, number]): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(rest);
const flags = (own: number, isRemote: boolean | undefined): number =>
  own | 0x100 | (isRemote ? 0x200 : 0);

/** What has to come out of the sink. */
function expected(source: Generated): unknown {
  const { traceId, spanId, traceFlags, traceState } = source.spanContext();
  const { name, version, schemaUrl } = source.instrumentationScope;
  return {
    traceId,
    spanId,
    parentSpanId: source.parentSpanContext?.spanId,
    traceState: traceState?.serialize() ?? '',
    flags: flags(traceFlags, source.parentSpanContext?.isRemote),
    name: source.name,
    kind: source.kind,
    startTimeUnixNano: nanos(source.startTime),
    endTimeUnixNano: nanos(source.endTime),
    attributes: source.attributes,
    droppedAttributesCount: source.droppedAttributesCount,
    events: source.events.map(({ time, ...event }) => ({ timeUnixNano: nanos(time), ...event })),
    droppedEventsCount: source.droppedEventsCount,
    links: source.links.map(({ context, ...link }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      traceState: context.traceState?.serialize() ?? '',
      flags: flags(context.traceFlags, context.isRemote),
      ...link,
    })),
    droppedLinksCount: source.droppedLinksCount,
    status: source.status,
    resource: {
      attributes: source.resource.attributes,
      droppedAttributesCount: 0,
      schemaUrl: source.resource.schemaUrl ?? '',
    },
    scope: { name, version, attributes: {}, droppedAttributesCount: 0, schemaUrl },
  };
}

test('whatever the stock protobuf serializer writes is read back as it was', () => {
  fc.assert(
    fc.property(request, (spans) => {
      const body = ProtobufTraceSerializer.serializeRequest(spans as never) as Uint8Array;

      const decoded = decodeOtlpRequest('traces', 'protobuf', body);

      expect(decoded.spans).toEqual(spans.map(expected));
      expect(decoded.unknownFields).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('whatever the stock JSON serializer writes is read back as it was', () => {
  fc.assert(
    fc.property(request, (spans) => {
      const body = JsonTraceSerializer.serializeRequest(spans as never) as Uint8Array;

      const decoded = decodeOtlpRequest('traces', 'json', body);

      expect(decoded.spans).toEqual(spans.map(expected).map(withoutSpecialNumbers));
    }),
    { numRuns: 300 },
  );
});

/** The stock serializer writes NaN and infinity as null, where OTLP/JSON has words for them. */
function withoutSpecialNumbers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(withoutSpecialNumbers);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSpecialNumbers(item)]),
  );
}

test('a whole number beyond 2^53 comes as bigint, to its last digit', () => {
  const [source] = fc.sample(
    request.filter((spans) => spans.length > 0),
    { numRuns: 1, seed: 1 },
  )[0]!;
  const attributes = { long: 2 ** 60, longest: -(2 ** 63), double: 2 ** 63 };
  const spans = [{ ...source!, attributes, spanContext: source!.spanContext }];

  const body = ProtobufTraceSerializer.serializeRequest(spans as never) as Uint8Array;

  expect(decodeOtlpRequest('traces', 'protobuf', body).spans[0]?.attributes).toEqual({
    long: 2n ** 60n,
    longest: -(2n ** 63n),
    double: 2 ** 63,
  });
});

test.each([['none'], ['gzip']])(
  'the stock exporter is received, compression %s',
  async (compression) => {
    await using sink = await startOtlpSink();
    const exporter = new OTLPTraceExporter({
      url: sink.tracesUrl,
      compression: compression as never,
    });
    const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
    const tracer = provider.getTracer('test', '1.2.3');

    const span = tracer.startSpan('run', { attributes: { nested: { list: [1, 'a', null] } } });
    span.end();
    await provider.shutdown();
    await sink.waitFor(1);

    expectTree(sink.spans, { name: 'run', attributes: { nested: { list: [1, 'a', null] } } });
    expect(sink.spans[0]?.scope).toMatchObject({ name: 'test', version: '1.2.3' });
    expect(sink.requests).toMatchObject([
      {
        encoding: 'protobuf',
        contentEncoding: compression === 'gzip' ? 'gzip' : 'identity',
        items: 1,
      },
    ]);
    expect(sink.errors).toEqual([]);
  },
);

test('the stock exporter tries again after a 503', async () => {
  await using sink = await startOtlpSink();
  sink.answer({ status: 503, retryAfter: 0, times: 1 });
  const exporter = new OTLPTraceExporter({ url: sink.tracesUrl });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });

  provider.getTracer('test').startSpan('run').end();
  await provider.forceFlush();
  await sink.waitFor(1);
  await provider.shutdown();

  expect(sink.requests.map(({ status }) => status)).toEqual([503, 200]);
});
