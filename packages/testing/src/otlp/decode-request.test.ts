import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DecodeError } from '../protobuf/decode-error.ts';
import { decodeOtlpRequest } from './decode-request.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

/** A length-delimited field. */
function field(number: number, ...content: (Uint8Array | readonly number[])[]): number[] {
  const bytes = content.flatMap((part) => Array.from(part));
  const length =
    bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) + 128, bytes.length >> 7];
  const tag = number * 8 + 2;
  return [...(tag < 128 ? [tag] : [(tag % 128) + 128, tag >> 7]), ...length, ...bytes];
}

const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const ids = [...field(1, hex(TRACE_ID)), ...field(2, hex(SPAN_ID))];
const traceRequest = (...span: (readonly number[])[]): Uint8Array =>
  Uint8Array.from(field(1, field(2, field(2, ...span))));
const decodeSpan = (...span: (readonly number[])[]): ReturnType<typeof decodeOtlpRequest> =>
  decodeOtlpRequest('traces', 'protobuf', traceRequest(...span));
const decodeJson = (span: object): ReturnType<typeof decodeOtlpRequest> =>
  decodeOtlpRequest(
    'traces',
    'json',
    Buffer.from(
      JSON.stringify({
        resourceSpans: [
          { scopeSpans: [{ spans: [{ traceId: TRACE_ID, spanId: SPAN_ID, ...span }] }] },
        ],
      }),
    ),
  );

