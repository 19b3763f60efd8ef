import { decodeOtlpRequest } from '@llm-otel/testing';
import type { Resource } from '@llm-otel/core';
import type { Attributes } from '@opentelemetry/api';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan as SdkSpan } from '@opentelemetry/sdk-trace';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSpan, makeSpans, spansArbitrary } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from './encode-trace-request.ts';
import { TraceEncoder } from './trace-encoder.ts';
import { writeUtf8Portably } from './write-utf8.ts';

const stock = (spans: readonly unknown[]): Buffer =>
  Buffer.from(ProtobufTraceSerializer.serializeRequest(spans as SdkSpan[]) ?? []);
const never = (_span: unknown, error: unknown): never => {
  throw error;
};

test('any spans are written byte for byte as by the serializer of OpenTelemetry', () => {
  const encoder = new TraceEncoder();
  fc.assert(
    fc.property(spansArbitrary, (spans) => {
      expect(Buffer.from(encoder.encodeCopy(spans, never)).equals(stock(spans))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('without Buffer the bytes are the same', () => {
  const encoder = new TraceEncoder({
    allocate: (size) => new Uint8Array(size),
    writeUtf8: writeUtf8Portably,
  });
  fc.assert(
    fc.property(spansArbitrary, (spans) => {
      expect(Buffer.from(encoder.encodeCopy(spans, never)).equals(stock(spans))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('another decoder reads back what was written', () => {
  const bytes = new Uint8Array([0, 255, 7]);
  const attributes = {
    text: 'größe „東京“ 🦜',
    broken: 'half \ud83d pair',
    big: 2 ** 60,
    fraction: 0.5,
    nothing: null,
    list: ['a', 1, { deep: [true] }],
    bytes,
  } as unknown as Attributes;

  const { spans, unknownFields } = decodeOtlpRequest(
    'traces',
    'protobuf',
    encodeTraceRequest([makeSpan({ attributes })]),
  );

  expect(unknownFields).toEqual([]);
  expect(spans).toHaveLength(1);
  expect(spans[0]?.attributes).toEqual({
    ...attributes,
    broken: 'half \ufffd pair',
    big: BigInt(2 ** 60),
    bytes: expect.objectContaining({ length: 3 }),
  });
});

test('a request larger than the first buffer is whole', () => {
  const spans = makeSpans(40, {
    attributes: { prompt: 'x'.repeat(9000), other: 'ü'.repeat(3000) },
  });

  expect(Buffer.from(encodeTraceRequest(spans)).equals(stock(spans))).toBe(true);
});

test('more keys than the cache holds are written all the same', () => {
  const attributes = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`key.${i}`, i]));
  const spans = [makeSpan({ attributes }), makeSpan({ attributes })];

  expect(Buffer.from(encodeTraceRequest(spans)).equals(stock(spans))).toBe(true);
});

test('a span that cannot be read is left out, and the others are not', () => {
  const broken = Object.defineProperty({ ...makeSpan() }, 'attributes', {
    get() {
      throw new Error('no');
    },
  });
  const good = makeSpans(2);
  const unreadable: unknown[] = [];

  const request = new TraceEncoder().encodeCopy([good[0]!, broken, good[1]!], (span) => {
    unreadable.push(span);
  });

  expect(unreadable).toEqual([broken]);
  expect(Buffer.from(request).equals(stock(good))).toBe(true);
});

test('a resource or a scope that cannot be read takes its own spans with it, once each', () => {
  const boom = (): never => {
    throw new Error('no');
  };
  const hostile = Object.defineProperty({}, 'attributes', { get: boom }) as Resource;
  const spans = [
    makeSpan(),
    makeSpan({ resource: hostile }),
    makeSpan({ instrumentationScope: Object.assign(hostile, { name: 'bad' }) }),
    Object.defineProperty({ ...makeSpan() }, 'resource', { get: boom }),
  ];
  const unreadable: unknown[] = [];

  const request = new TraceEncoder().encodeCopy(spans, (span) => unreadable.push(span));

  expect(unreadable).toHaveLength(3);
  expect(decodeOtlpRequest('traces', 'protobuf', request).spans).toHaveLength(1);
});

test('a lease keeps its bytes while the encoder goes on, and its memory is used again after release', () => {
  const encoder = new TraceEncoder();
  const first = encoder.encode(makeSpans(3), never);
  first.use();
  const expected = Buffer.from(first.bytes);

  const second = encoder.encode(makeSpans(5), never);
  second.use();
  expect(Buffer.from(first.bytes).equals(expected)).toBe(true);
  const memory = first.bytes.buffer;
  first.release();
  encoder.encode(makeSpans(1), never);
  const third = encoder.encode(makeSpans(1), never);

  expect(third.bytes.buffer).toBe(memory);
});

test('kept bytes survive the reuse of the memory they were in', () => {
  const encoder = new TraceEncoder();
  const lease = encoder.encode(makeSpans(3), never);
  lease.use();
  lease.use();
  const expected = Buffer.from(lease.bytes);

  lease.keep();
  lease.release();
  lease.release();
  for (let i = 0; i < 10; i++) encoder.encode(makeSpans(4), never);

  expect(Buffer.from(lease.bytes).equals(expected)).toBe(true);
});
