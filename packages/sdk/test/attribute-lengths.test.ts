import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const LENGTH = 300;
const long = 'word '.repeat(LENGTH / 5);
const SPAN = 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT';
const LOG = 'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT';
const COMMON = 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT';

test.each<[string, object, { span: number; log: number }]>([
  ['of spans', { environment: { [SPAN]: '80' } }, { span: 80, log: LENGTH }],
  ['of log records', { environment: { [LOG]: '90' } }, { span: LENGTH, log: 90 }],
  ['of both', { environment: { [COMMON]: '100' } }, { span: 100, log: 100 }],
  [
    'of each its own',
    { environment: { [SPAN]: '80', [LOG]: '90', [COMMON]: '100' } },
    { span: 80, log: 90 },
  ],
  [
    'without redaction',
    { environment: { [COMMON]: '100' }, redaction: false },
    { span: 100, log: 100 },
  ],
  [
    'where code gives the policy one, that one',
    { environment: { [SPAN]: '80' }, redaction: { version: 1, maxValueLength: 200 } },
    { span: 200, log: 200 },
  ],
])('the length limit holds for attributes alone: %s', async (name, options, { span, log }) => {
  const { telemetry, sink } = await startWithSink({
    logs: true,
    resourceAttributes: { 'app.note': long },
    ...options,
  });

  telemetry
    .tracer()
    .startSpan('work', { attributes: { note: long } })
    .addEvent('step', { note: long })
    .end();
  telemetry.logger().emit({ body: { text: long }, attributes: { note: long } });
  const counter = telemetry.meter().createCounter('calls');
  for (const end of ['a', 'b']) counter.add(1, { note: long + end });
  await telemetry.shutdown();

  const lengthOf = (value: unknown): number => String(value).length;
  const [sent] = sink.spans;
  expect(
    [sent?.attributes, sent?.events[0]?.attributes].map((of) => lengthOf(of?.['note'])),
  ).toEqual([span, span]);
  expect(lengthOf(sink.logs[0]?.attributes['note'])).toBe(log);
  if (name.includes('policy')) return;
  expect(sink.logs[0]?.body).toEqual({ text: long });
  expect(sent?.resource.attributes['app.note']).toBe(long);
  const points = sink.metrics.find((metric) => metric.name === 'calls')?.points;
  expect(points?.map(({ attributes }) => attributes['note'])).toEqual([`${long}a`, `${long}b`]);
});