describe('a protobuf request that is not OTLP is refused', () => {
  test.each([
    ['a trace id of 15 bytes', field(1, hex(TRACE_ID.slice(2))), /instead of 16/],
    ['a span id of 16 bytes', field(2, hex(TRACE_ID)), /an id of 16 bytes instead of 8/],
    ['a trace id of zeros', field(1, new Uint8Array(16)), /only zeros/],
    ['an empty trace id', field(1), /an id of 0 bytes/],
    ['no trace id at all', field(2, hex(SPAN_ID)), 'Span.traceId: missing'],
    ['a parent id of 4 bytes', [...ids, ...field(4, [1, 2, 3, 4])], /Span\.parentSpanId at byte/],
    ['a name as a varint', [...ids, 5 * 8, 1], /wire type 0 for a string, which has 2/],
    ['a message as a fixed32', [...ids, 9 * 8 + 5, 1, 2, 3, 4], /wire type 5 for a message/],
    ['a kind above 31 bits', [...ids, 6 * 8, 0xff, 0xff, 0xff, 0xff, 0x0f], /at most 2147483647/],
    ['a count above 32 bits', [...ids, 10 * 8, 0x80, 0x80, 0x80, 0x80, 0x10], /at most 4294967295/],
    ['a name that is no UTF-8', [...ids, ...field(5, [0xff])], /Span\.name at byte \d+: not valid/],
    ['a name that comes twice', [...ids, ...field(5), ...field(5)], 'Span.name: sent twice'],
    [
      'a boolean of 2',
      [...ids, ...field(9, field(1, [97]), field(2, [0x10, 2]))],
      /AnyValue\.boolValue at byte \d+: 2 where at most 1 fits/,
    ],
    [
      'an attribute with two values',
      [...ids, ...field(9, field(1, [97]), field(2, [0x10, 1, 0x18, 1]))],
      'AnyValue.intValue: a second value',
    ],
    [
      'a key that comes twice',
      [...ids, ...field(9, field(1, [97])), ...field(9, field(1, [97]))],
      'KeyValue.key: "a" sent twice',
    ],
  ])('%s', (_name, span, message) => {
    expect(() => decodeSpan(span)).toThrow(message);
    expect(() => decodeSpan(span)).toThrow(DecodeError);
  });

  test('nesting deeper than 100 messages', () => {
    const attributes = (depth: number): number[] => {
      let value: number[] = [];
      // One list inside the other: AnyValue { ArrayValue { AnyValue … } }
      for (let level = 0; level < depth; level += 1) value = field(5, field(1, value));
      return field(9, field(1, [97]), field(2, value));
    };

    expect(decodeSpan(ids, attributes(20)).spans).toHaveLength(1);
    expect(() => decodeSpan(ids, attributes(60))).toThrow(/nested deeper than 100/);
  });

  test('a good request that was cut anywhere', () => {
    const whole = traceRequest(ids, field(5, Buffer.from('chat')), field(15, [0x18, 2]));

    for (let length = 1; length < whole.length; length += 1)
      expect(() => decodeOtlpRequest('traces', 'protobuf', whole.subarray(0, length))).toThrow(
        DecodeError,
      );
  });

  test('random bytes for every signal', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('traces' as const, 'metrics' as const, 'logs' as const),
        fc.constantFrom('protobuf' as const, 'json' as const),
        (bytes, signal, encoding) => {
          try {
            decodeOtlpRequest(signal, encoding, bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(DecodeError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what proto3 allows is understood', () => {
  test('fields of a newer OTLP are skipped and listed', () => {
    const { spans, unknownFields } = decodeSpan(ids, field(99, [1, 2]));

    expect(spans).toHaveLength(1);
    expect(unknownFields).toEqual(['Span#99']);
  });

  test('a resource may name its entities', () => {
    const entity = field(
      3,
      field(2, Buffer.from('service')),
      field(3, Buffer.from('service.name')),
    );
    const body = Uint8Array.from(field(1, field(1, entity)));

    expect(decodeOtlpRequest('traces', 'protobuf', body).unknownFields).toEqual([]);
  });

  test('absent fields read as defaults', () => {
    expect(decodeSpan(ids).spans[0]).toEqual({
      traceId: TRACE_ID,
      spanId: SPAN_ID,
      parentSpanId: undefined,
      traceState: '',
      flags: 0,
      name: '',
      kind: -1,
      startTimeUnixNano: 0n,
      endTimeUnixNano: 0n,
      attributes: {},
      droppedAttributesCount: 0,
      events: [],
      droppedEventsCount: 0,
      links: [],
      droppedLinksCount: 0,
      status: { code: 0 },
      resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
      scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    });
  });

  test('repeated numbers come packed or one by one', () => {
    const double = (value: number): Uint8Array => new Uint8Array(new Float64Array([value]).buffer);
    const histogram = (...bounds: number[]): Uint8Array =>
      Uint8Array.from(field(1, field(2, field(2, field(9, field(1, bounds))))));
    const packed = histogram(...field(7, double(1.5), double(2)));
    const single = histogram(7 * 8 + 1, ...double(1.5), 7 * 8 + 1, ...double(2));

    for (const body of [packed, single]) {
      const [metric] = decodeOtlpRequest('metrics', 'protobuf', body).metrics;
      expect(metric?.points[0]).toMatchObject({ explicitBounds: [1.5, 2] });
    }
  });

  test('an empty attribute value is null', () => {
    const { spans } = decodeSpan(ids, field(9, field(1, [97]), field(2)), field(9, field(1, [98])));

    expect(spans[0]?.attributes).toEqual({ a: null, b: null });
  });

  test('a key named __proto__ stays a key', () => {
    const { spans } = decodeSpan(
      ids,
      field(9, field(1, Buffer.from('__proto__')), field(2, [0x18, 7])),
    );

    expect(Object.entries(spans[0]?.attributes ?? {})).toEqual([['__proto__', 7]]);
  });

  test('whole numbers keep all 64 bits', () => {
    const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    const max = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    const { spans } = decodeSpan(
      ids,
      field(9, field(1, [97]), field(2, [0x18, ...minusOne])),
      field(9, field(1, [98]), field(2, [0x18, ...max])),
    );

    expect(spans[0]?.attributes).toEqual({ a: -1, b: 2n ** 63n - 1n });
  });
});

describe('OTLP/JSON', () => {
  test('ids are hex in any case, numbers of 64 bits strings or numbers', () => {
    const { spans } = decodeJson({
      traceId: TRACE_ID.toUpperCase(),
      startTimeUnixNano: '1544712660000000001',
      endTimeUnixNano: 1544712661,
      kind: 3,
      status: { code: 2, message: 'quota' },
      attributes: [
        { key: 'int', value: { intValue: '9007199254740993' } },
        { key: 'double', value: { doubleValue: 'Infinity' } },
        { key: 'text', value: { doubleValue: '1.5' } },
        { key: 'bytes', value: { bytesValue: 'AQID' } },
        { key: 'list', value: { arrayValue: { values: [{ boolValue: true }, {}] } } },
        { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: null }] } } },
      ],
    });

    expect(spans[0]).toMatchObject({
      traceId: TRACE_ID,
      kind: 2,
      startTimeUnixNano: 1544712660000000001n,
      endTimeUnixNano: 1544712661n,
      status: { code: 2, message: 'quota' },
      attributes: {
        int: 9007199254740993n,
        double: Infinity,
        text: 1.5,
        bytes: Uint8Array.of(1, 2, 3),
        list: [true, null],
        map: { a: null },
      },
    });
  });

  test('a number that a double cannot hold is read to its last digit', () => {
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"${TRACE_ID}","spanId":"${SPAN_ID}",
      "startTimeUnixNano": 1544712660000000001,
      "attributes":[{"key":"a","value":{"doubleValue":12345678901234567890}}]}]}]}]}`;

    const { spans } = decodeOtlpRequest('traces', 'json', Buffer.from(body));

    expect(spans[0]?.startTimeUnixNano).toBe(1544712660000000001n);
    expect(spans[0]?.attributes).toEqual({ a: Number('12345678901234567890') });
  });

  test.each([
    ['a base64 trace id', { traceId: 'CvdlGRbNQ92ESOshHIAxnA==' }, /instead of 32 hex digits/],
    ['a trace id of zeros', { traceId: '0'.repeat(32) }, /not only zeros/],
    ['an enum by name', { kind: 'SPAN_KIND_CLIENT' }, /Span\.kind: "SPAN_KIND_CLIENT" instead of/],
    ['a negative count', { droppedEventsCount: -1 }, /instead of an uint32/],
    ['a fraction as a time', { startTimeUnixNano: 1.5 }, /instead of an fixed64/],
    ['a time below zero', { startTimeUnixNano: '-1' }, /instead of an fixed64/],
    ['an object instead of a list', { events: {} }, /instead of an array/],
    ['a list instead of a message', { status: [] }, /Status: \[\] instead of an object/],
    ['a number as a name', { name: 7 }, /Span\.name: 7 instead of a string/],
    ['text as a boolean', { attributes: [{ key: 'a', value: { boolValue: 'true' } }] }, /true or/],
    ['a word as a double', { attributes: [{ key: 'a', value: { doubleValue: 'x' } }] }, /a number/],
    ['broken base64', { attributes: [{ key: 'a', value: { bytesValue: '%' } }] }, /base64/],
    ['a missing span id', { spanId: null }, 'Span.spanId: missing'],
  ])('%s is refused', (_name, span, message) => {
    expect(() => decodeJson(span)).toThrow(message);
  });

  test('names in snake case are unknown fields', () => {
    expect(decodeJson({ trace_state: 'a=b' }).unknownFields).toEqual(['Span#trace_state']);
  });

  test('text that is not JSON or not UTF-8 is refused', () => {
    expect(() => decodeOtlpRequest('logs', 'json', Buffer.from('{'))).toThrow(/not JSON/);
    expect(() => decodeOtlpRequest('logs', 'json', Uint8Array.of(0xff))).toThrow(/UTF-8/);
    expect(() => decodeOtlpRequest('logs', 'json', Buffer.from('7'))).toThrow(/an object/);
  });
});
