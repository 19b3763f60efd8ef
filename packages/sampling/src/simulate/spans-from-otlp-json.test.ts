import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spansFromOtlpJson } from './spans-from-otlp-json.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const CHILD = '00f067aa0ba902b7';

const request = (spans: object[], service = 'desk'): object => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [{ scope: { name: 'lib' }, spans }],
    },
  ],
});
const root = { traceId: TRACE, spanId: PARENT, name: 'root' };

describe('recorded OTLP/JSON', () => {
  test('a span with everything', () => {
    const [span] = spansFromOtlpJson(
      JSON.stringify(
        request([
          {
            traceId: TRACE.toUpperCase(),
            spanId: CHILD,
            parentSpanId: PARENT,
            traceState: 'ot=th:8',
            flags: 0x301,
            name: 'chat',
            kind: 3,
            startTimeUnixNano: '1767225600900000001',
            endTimeUnixNano: '1767225601000000000',
            status: { code: 2, message: 'overloaded' },
            attributes: [
              { key: 'text', value: { stringValue: 'a' } },
              { key: 'flag', value: { boolValue: false } },
              { key: 'int', value: { intValue: '42' } },
              { key: 'double', value: { doubleValue: 0.5 } },
              { key: 'bytes', value: { bytesValue: 'AQI=' } },
              { key: 'list', value: { arrayValue: { values: [{ intValue: 1 }, {}] } } },
              {
                key: 'map',
                value: { kvlistValue: { values: [{ key: 'in', value: { stringValue: 'b' } }] } },
              },
              { key: '__proto__', value: { stringValue: 'c' } },
            ],
            events: [
              {
                name: 'gen_ai.evaluation.result',
                timeUnixNano: '1767225600950000000',
                attributes: [{ key: 'gen_ai.evaluation.score.value', value: { doubleValue: 0.2 } }],
              },
            ],
            links: [{ attributes: [{ key: 'kind', value: { stringValue: 'hand_over' } }] }],
          },
        ]),
      ),
    );

    expect(span).toMatchObject({
      name: 'chat',
      kind: 2,
      parentSpanContext: { traceId: TRACE, spanId: PARENT, isRemote: true },
      startTime: [1767225600, 900_000_001],
      endTime: [1767225601, 0],
      duration: [0, 99_999_999],
      status: { code: 2, message: 'overloaded' },
      resource: { attributes: { 'service.name': 'desk' } },
      instrumentationScope: { name: 'lib' },
      events: [{ name: 'gen_ai.evaluation.result', time: [1767225600, 950_000_000] }],
      links: [{ attributes: { kind: 'hand_over' } }],
    });
    expect(Object.entries(span?.attributes ?? {})).toEqual([
      ['text', 'a'],
      ['flag', false],
      ['int', 42],
      ['double', 0.5],
      ['bytes', 'AQI='],
      ['list', [1, undefined]],
      ['map', expect.objectContaining({ in: 'b' })],
      ['__proto__', 'c'],
    ]);
    expect(span?.spanContext().traceState?.serialize()).toBe('ot=th:8');
    expect(span?.spanContext()).toMatchObject({ traceId: TRACE, spanId: CHILD, traceFlags: 1 });
  });

  test.each([
    ['one request', (one: object) => JSON.stringify(one, undefined, 2), 1],
    ['a list of them', (one: object) => JSON.stringify([one, one]), 2],
    ['one a line', (one: object) => `${JSON.stringify(one)}\n\n${JSON.stringify(one)}\n`, 2],
    ['metrics between', (one: object) => `{"resourceMetrics":[]}\n${JSON.stringify(one)}`, 1],
  ])('%s', (_, write, count) => {
    expect(spansFromOtlpJson(write(request([root])))).toHaveLength(count);
  });

  test('where it does not say, a parent of another process or outside the recording is remote', () => {
    const child = { ...root, spanId: CHILD, parentSpanId: PARENT };
    const lost = { ...root, spanId: '1'.repeat(16), parentSpanId: '2'.repeat(16) };
    const lines = [request([root, child, lost]), request([child], 'api')];
    const spans = spansFromOtlpJson(JSON.stringify(lines));

    expect(spans.map(({ parentSpanContext }) => parentSpanContext?.isRemote)).toEqual([
      undefined,
      false,
      true,
      true,
    ]);
  });

  test('kinds and states as words, and unknown ones', () => {
    const kinds = ['SPAN_KIND_CONSUMER', 'SPAN_KIND_SERVER', 5, 0, 99, 'nonsense', undefined];
    const spans = spansFromOtlpJson(
      JSON.stringify(request(kinds.map((kind) => Object.assign({ kind }, root)))),
    );
    expect(spans.map(({ kind }) => kind)).toEqual([4, 1, 4, 0, 0, 0, 0]);

    const codes = ['STATUS_CODE_OK', 1, 'STATUS_CODE_ERROR', 2, 0, 'x'];
    const states = codes.map((code) => Object.assign({ status: { code } }, root));
    expect(
      spansFromOtlpJson(JSON.stringify(request(states))).map(({ status }) => status.code),
    ).toEqual([1, 1, 2, 2, 0, 0]);
  });

  test('a span without ids is left out, and a wrong line is named', () => {
    const wrong = [{}, { ...root, traceId: '0'.repeat(32) }, { ...root, spanId: 'short' }, null];

    expect(spansFromOtlpJson(JSON.stringify(request(wrong as object[])))).toEqual([]);
    expect(() => spansFromOtlpJson('{"a":1}\n{"b":')).toThrow(/^line 2 is no JSON/);
  });

  test('any JSON is read or left out, and nesting without end does no harm', () => {
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, spans) => {
        spansFromOtlpJson(text);
        spansFromOtlpJson(JSON.stringify(request([{ ...root, attributes: spans, events: spans }])));
        spansFromOtlpJson(JSON.stringify({ resourceSpans: spans }));
      }),
    );
    const nesting = 10_000;
    const value = `${'{"arrayValue":{"values":['.repeat(nesting)}{}${']}}'.repeat(nesting)}`;
    const deep = { ...root, attributes: [{ key: 'deep', value: 'VALUE' }] };
    const text = JSON.stringify(request([deep])).replace('"VALUE"', value);

    expect(spansFromOtlpJson(text)).toHaveLength(1);
  });
});
