import type { Signal } from '@llm-otel/core';
import {
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ResourceMetrics as SdkMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan as SdkSpan } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { logRecordsArbitrary } from '../../test/fixtures/log-records.ts';
import { metricsArbitrary } from '../../test/fixtures/metrics.ts';
import { makeSpan, makeSpans, spansArbitrary } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { LogsEncoder } from '../encode/logs-encoder.ts';
import { MetricsEncoder } from '../encode/metrics-encoder.ts';
import { TraceEncoder } from '../encode/trace-encoder.ts';
import { otlpJson } from '../json/otlp-json.ts';
import { countItems } from '../otlp/split-request.ts';
import { decodeOtlp } from './decode-otlp.ts';
import type { OtlpRequest } from './otlp-types.ts';

const never = (_item: unknown, error: unknown): never => {
  throw error;
};
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function decoded(signal: Signal, body: Uint8Array): OtlpRequest {
  const result = decodeOtlp(signal, body);
  if (!result.ok) throw new Error(`${result.reason} at ${result.offset}`);
  expect(result.unknownFields).toBe(0);
  return result.value;
}

/** What the protobuf decoder says, what the JSON writer says, and what the JSON decoder makes of that. */
function expectRoundTrip(signal: Signal, body: Uint8Array): void {
  const value = decoded(signal, body);
  expect(JSON.stringify(value)).toBe(
    JSON.stringify(sorted(JSON.parse(otlpJson(body, signal)), value)),
  );
  expect(JSON.stringify(decoded(signal, bytesOf(value)))).toBe(JSON.stringify(value));
  const result = decodeOtlp(signal, body);
  expect(result.ok && result.items).toBe(countItems(body, signal));
}

/** `value` with its keys in the order of `like`: protobuf's order is that of the bytes. */
function sorted(value: unknown, like: unknown): unknown {
  if (Array.isArray(value) && Array.isArray(like))
    return value.map((item, index) => sorted(item, like[index]));
  if (typeof value !== 'object' || value === null || typeof like !== 'object' || like === null)
    return value;
  const known = value as Record<string, unknown>;
  const order = [...new Set([...Object.keys(like), ...Object.keys(known)])];
  return Object.fromEntries(
    order
      .filter((key) => Object.hasOwn(known, key))
      .map((key) => [key, sorted(known[key], (like as Record<string, unknown>)[key])]),
  );
}

test('what our encoders write is read back, as protobuf and as JSON', () => {
  const [traces, metrics, logs] = [new TraceEncoder(), new MetricsEncoder(), new LogsEncoder()];
  fc.assert(
    fc.property(spansArbitrary, (spans) =>
      expectRoundTrip('traces', traces.encodeCopy(spans, never)),
    ),
    { numRuns: 30 },
  );
  fc.assert(
    fc.property(metricsArbitrary, (collected) =>
      expectRoundTrip('metrics', metrics.encodeCopy(collected)),
    ),
    { numRuns: 30 },
  );
  fc.assert(
    fc.property(logRecordsArbitrary, (records) =>
      expectRoundTrip('logs', logs.encodeCopy(records, never)),
    ),
    { numRuns: 30 },
  );
});

test("both forms of OpenTelemetry's own serializers say the same, spans and metrics", () => {
  const spans = makeSpans(3, {
    attributes: { text: 'größe 🦜', big: 2 ** 53, list: ['a', 'b'], share: 0.5, yes: true },
    events: [{ name: 'x', time: [1, 2], attributes: { a: 1 } }],
  }) as unknown as SdkSpan[];
  const trace = decoded('traces', ProtobufTraceSerializer.serializeRequest(spans)!);
  expect(withoutDefaults(decoded('traces', JsonTraceSerializer.serializeRequest(spans)!))).toEqual(
    withoutDefaults(trace),
  );
  expect(trace.resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0]).toMatchObject({
    name: 'chat gpt-5-mini',
    startTimeUnixNano: '1790000000000000005',
  });

  fc.assert(
    fc.property(metricsArbitrary, (collected) => {
      const sdk = collected as unknown as SdkMetrics;
      // The stock JSON writes numbers that JSON does not have as null.
      const json = JsonMetricsSerializer.serializeRequest(sdk)!;
      fc.pre(!new TextDecoder().decode(json).includes('null'));
      const result = decodeOtlp('metrics', json);
      // And whole numbers that do not fit 64 bits, which protobuf cuts.
      fc.pre(result.ok || !result.reason.endsWith('out of range'));
      expect(result.ok).toBe(true);
      const other = decodeOtlp('metrics', ProtobufMetricsSerializer.serializeRequest(sdk)!);
      expect(result.ok && result.items).toBe(other.ok && other.items);
    }),
    { numRuns: 30 },
  );
});

