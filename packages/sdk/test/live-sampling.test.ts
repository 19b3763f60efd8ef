// A policy that is exchanged while the process runs, and what can be seen of it.
import { createGenAi } from '@llm-otel/llm-conventions';
import { samplingPolicy } from '@llm-otel/sampling';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const errorsOnly: SamplingPolicy = {
  version: 1,
  revision: 'first',
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'others', keep: 'none' },
  ],
};
const everything: SamplingPolicy = { version: 1, rules: [{ name: 'everything', keep: 'all' }] };

test('an update of the policy is in force for the next trace, and shares and decisions arrive as metrics', async () => {
  const live = samplingPolicy(errorsOnly);
  const { telemetry, sink } = await startWithSink({ sampling: live });
  const tracer = telemetry.tracer('app');
  tracer.startSpan('dropped').end();
  await telemetry.forceFlush();

  live.update(everything);
  tracer.startSpan('kept').end();
  await telemetry.shutdown();

  expect(sink.spans.map(({ name }) => name)).toEqual(['kept']);
  const points = (name: string): unknown =>
    sink.metrics.findLast((metric) => metric.name === `llm_otel.sampling.${name}`);
  expect(points('share')).toMatchObject({
    points: expect.arrayContaining([
      expect.objectContaining({
        attributes: { 'llm_otel.sampling.rule': 'everything' },
        value: 1,
      }),
    ]),
  });
  expect(points('decisions')).toMatchObject({
    points: expect.arrayContaining([
      expect.objectContaining({ attributes: { 'llm_otel.sampling.cause': 'certain' } }),
    ]),
  });
});

test('the name of a preset is a policy', async () => {
  const { telemetry, sink } = await startWithSink({ strict: true, sampling: 'errors-only' });
  const tracer = telemetry.tracer('app');
  tracer.startSpan('fine').end();
  tracer.startSpan('failed').setStatus({ code: 2 }).end();
  await telemetry.shutdown();

  expect(sink.spans.map(({ name }) => name)).toEqual(['failed']);
});

test('the limits of tail sampling are options', async () => {
  const { telemetry, sink } = await startWithSink({
    sampling: {
      version: 1,
      rules: [
        { name: 'errors', when: { error: true }, keep: 'all' },
        { name: 'half', keep: { ratio: 1 } },
      ],
    },
    samplingLimits: { maxSpansPerTrace: 1 },
  });
  telemetry.tracer('app').startSpan('one').end();

  expect(telemetry.ledger()[0]?.undecided).toBe(0);
  await telemetry.shutdown();
  expect(sink.spans.map(({ attributes }) => attributes['llm_otel.sampling.rule'])).toEqual([
    'half',
  ]);
});

test('the local root has the tokens and the cost of its model calls, for a Collector that decides by single spans', async () => {
  const { telemetry, sink } = await startWithSink();
  const genAi = createGenAi();
  await telemetry.tracer('app').startActiveSpan('ticket', async (root) => {
    for (let call = 0; call < 2; call++) {
      await genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, async (inference) => {
        inference.recordResponse({ usage: { inputTokens: 1000, outputTokens: 500 } });
      });
    }
    root.end();
  });
  await telemetry.shutdown();

  const root = sink.spans.find(({ name }) => name === 'ticket');
  const costs = sink.spans.map(({ attributes }) =>
    Number(attributes['llm_otel.cost.micro_usd'] ?? 0),
  );
  expect(root?.attributes['llm_otel.trace.tokens']).toBe(3000);
  expect(Number(root?.attributes['llm_otel.trace.cost.micro_usd'])).toBe(
    costs.reduce((sum, cost) => sum + cost, 0),
  );
  expect(sink.spans.filter(({ attributes }) => 'llm_otel.trace.tokens' in attributes)).toHaveLength(
    1,
  );
});
