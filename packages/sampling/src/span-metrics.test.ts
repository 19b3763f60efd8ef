import type { Meter } from '@opentelemetry/api';
import { InvalidOptionError, type ReadableSpan } from '@llm-otel/core';
import { describe, expect, test } from 'vitest';
import { metricReader, type Point } from '../test/metric-reader.ts';
import { span, type SpanOptions } from '../test/spans.ts';
import { NONE, policyOf } from '../test/tail-harness.ts';
import { spanMetrics, type SpanMetricsOptions, tailSampling } from './index.ts';

const CALLS = 'traces.span.metrics.calls';
const quiet = { sampledOut: () => undefined, dropped: () => undefined };

function setUp(options: Omit<SpanMetricsOptions, 'meter'> = {}): {
  end: (options?: SpanOptions) => void;
  calls: () => Promise<readonly Point[]>;
  durations: () => Promise<readonly Point[]>;
  passed: ReadableSpan[];
} {
  const { meter, collect } = metricReader();
  const passed: ReadableSpan[] = [];
  const stage = spanMetrics({ meter, ...options })({ onEnd: (one) => passed.push(one) }, quiet);
  return {
    end: (options) => stage.onEnd(span(options)),
    calls: async () => (await collect())[CALLS] ?? [],
    durations: async () => (await collect())['traces.span.metrics.duration'] ?? [],
    passed,
  };
}

describe('metrics from spans', () => {
  test('are of all spans, whatever the tail sampler keeps', async () => {
    const { meter, collect } = metricReader();
    const passed: ReadableSpan[] = [];
    const tail = tailSampling(policyOf(NONE))({ onEnd: (one) => passed.push(one) }, quiet);
    const stage = spanMetrics({ meter })(tail, quiet);
    for (let at = 0; at < 10; at++) stage.onEnd(span({ name: 'chat' }));
    tail.drain?.();

    expect(passed).toEqual([]);
    expect((await collect())[CALLS]?.[0]?.value).toBe(10);
  });

  test('have service, name, kind and status, and what is listed; nothing else', async () => {
    const { end, calls, durations, passed } = setUp({ dimensions: ['gen_ai.request.model'] });
    const attributes = { 'gen_ai.request.model': 'gpt-5', 'user.id': 'secret', 'app.n': 4 };
    end({ name: 'chat', attributes, end: 250, error: true });
    end({ name: 'chat', end: 750 });

    const base = { 'service.name': 'desk', 'span.name': 'chat', 'span.kind': 'SPAN_KIND_INTERNAL' };
    const failed = { ...base, 'status.code': 'STATUS_CODE_ERROR', 'gen_ai.request.model': 'gpt-5' };
    expect(await calls()).toEqual([
      { attributes: failed, value: 1 },
      { attributes: { ...base, 'status.code': 'STATUS_CODE_UNSET' }, value: 1 },
    ]);
    expect((await durations())[0]?.value).toMatchObject({ sum: 0.25, count: 1 });
    expect(passed).toHaveLength(2);
  });

  test('have a thousand combinations at most, and the rest is counted together', async () => {
    const { end, calls } = setUp();
    for (let at = 0; at < 1500; at++) end({ name: `job ${at}` });
    end({ name: 'job 7' });

    const points = await calls();
    expect(points).toHaveLength(1001);
    expect(
      points.find(({ attributes }) => attributes['otel.metric.overflow'] === true)?.value,
    ).toBe(500);
    expect(points.find(({ attributes }) => attributes['span.name'] === 'job 7')?.value).toBe(2);
  });

  test('a span that cannot be read goes on, uncounted', () => {
    const passed: unknown[] = [];
    const { meter } = metricReader();
    const stage = spanMetrics({ meter, dimensions: ['a'] })(
      { onEnd: (one) => passed.push(one) },
      quiet,
    );
    const hostile = {
      ...span(),
      get attributes(): never {
        throw new Error('gone');
      },
    };
    stage.onEnd(hostile);

    expect(passed).toEqual([hostile]);
  });

  test('more than 16 dimensions are refused', () => {
    const dimensions = Array.from({ length: 17 }, (_, at) => `a${at}`);

    expect(() => spanMetrics({ meter: {} as Meter, dimensions })).toThrow(InvalidOptionError);
  });
});
