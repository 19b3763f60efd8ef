import { Ledger, type SpanProcessor } from '@llm-otel/core';
import { fakeClock } from '@llm-otel/testing';
import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { headSampler, tailSamplingProcessor } from '../index.ts';
import type { SamplingPolicy } from '../policy/index.ts';
import { span } from '../../test/spans.ts';

const POLICY: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'others', keep: 'none' },
  ],
};

test('behind it the stock batch processor exports traces with an error and nothing else', async () => {
  const exporter = new InMemorySpanExporter();
  const ledger = new Ledger();
  const wrap = tailSamplingProcessor(POLICY, { report: ledger, clock: fakeClock() });
  const provider = new TracerProvider({
    sampler: headSampler(POLICY, { tail: true }),
    spanProcessors: [wrap(new BatchSpanProcessor({ exporter }))],
  });
  const tracer = provider.getTracer('test');

  tracer.startSpan('good').end();
  const bad = tracer.startSpan('bad');
  bad.setStatus({ code: 2 });
  bad.end();
  await provider.forceFlush();

  const [kept, ...others] = exporter.getFinishedSpans();
  expect(others).toEqual([]);
  expect(kept?.name).toBe('bad');
  expect(kept?.attributes['llm_otel.sampling.rule']).toBe('errors');
  expect(ledger.snapshot().sampledOut).toEqual({ others: 1 });
  await provider.shutdown();
});

test('a processor that throws costs its span only, and a shutdown decides before it goes on', async () => {
  const calls: string[] = [];
  const next: SpanProcessor = {
    onStart: () => calls.push('start'),
    onEnd({ name }) {
      calls.push(name);
      throw new Error('full');
    },
    forceFlush: async () => void calls.push('flush'),
    shutdown: async () => void calls.push('shutdown'),
  };
  const clock = fakeClock();
  const processor = tailSamplingProcessor(
    { version: 1, rules: [{ name: 'half', keep: { ratio: 0.5 } }] },
    { clock },
  )(next);

  processor.onEnd(span({ name: 'first' }));
  processor.onEnd(span({ name: 'second' }));
  await processor.shutdown();

  expect(calls).toEqual(['first', 'second', 'shutdown']);
  expect(clock.pendingTimers).toEqual([]);
});
