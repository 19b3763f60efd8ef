// What model calls cost, as metrics at a receiver.
import { createGenAi } from '@llm-otel/sdk/agents';
import {
  type DecodedMetric,
  type ModelScript,
  type OtlpSink,
  startModelEmulator,
} from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { ANTHROPIC_MODEL, chat, OPENAI_MODEL, streamedMessage } from './observed-clients.ts';
import { startWithSink } from './start-with-sink.ts';

const question = { messages: [{ role: 'user' as const, content: 'Where is my parcel?' }] };
const scripts: ModelScript[] = [
  { usage: { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 400, reasoningTokens: 50 } },
  { usage: { inputTokens: 3000, outputTokens: 100, cacheReadTokens: 0, reasoningTokens: 0 } },
  { usage: { inputTokens: 2000, outputTokens: 300, cacheReadTokens: 500, cacheWriteTokens: 100 } },
];

/** Two calls of OpenAI and a streamed one of Anthropic, and everything that was measured in them. */
async function threeCalls(): Promise<OtlpSink> {
  await using emulator = await startModelEmulator({ scripts });
  const { telemetry, sink } = await startWithSink();
  const genAi = createGenAi();
  await chat(genAi, emulator, question);
  await chat(genAi, emulator, question);
  for await (const _ of await streamedMessage(genAi, emulator, 'Where is it?'));
  await telemetry.shutdown();
  return sink;
}

function metricNamed(sink: OtlpSink, wanted: string): DecodedMetric {
  const found = sink.metrics.filter(({ name }) => name === wanted);
  expect(found.map(({ name }) => name)).toEqual([wanted]);
  return found[0]!;
}

/** The points of `metric`, by the model that was asked. */
function byModel({ points }: DecodedMetric): Record<string, DecodedMetric['points'][number]> {
  return Object.fromEntries(
    points.map((point) => [point.attributes['gen_ai.request.model'] as string, point]),
  );
}

test('token_metrics_export: tokens arrive as counters, added up for each model', async () => {
  const sink = await threeCalls();

  const expected: [string, number, number][] = [
    ['input_tokens', 4000, 2000],
    ['output_tokens', 300, 300],
    ['cache_read.input_tokens', 400, 500],
    // Both report it; the answer of Anthropic had none.
    ['reasoning.output_tokens', 50, 0],
  ];
  for (const [name, openai, anthropic] of expected) {
    const metric = metricNamed(sink, `gen_ai.client.inference.usage.${name}`);
    expect(metric).toMatchObject({ type: 'sum', isMonotonic: true, unit: '{token}' });
    const { [OPENAI_MODEL]: ofOpenAi, [ANTHROPIC_MODEL]: ofAnthropic } = byModel(metric);
    expect(ofOpenAi).toMatchObject({
      value: openai,
      attributes: { 'gen_ai.provider.name': 'openai', 'gen_ai.operation.name': 'chat' },
    });
    expect(ofAnthropic).toMatchObject({ value: anthropic });
  }
  const written = metricNamed(sink, 'gen_ai.client.inference.usage.cache_write.input_tokens');
  expect(byModel(written)[ANTHROPIC_MODEL]).toMatchObject({ value: 100 });
  expect([...sink.errors, ...sink.unknownFields]).toEqual([]);
});

test('token_metrics_export: tokens of one call and its duration arrive as histograms with the buckets of the conventions', async () => {
  const sink = await threeCalls();

  const input = metricNamed(sink, 'gen_ai.client.inference.operation.input_tokens');
  expect(input).toMatchObject({ type: 'histogram', unit: '{token}' });
  expect(byModel(input)[OPENAI_MODEL]).toMatchObject({ count: 2, sum: 4000, min: 1000, max: 3000 });
  const duration = metricNamed(sink, 'gen_ai.client.inference.duration');
  expect(duration).toMatchObject({ type: 'histogram', unit: 's' });
  expect(byModel(duration)[OPENAI_MODEL]).toMatchObject({
    count: 2,
    explicitBounds: [
      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ],
  });
  const firstChunk = metricNamed(sink, 'gen_ai.client.inference.time_to_first_chunk');
  expect(firstChunk).toMatchObject({ unit: 's', points: [{ count: 1 }] });
});

test('cost_calculation_accuracy: the cost of real calls arrives on their spans and as a metric', async () => {
  const sink = await threeCalls();

  // 600 x 0.25 + 400 x 0.025 + 200 x 2 and 3000 x 0.25 + 100 x 2.
  // 1400 x 1 + 500 x 0.1 + 100 x 1.25 + 300 x 5.
  const costs = [560, 950, 3075];
  expect(sink.spans.map(({ attributes }) => attributes['llm_otel.cost.micro_usd'])).toEqual(costs);
  const cost = metricNamed(sink, 'llm_otel.client.inference.cost');
  expect(cost).toMatchObject({ type: 'sum', isMonotonic: true, unit: '{micro_usd}' });
  const { [OPENAI_MODEL]: openai, [ANTHROPIC_MODEL]: anthropic } = byModel(cost);
  expect(openai).toMatchObject({ value: 1510 });
  expect(anthropic).toMatchObject({ value: 3075 });
});
