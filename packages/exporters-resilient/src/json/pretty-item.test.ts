import { expect, test } from 'vitest';
import { makeLogRecord } from '../../test/fixtures/log-records.ts';
import { resource } from '../../test/fixtures/spans.ts';
import { makeSpan } from '../../test/fixtures/spans.ts';
import { consoleDestination } from '../destinations/console-destination.ts';
import { resilientExporter } from '../exporter/resilient-exporter.ts';
import { resilientLogExporter } from '../exporter/resilient-log-exporter.ts';
import { resilientMetricExporter } from '../exporter/resilient-metric-exporter.ts';
import type { ResourceMetrics } from '../metrics/metric-types.ts';

const ignore = (): void => undefined;

function output(format: 'json' | 'pretty' | 'otlp') {
  const lines: string[] = [];
  return {
    lines,
    destinations: [consoleDestination({ format, write: (line) => lines.push(line) })],
  };
}

test('a span for people: what it was, how long it took, how it ended, and no escape sequences', async () => {
  const { lines, destinations } = output('pretty');
  const span = makeSpan({
    name: 'chat \u001b[31mred',
    status: { code: 2, message: 'rate\nlimit' },
    attributes: { 'gen_ai.request.model': 'gpt-5-mini', prompt: 'x'.repeat(500) },
    events: [{ name: 'first token', time: [1_790_000_000, 500_000_000] }],
  });

  const exporter = resilientExporter({ destinations });
  exporter.export([span], ignore);
  await exporter.forceFlush();

  const { traceId, spanId } = span.spanContext();
  expect(lines).toEqual([
    [
      `span chat  [31mred [client] 1250 ms, error (rate limit)  ${traceId}/${spanId}`,
      '    gen_ai.request.model = gpt-5-mini',
      `    prompt = ${'x'.repeat(120)}… (500 characters)`,
      '    * first token at 2026-09-21T14:13:20.500Z',
    ].join('\n'),
  ]);
});

test('log records and metrics are printed as well', async () => {
  const pretty = output('pretty');
  const json = output('json');
  const record = makeLogRecord({ eventName: 'gen_ai.choice', body: { role: 'user' } });
  const point = { startTime: [1, 0], endTime: [2, 0], attributes: { model: 'm' } };
  const metrics = {
    resource,
    scopeMetrics: [
      {
        scope: { name: 'test' },
        metrics: [
          {
            descriptor: { name: 'calls', description: '', unit: '{call}', valueType: 0 },
            aggregationTemporality: 1,
            dataPointType: 3,
            isMonotonic: true,
            dataPoints: [{ ...point, value: 7 }],
          },
        ],
      },
    ],
  } as unknown as ResourceMetrics;

  for (const { destinations } of [pretty, json]) {
    const logs = resilientLogExporter({ destinations });
    logs.export([record], ignore);
    await logs.forceFlush();
    resilientMetricExporter({ destinations }).export(metrics, ignore);
  }

  expect(pretty.lines).toEqual([
    '2026-09-21T14:13:20.000Z INFO gen_ai.choice: {"role":"user"}\n    gen_ai.operation.name = chat',
    'metric calls [sum] {call}\n    7 {"model":"m"}',
  ]);
  expect(json.lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { severity: 'INFO', body: { role: 'user' }, resource: { 'service.name': 'support-desk' } },
    { name: 'calls', type: 'sum', points: [{ value: 7, attributes: { model: 'm' } }] },
  ]);
});

test('for tools there is OTLP/JSON, a line for each batch', async () => {
  const { lines, destinations } = output('otlp');

  const exporter = resilientExporter({ destinations });
  exporter.export([makeSpan(), makeSpan()], ignore);
  await exporter.forceFlush();

  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 3 }, { kind: 3 }] }] }],
  });
});

test('a format that does not exist is refused', () => {
  expect(() => consoleDestination({ format: 'xml' as never })).toThrow(
    'format is "xml": use json, pretty or otlp',
  );
});

test('no character turns the line around, ends it or moves the cursor', async () => {
  const { lines, destinations } = output('pretty');
  const hostile = [0x1b, 0x9b, 0x202e, 0x2066, 0x2028, 0x200b, 0xfeff, 0x7f, 0xe0001];
  const exporter = resilientExporter({ destinations });

  const text = hostile.map((code) => `a${String.fromCodePoint(code)}`).join('');
  exporter.export([makeSpan({ name: text, attributes: { text } })], ignore);
  await exporter.forceFlush();

  const printed = lines.join();
  expect(printed).toContain(`text = ${'a '.repeat(hostile.length)}`);
  for (const code of hostile) expect(printed).not.toContain(String.fromCodePoint(code));
});
