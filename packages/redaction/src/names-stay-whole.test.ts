import { expect, test } from 'vitest';
import { openAiKey } from '../test/made-secrets.ts';
import { redactLogs } from './redact-logs.ts';
import { redactMetrics } from './redact-metrics.ts';
import { redactSpans } from './redact-spans.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ version: 1, maxValueLength: 8 });
const name = 'gen_ai.client.operation.duration';
const hidden = `${name} ${openAiKey}`;
const shown = `${name} [REDACTED:openai_api_key]`;
const resource = { attributes: { 'service.instance.id': 'a'.repeat(20) } };
const cut = { attributes: { 'service.instance.id': 'aaaaaaaa' } };

test('the length of values cuts no name and no unit of a metric, and no key', () => {
  const descriptor = (text: string) => ({ name: text, description: 'd', unit: '{operations}' });
  const metrics = (text: string, value: string) => ({
    resource: value === 'aaaaaaaa' ? cut : resource,
    scopeMetrics: [
      {
        scope: { name: text },
        metrics: [
          { descriptor: descriptor(text), dataPoints: [{ attributes: { [name]: value } }] },
        ],
      },
    ],
  });

  const redacted = redactMetrics(redactor)(metrics(hidden, 'a'.repeat(20)));

  expect(redacted).toMatchObject(metrics(shown, 'aaaaaaaa'));
});

test('nor of a span, its events, a scope, a log record and its severity', () => {
  const times = { startTime: [0, 0], endTime: [0, 0] };
  const span = (text: string, value: string) => ({
    ...times,
    spanContext: () => ({ traceId: '1', spanId: '2', traceFlags: 1 }),
    name: text,
    attributes: { [name]: value },
    events: [{ name: text, attributes: {} }],
    links: [],
    status: { code: 0 },
    resource,
    instrumentationScope: { name: text },
  });
  type Span = Parameters<ReturnType<typeof redactSpans>['transform']>[0];
  const left = redactSpans(redactor).transform(span(hidden, 'a'.repeat(9)) as unknown as Span);
  const { name: spanName, attributes, events, instrumentationScope } = left;

  expect({ spanName, attributes, events, instrumentationScope }).toMatchObject({
    spanName: shown,
    attributes: { [name]: 'aaaaaaaa' },
    events: [{ name: shown }],
    instrumentationScope: { name: shown },
  });

  type Log = Parameters<ReturnType<typeof redactLogs>['transform']>[0];
  const record = {
    eventName: hidden,
    severityText: 'INFORMATION',
    body: 'a'.repeat(9),
    attributes: {},
    resource,
    instrumentationScope: { name: 'a' },
  };
  const { eventName, severityText, body } = redactLogs(redactor).transform(
    record as unknown as Log,
  );

  expect({ eventName, severityText, body }).toEqual({
    eventName: shown,
    severityText: 'INFORMATION',
    body: 'aaaaaaaa',
  });
});
