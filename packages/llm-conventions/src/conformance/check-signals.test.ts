import { expect, test } from 'vitest';
import { recordSignals } from '../../test/record-signals.ts';
import { createGenAi } from '../gen-ai.ts';
import { checkEventConformance } from './check-event.ts';
import { checkMetricConformance } from './check-metric.ts';

const evaluation = {
  eventName: 'gen_ai.evaluation.result',
  attributes: { 'gen_ai.evaluation.name': 'relevance' },
};
const duration = {
  name: 'gen_ai.invoke_workflow.duration',
  unit: 's',
  points: [
    {
      attributes: { 'gen_ai.workflow.name': 'desk' },
      boundaries: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200],
    },
  ],
};

test('an event or metric as the conventions have it passes', () => {
  expect(checkEventConformance(evaluation).passed).toBe(true);
  expect(checkMetricConformance(duration).passed).toBe(true);
});

test.each([
  [{ ...evaluation, attributes: {} }, 'is missing'],
  [{ ...evaluation, eventName: 'gen_ai.choice' }, 'is gone from the conventions'],
  [{ ...evaluation, eventName: undefined }, 'is no event of them'],
  [{ ...evaluation, body: 'text' }, 'it has a body; everything it says is in attributes'],
  [
    { eventName: 'gen_ai.client.operation.exception', attributes: {}, severityNumber: 17 },
    'is missing, and so is exception.type',
  ],
  [
    {
      eventName: 'gen_ai.client.operation.exception',
      attributes: { 'exception.type': 'E' },
      severityNumber: 17,
    },
    'the severity is 17; it is 13',
  ],
])('an event is refused: %j', (event, message) => {
  const { errors } = checkEventConformance(event);

  expect(errors.map((error) => error.message)).toContain(message);
});

test.each([
  [{ ...duration, unit: 'ms' }, 'the unit is "ms"; it is "s"'],
  [{ ...duration, name: 'gen_ai.workflow.duration' }, 'is now gen_ai.invoke_workflow.duration'],
  [{ ...duration, name: 'gen_ai.client.token.usage' }, 'is gone from the conventions'],
  [{ ...duration, name: 'app.duration' }, 'is no metric of the conventions'],
  [
    { ...duration, points: [{ attributes: {}, boundaries: [1, 2] }] },
    'the buckets are 1, 2; advised are 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200',
  ],
  [
    { name: 'gen_ai.client.inference.duration', unit: 's', points: [{ attributes: {} }] },
    'is missing',
  ],
])('a metric is refused: %j', (metric, message) => {
  const { errors } = checkMetricConformance(metric);

  expect(errors.map((error) => error.message)).toContain(message);
});

test('metrics are checked as the SDK collects them', async () => {
  const { tracer, meter, metrics } = recordSignals();
  createGenAi({ tracer, meter }).inference({ provider: 'openai', model: 'gpt-5' }, (call) =>
    call.recordResponse({ usage: { inputTokens: 3, outputTokens: 2 } }),
  );
  meter.createHistogram('gen_ai.invoke_workflow.duration', { unit: 'ms' }).record(1);

  const reports = new Map(
    (await metrics()).map((metric) => [metric.descriptor.name, checkMetricConformance(metric)]),
  );

  const messages = (name: string): (string | undefined)[] | undefined =>
    reports.get(name)?.errors.map(({ message }) => message);
  expect(messages('gen_ai.client.inference.duration')).toEqual([]);
  expect(messages('gen_ai.invoke_workflow.duration')).toEqual([
    'the unit is "ms"; it is "s"',
    expect.stringContaining('the buckets are 0, 5, 10'),
  ]);
});

test.each([[null], [undefined], [{}], [{ descriptor: null, dataPoints: [] }], [{ dataPoints: 1 }]])(
  'what is no metric is told as such: %j',
  (metric) => {
    expect(checkMetricConformance(metric as never).errors[0]?.message).toMatch(/^is no metric/);
  },
);
