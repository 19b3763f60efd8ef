import { createContext, runInContext } from 'node:vm';
import type { Signal } from '@llm-otel/core';
import { decodeOtlpRequest } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeLogRecord } from '../../test/fixtures/log-records.ts';
import { makeSpan, resource } from '../../test/fixtures/spans.ts';
import { otlpJson } from '../json/otlp-json.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';
import { LogsEncoder } from './logs-encoder.ts';
import { MetricsEncoder } from './metrics-encoder.ts';
import { TraceEncoder } from './trace-encoder.ts';

const never = (_item: unknown, error: unknown): never => {
  throw error;
};

function metricsWith(attributes: object): ResourceMetrics {
  const dataPoints = [{ startTime: [1, 0], endTime: [2, 0], attributes, value: 7 }];
  const descriptor = { name: 'calls', description: '', unit: '', valueType: 0 };
  const metric = { descriptor, dataPoints, dataPointType: 3, aggregationTemporality: 1 };
  const scopeMetrics = [{ scope: { name: 'test' }, metrics: [metric] }];
  return { resource, scopeMetrics } as unknown as ResourceMetrics;
}

interface Placed {
  readonly where: string;
  readonly signal: Signal;
  /** A request with the value somewhere in it. */
  readonly encode: (value: unknown) => Uint8Array;
}

const attributesWith = (value: unknown): Attributes => {
  const attributes: object = { before: 'x', value, after: 'y' };
  return attributes as Attributes;
};
const context = makeSpan().spanContext();

const places: readonly Placed[] = [
  {
    where: 'an attribute of a span',
    signal: 'traces',
    encode: (value) =>
      new TraceEncoder().encodeCopy([makeSpan({ attributes: attributesWith(value) })], never),
  },
  {
    where: 'an event of a span',
    signal: 'traces',
    encode(value) {
      const events = [
        { name: 'e', time: [1, 0] as [number, number], attributes: attributesWith(value) },
      ];
      return new TraceEncoder().encodeCopy([makeSpan({ events })], never);
    },
  },
  {
    where: 'a link of a span',
    signal: 'traces',
    encode: (value) =>
      new TraceEncoder().encodeCopy(
        [makeSpan({ links: [{ context, attributes: attributesWith(value) }] })],
        never,
      ),
  },
  {
    where: 'the body of a log record',
    signal: 'logs',
    encode: (value) =>
      new LogsEncoder().encodeCopy([makeLogRecord({ body: attributesWith(value) })], never),
  },
  {
    where: 'an attribute of a log record',
    signal: 'logs',
    encode: (value) =>
      new LogsEncoder().encodeCopy([makeLogRecord({ attributes: attributesWith(value) })], never),
  },
  {
    where: 'an attribute of a data point',
    signal: 'metrics',
    encode: (value) => new MetricsEncoder().encodeCopy(metricsWith(attributesWith(value))),
  },
  {
    where: 'an attribute of a resource',
    signal: 'traces',
    encode: (value) =>
      new TraceEncoder().encodeCopy(
        [makeSpan({ resource: { attributes: attributesWith(value) } })],
        never,
      ),
  },
];

