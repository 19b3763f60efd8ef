// A model call around whose client an instrumentation of ours observes as well.
import { context } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { afterEach, expect, test } from 'vitest';
import { countForeignCalls, createGenAi, openAiChatStream } from '../src/index.ts';
import { type RecordedPoint, recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

const request = { provider: 'openai', model: 'gpt-5-mini' } as const;
const usage = { inputTokens: 60, outputTokens: 40 };

/** All but durations, whose sums differ from run to run. */
function summed(points: readonly RecordedPoint[]): RecordedPoint[] {
  return points.filter(({ metric }) => !metric.endsWith('duration'));
}

test('metrics have it once', async () => {
  const once = recordSignals();
  const twice = recordSignals();

  createGenAi(once).inference(request, (call) => call.recordResponse({ usage }));
  const genAi = createGenAi(twice);
  genAi.inference(request, (call) => {
    genAi.inference(request, (inside) => inside.recordResponse({ usage }));
    call.recordResponse({ usage });
  });

  const points = await once.points();
  expect(points.length).toBeGreaterThan(2);
  const pointsOfTwo = await twice.points();
  expect(summed(pointsOfTwo)).toEqual(summed(points));
  expect(pointsOfTwo.map(({ metric, count }) => [metric, count])).toEqual(
    points.map(({ metric, count }) => [metric, count]),
  );
});

test('where the one inside fails and the one around was answered, metrics have the tokens of that', async () => {
  const recording = recordSignals();
  const genAi = createGenAi(recording);

  genAi.inference(request, (call) => {
    const inside = genAi.startInference(request);
    inside.fail(new Error('refused'));
    call.recordResponse({ usage });
  });

  const points = summed(await recording.points());
  expect(points.map(({ sum }) => sum)).toEqual(expect.arrayContaining([60, 40, 95]));
});

const chunk = (more: object): object => ({ id: 'c-1', choices: [], ...more });

async function* answer(): AsyncGenerator<object> {
  yield chunk({ choices: [{ index: 0, delta: { content: 'Hi' } }] });
  yield chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  yield chunk({ usage: { prompt_tokens: 60, completion_tokens: 40 } });
}

test.each([
  ['read to its end', Number.POSITIVE_INFINITY, 60],
  ['left early', 1, 0],
])('a stream that both observe is one call where it is %s', async (_, chunks, tokens) => {
  const recording = recordSignals();
  const genAi = createGenAi(recording);

  const stream = genAi.inference({ ...request, stream: true }, (call) => {
    const observed = genAi.startInference({ ...request, stream: true });
    return call.stream(observed.stream(answer(), openAiChatStream), openAiChatStream);
  });
  let read = 0;
  for await (const _chunk of stream) if (++read === chunks) break;

  const spans = recording.spans();
  expect(spans).toHaveLength(2);
  const told = spans.map(({ attributes }) => Number(attributes['gen_ai.usage.input_tokens'] ?? 0));
  expect(told[0]! + told[1]!).toBe(tokens);
  const points = await recording.points();
  for (const name of [
    'gen_ai.client.inference.duration',
    'gen_ai.client.inference.time_to_first_chunk',
  ])
    expect(points.filter(({ metric }) => metric === name).map(({ count }) => count)).toEqual([1]);
});

test('a long stream that both observe has the times of its chunks once', async () => {
  const recording = recordSignals();
  const genAi = createGenAi(recording);
  async function* long(): AsyncGenerator<object> {
    for (let n = 0; n < 600; n++) yield chunk({ choices: [{ index: 0, delta: { content: 'a' } }] });
  }

  const stream = genAi.inference({ ...request, stream: true }, (call) => {
    const observed = genAi.startInference({ ...request, stream: true });
    return call.stream(observed.stream(long(), openAiChatStream), openAiChatStream);
  });
  for await (const _chunk of stream);

  const points = await recording.points();
  const times = points.filter(({ metric }) => metric.endsWith('time_per_output_chunk'));
  expect(times.map(({ count }) => count)).toEqual([599]);
});

test('metrics have a call that another library’s span inside tells, though it had another name for the model', async () => {
  const recording = recordSignals();
  const provider = new TracerProvider({ spanProcessors: [countForeignCalls()(recordSpans())] });
  const genAi = createGenAi({ ...recording, tracer: provider.getTracer('application') });
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-5-mini',
    'gen_ai.response.id': 'r-1',
    'gen_ai.usage.input_tokens': 60,
    'gen_ai.usage.output_tokens': 40,
  };

  genAi.inference({ provider: 'openai', model: 'newest' }, (call) => {
    provider.getTracer('foreign').startSpan('call', { attributes }).end();
    call.recordResponse({ id: 'r-1', model: 'gpt-5-mini', usage });
  });

  const points = await recording.points();
  const sums = Object.fromEntries(points.map(({ metric, sum }) => [metric, sum]));
  expect(sums).toMatchObject({
    'gen_ai.client.inference.usage.input_tokens': 60,
    'gen_ai.client.inference.usage.output_tokens': 40,
    'llm_otel.client.inference.cost': 95,
  });
  const durations = points.filter(({ metric }) => metric === 'gen_ai.client.inference.duration');
  expect(durations.map(({ count }) => count)).toEqual([1]);
});