/** A default may be written or left out. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== 0 && member !== '' && !isEmpty(member))
      .map(([key, member]) => [key, withoutDefaults(member)]),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

test('nothing that is no OTLP throws: noise, damaged requests, cut ones', () => {
  const signals: Signal[] = ['traces', 'metrics', 'logs'];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...signals), (noise, signal) => {
      const result = decodeOtlp(signal, noise);
      if (!result.ok) {
        expect(result.reason).not.toBe('');
        expect(result.offset).toBeLessThanOrEqual(noise.length);
      }
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(...signals), (json, signal) => {
      decodeOtlp(signal, new TextEncoder().encode(`{"resourceSpans":[${json}]}`));
      decodeOtlp(signal, new TextEncoder().encode(json));
    }),
  );
  const body = encodeTraceRequest(makeSpans(3, { attributes: { deep: ['a', 'b'], n: 1.5 } }));
  for (let at = 0; at < body.length; at++) {
    const cut = decodeOtlp('traces', body.subarray(0, at));
    if (at > 0) expect(cut.ok).toBe(false);
    for (const change of [0x01, 0x80, 0xff]) {
      const damaged = Uint8Array.from(body);
      damaged[at]! ^= change;
      decodeOtlp('traces', damaged);
    }
  }
});

test('what is wrong is named, with its place', () => {
  const reject = (json: unknown): string => {
    const result = decodeOtlp('traces', bytesOf(json));
    return result.ok ? 'fine' : result.reason;
  };
  const span = (fields: object): object => ({
    resourceSpans: [{ scopeSpans: [{ spans: [fields] }] }],
  });
  expect(reject({ resourceSpans: {} })).toBe('.resourceSpans is no array');
  expect(reject(span({ traceId: 'xyz' }))).toBe(
    '.resourceSpans[0].scopeSpans[0].spans[0].traceId is no hexadecimal id',
  );
  expect(reject(span({ startTimeUnixNano: '1.5' }))).toContain('is no whole number');
  expect(reject(span({ startTimeUnixNano: '-1' }))).toContain('is out of range');
  expect(reject(span({ kind: true }))).toContain('is no whole number');
  expect(reject(span({ name: 5 }))).toContain('is no text');
  expect(decodeOtlp('traces', Uint8Array.of(0x0a, 0x05, 0x01))).toEqual({
    ok: false,
    reason: 'a field is longer than its message',
    offset: 0,
  });
});

test('numbers of 64 bits are exact, whoever wrote them without quotes', () => {
  const text =
    '{"resourceSpans":[{"scopeSpans":[{"spans":[{"endTimeUnixNano":1790000000000000005}]}]}]}';

  const request = decoded('traces', new TextEncoder().encode(` \n${text}`));

  expect(request.resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0]).toEqual({
    endTimeUnixNano: '1790000000000000005',
  });
});

test('size and depth are bounded, and fields of later versions are passed over', () => {
  const body = encodeTraceRequest([makeSpan()]);
  expect(decodeOtlp('traces', body, { maxBytes: 10 })).toMatchObject({ ok: false, offset: 10 });
  expect(decodeOtlp('traces', body, { maxDepth: 2 })).toMatchObject({
    ok: false,
    reason: 'messages are nested more than 2 deep',
  });
  const nested = `${'{"arrayValue":{"values":['.repeat(5000)}${']}}'.repeat(5000)}`;
  const json = `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":${nested}}]}}]}`;
  expect(decodeOtlp('traces', new TextEncoder().encode(json)).ok).toBe(false);
  const later = decodeOtlp('traces', Uint8Array.from([...body, 0xf8, 0x01, 0x05]));
  expect(later).toMatchObject({ ok: true, items: 1, unknownFields: 1 });
});

test('nothing that it can be given makes it throw', () => {
  const decode = decodeOtlp as (...args: readonly unknown[]) => unknown;
  for (const body of [undefined, null, '{}', 7, {}, [], new ArrayBuffer(2)])
    expect(decode('traces', body)).toEqual({
      ok: false,
      reason: 'the body is no Uint8Array',
      offset: 0,
    });
  for (const signal of [undefined, null, 'spans', 'toString'])
    expect(decode(signal, bytesOf({}))).toMatchObject({ ok: false });
  for (const limits of [null, 7, 'x', { maxBytes: 'x' }, { maxDepth: Number.NaN }])
    expect(decode('traces', bytesOf({}), limits)).toMatchObject({ ok: true });
});

test('what a few bytes would become is bounded: fields, packed values and JSON', () => {
  const emptyAttributes = new Uint8Array(2 * 5000);
  for (let at = 0; at < emptyAttributes.length; at += 2) emptyAttributes[at] = 0x0a;
  // Empty ResourceSpans, of protobuf and of JSON.
  const json = (count: number): Uint8Array =>
    bytesOf({ resourceSpans: Array.from({ length: count }, () => ({})) });
  const reason = 'there are more than 4000 fields (maxFields)';
  for (const body of [emptyAttributes, json(5000)]) {
    expect(decodeOtlp('traces', body, { maxFields: 4000 })).toMatchObject({ ok: false, reason });
    expect(decodeOtlp('traces', body, { maxFields: 12_000 })).toMatchObject({ ok: true });
  }
  expect(decodeOtlp('traces', new Uint8Array(5_000_000))).toMatchObject({ ok: false });
  const many = new Uint8Array(2 * 2_000_001).map((_, at) => (at % 2 === 0 ? 0x0a : 0));
  expect(decodeOtlp('traces', many)).toMatchObject({
    ok: false,
    reason: 'there are more than 2000000 fields (maxFields)',
  });
});

test('JSON that is nested too deep is not even parsed', () => {
  const text = `{"x":${'['.repeat(1_000_000)}`;
  expect(decodeOtlp('traces', new TextEncoder().encode(text))).toEqual({
    ok: false,
    reason: 'objects and arrays are nested more than 202 deep',
    offset: 206,
  });
});

test('whole numbers without quotes keep all their digits, wherever they stand', () => {
  const text = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a \\" 1234567890123456789, {[\\\\",
    "startTimeUnixNano": 1234567890123456789 ,"endTimeUnixNano":1234567890123456790}]}]}]}`;
  const result = decodeOtlp('traces', new TextEncoder().encode(text));
  expect(result).toMatchObject({
    ok: true,
    value: {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  name: 'a " 1234567890123456789, {[\\',
                  startTimeUnixNano: '1234567890123456789',
                  endTimeUnixNano: '1234567890123456790',
                },
              ],
            },
          ],
        },
      ],
    },
  });
});

test('bytes are base64 over the borders of the parts they are made in, and an id that is none is refused', () => {
  const field = (number: number, bytes: Uint8Array): Uint8Array => {
    const { length } = bytes;
    const size = [(length & 127) | 128, ((length >> 7) & 127) | 128, length >> 14];
    return Buffer.concat([Uint8Array.of(number * 8 + 2, ...size), bytes]);
  };
  const inRequest = (span: Uint8Array): Uint8Array => field(1, field(2, field(2, span)));
  const bytes = Uint8Array.from({ length: 30_000 }, (_, at) => at % 251);
  const attribute = field(9, field(2, field(7, bytes)));
  const result = decodeOtlp('traces', inRequest(attribute));
  const bytesValue = Buffer.from(bytes).toString('base64');
  expect(result).toMatchObject({
    ok: true,
    value: {
      resourceSpans: [{ scopeSpans: [{ spans: [{ attributes: [{ value: { bytesValue } }] }] }] }],
    },
  });
  expect(decodeOtlp('traces', inRequest(field(1, bytes)))).toMatchObject({
    ok: false,
    reason: 'an id has 30000 bytes, more than 1024',
  });
});