function boom(): never {
  throw new Error('no');
}
const cyclic: Record<string, unknown> = { name: 'loop' };
cyclic['self'] = cyclic;
cyclic['again'] = [cyclic, { deeper: cyclic }];
const [left, right]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
left['right'] = right;
right['left'] = left;
const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ inner }), 'core');
const revoked = Proxy.revocable([], {});
revoked.revoke();
class Account {
  readonly id = 7;
  #secret = 'hidden';
  get owner(): string {
    return this.#secret;
  }
  toJSON(): unknown {
    return { secret: this.#secret };
  }
}

const text = (value: string) => ({ stringValue: value });
const map = (...values: { key: string; value: unknown }[]) => ({ kvlistValue: { values } });
const list = (...values: unknown[]) => ({ arrayValue: { values } });
const nothing = {};
const emptyMap = { kvlistValue: {} };

const values: readonly [string, unknown, unknown][] = [
  ['a bigint', 2n ** 62n, { intValue: '4611686018427387904' }],
  ['a negative bigint', -(2n ** 63n), { intValue: '-9223372036854775808' }],
  ['a bigint beyond 64 bits', 2n ** 64n, text('18446744073709551616')],
  ['a symbol', Symbol('s'), nothing],
  ['a function', boom, nothing],
  ['undefined', undefined, nothing],
  ['null', null, nothing],
  ['NaN', Number.NaN, { doubleValue: 'NaN' }],
  ['Infinity', -Infinity, { doubleValue: '-Infinity' }],
  ['-0', -0, { intValue: '0' }],
  ['a Map', new Map([['a', 1]]), emptyMap],
  ['a huge Set', new Set(Array.from({ length: 100_000 }, (_, i) => i)), emptyMap],
  ['a Date', new Date(0), emptyMap],
  ['an Error', new Error('no'), emptyMap],
  ['an instance of a class', new Account(), map({ key: 'id', value: { intValue: '7' } })],
  ['floats', new Float32Array([1.5, 2]), list({ doubleValue: 1.5 }, { intValue: '2' })],
  ['64 bits', new BigInt64Array([-1n]), list({ intValue: '-1' })],
  [
    'bytes of another realm',
    runInContext('new Uint8Array([1, 255])', createContext()),
    { bytesValue: 'Af8=' },
  ],
  ['half a surrogate pair', 'a\ud800b', text('a\ufffdb')],
  [
    'a key of half a surrogate pair',
    { '\udc00': 1 },
    map({ key: '\ufffd', value: { intValue: '1' } }),
  ],
  [
    'a key called __proto__',
    JSON.parse('{"__proto__":1}'),
    map({ key: '__proto__', value: { intValue: '1' } }),
  ],
  [
    'an object without a prototype',
    Object.assign(Object.create(null), { a: 'b' }),
    map({ key: 'a', value: text('b') }),
  ],
  ['holes', [, 1], list(nothing, { intValue: '1' })], // oxlint-disable-line no-sparse-arrays -- a hole is what is tried
  [
    'a list with an iterator that does not end',
    Object.assign([1], {
      *[Symbol.iterator]() {
        for (;;) yield 1;
      },
    }),
    list({ intValue: '1' }),
  ],
];

const marked: readonly [string, unknown, string, number][] = [
  ['an object that holds itself', cyclic, '[circular]', 3],
  ['objects that hold each other', left, '[circular]', 1],
  ['a value of 100 levels', deep, '[too_deep]', 1],
  [
    'a getter that throws',
    {
      get boom() {
        return boom();
      },
    },
    '[unreadable]',
    1,
  ],
  [
    'one that throws inside',
    {
      list: [
        {
          get boom() {
            return boom();
          },
        },
        1,
      ],
    },
    '[unreadable]',
    1,
  ],
  ['a proxy that throws for its keys', new Proxy({}, { ownKeys: boom }), '[unreadable]', 1],
  [
    'a proxy that throws for its members',
    new Proxy({ a: 1, b: 2 }, { get: boom }),
    '[unreadable]',
    2,
  ],
  ['a proxy that was revoked', revoked.proxy, '[unreadable]', 1],
  [
    'a list that throws',
    new Proxy([1, 2], { get: (target, key) => (key === '1' ? boom() : Reflect.get(target, key)) }),
    '[unreadable]',
    1,
  ],
  [
    'a list that claims to have no end',
    new Proxy([], { get: (_target, key) => (key === 'length' ? Infinity : 'x') }),
    '[too_large]',
    1,
  ],
  ['a list of four billion holes', Object.assign([], { length: 4_000_000_000 }), '[too_large]', 1],
];

test.each(places)('$where holds any value, as protobuf and as JSON', ({ signal, encode }) => {
  for (const [what, value, expected] of values) {
    const body = encode(value);
    const json = otlpJson(body, signal);

    expect(decodeOtlpRequest(signal, 'protobuf', body).unknownFields, what).toEqual([]);
    expect(decodeOtlpRequest(signal, 'json', Buffer.from(json)).unknownFields, what).toEqual([]);
    expect(valueIn(JSON.parse(json)), what).toEqual(expected);
  }
});

test.each(places)(
  '$where has a mark where there is no value, and nothing else is lost',
  ({ where, signal, encode }) => {
    for (const [what, value, mark, count] of marked) {
      const body = encode(value);
      const json = otlpJson(body, signal);

      expect(decodeOtlpRequest(signal, 'protobuf', body).unknownFields, what).toEqual([]);
      const marks = json.split(`"${mark}"`).length - 1;
      // What comes behind a list without an end in the same body has no room either, and says so.
      expect([count, where.startsWith('the body') ? count + 1 : count], what).toContain(marks);
      expect(json).toContain('"after"');
      // A resource has such a number too, and data points have none.
      if (signal !== 'metrics' && !where.includes('resource'))
        expect(json, what).toContain(`"droppedAttributesCount":${marks}`);
    }
  },
);

test('a value that holds others many times over without a cycle is bounded in time and in bytes', () => {
  let bomb: unknown = 'x'.repeat(1_000_000);
  for (let level = 0; level < 25; level++) bomb = [bomb, bomb];

  const body = new LogsEncoder().encodeCopy([makeLogRecord({ body: bomb })], never);

  expect(body.length).toBeLessThan(70_000_000);
  expect(Buffer.from(body).includes('[too_large]')).toBe(true);
});

test('values with anything in them are written, as JSON they are the same', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
    withBoxedValues: true,
    withObjectString: true,
    withUnicodeString: true,
  } as fc.ObjectConstraints);
  fc.assert(
    fc.property(anything, fc.constantFrom(...places), (value, { signal, encode }) => {
      const body = encode(value);
      const decoded = decodeOtlpRequest(signal, 'protobuf', body);
      const json = decodeOtlpRequest(signal, 'json', Buffer.from(otlpJson(body, signal)));
      expect([decoded.unknownFields, json.unknownFields]).toEqual([[], []]);
    }),
    { numRuns: 500 },
  );
});

/** What stands under the key `value`, wherever that is. */
function valueIn(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return undefined;
  const { key, value } = node as { key?: unknown; value?: unknown };
  if (key === 'value') return value;
  for (const child of Object.values(node)) {
    const found = valueIn(child);
    if (found !== undefined) return found;
  }
  return undefined;
}
