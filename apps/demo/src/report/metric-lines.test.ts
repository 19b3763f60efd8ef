import type { DecodedMetric } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { domainMetrics, metricLines } from './metric-lines.ts';

function metric(name: string, unit: string, data: object): DecodedMetric {
  return {
    name,
    unit,
    ...data,
    resource: { attributes: { 'service.name': 'desk' } },
  } as unknown as DecodedMetric;
}

const sum = (isMonotonic: boolean, ...values: bigint[]): object => ({
  type: 'sum',
  isMonotonic,
  points: values.map((value) => ({ value })),
});

test('the newest value of each metric of the applications is a line, others are left out', () => {
  const facts = domainMetrics([
    metric('support.tickets.answered', '{ticket}', sum(true, 1n)),
    metric('support.tickets.answered', '{ticket}', sum(true, 3n)),
    metric('support.tools.failed', '{call}', sum(true, 1n, 2n)),
    metric('support.tickets.open', '{ticket}', sum(false, 2n)),
    metric('support.articles', '{article}', { type: 'gauge', points: [{ value: 5n }] }),
    metric('worker.message.duration', 's', {
      type: 'histogram',
      points: [{ count: 2n, sum: 0.5 }],
    }),
    metric('gen_ai.client.operation.duration', 's', sum(true, 1n)),
  ]);

  expect(metricLines(facts)).toEqual([
    '  support.articles          gauge      5',
    '  support.tickets.answered  counter    3',
    '  support.tickets.open      gauge      2',
    '  support.tools.failed      counter    3',
    '  worker.message.duration   histogram  2 × 0.25 s on average',
  ]);
});

test('a histogram without values says so', () => {
  const [fact] = domainMetrics([
    metric('support.ticket.duration', 's', { type: 'histogram', points: [] }),
  ]);

  expect(fact?.value).toBe('nothing yet');
});
