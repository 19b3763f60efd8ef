// Of some work it is known only later when it was over: nobody tells that a stream is left, until it is garbage.
import { context, diag } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { createGenAi } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

afterEach(() => context.disable());

function record() {
  const recording = recordSignals();
  // The time of spans is not that of the test's clock.
  diag.setLogger({ ...console, verbose: () => undefined, warn: vi.fn() });
  return { ...recording, genAi: createGenAi(recording) };
}

async function* chunks(): AsyncGenerator<number> {
  for (let chunk = 0; ; chunk++) yield chunk;
}

test('a stream that is dropped was over with its last chunk', async () => {
  const { genAi, clock, spans, points } = record();
  const call = genAi.startInference({ provider: 'p', stream: true });
  const stream = call.stream(chunks());
  clock.advance(1000);
  await stream.next();
  clock.advance(60_000);
  call.dropped();

  expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('dropped');
  const duration = (await points()).find(({ metric }) => metric.endsWith('inference.duration'));
  expect(duration?.sum).toBe(1);
});

test('one of which nothing was read was over when it was there', async () => {
  const { genAi, clock, points } = record();
  const call = genAi.startInference({ provider: 'p', stream: true });
  clock.advance(2000);
  call.stream(chunks());
  clock.advance(60_000);
  call.dropped();

  const duration = (await points()).find(({ metric }) => metric.endsWith('inference.duration'));
  expect(duration?.sum).toBe(2);
});

test('a call that is left before its answer has come is no error', () => {
  const { genAi, spans } = record();
  genAi.startInference({ provider: 'p', stream: true }).cancelled();

  expect(spans()[0]?.attributes['llm_otel.stream.outcome']).toBe('cancelled');
  expect(spans()[0]?.status.code).toBe(0);
});

test('a run of an agent was over as of a time before', async () => {
  const { genAi, clock, spans, points } = record();
  const run = genAi.startAgentRun({ agent: { name: 'a' } });
  clock.advance(5000);
  run.endAsOf(3000);
  run.end();

  expect(spans()).toHaveLength(1);
  const duration = (await points()).find(({ metric }) => metric.endsWith('invoke_agent.duration'));
  expect(duration?.sum).toBe(2);
});

test('where telemetry is off, nothing of it does anything', () => {
  const off = createGenAi();
  const call = off.startInference({ provider: 'p' });
  expect(() => {
    call.cancelled();
    call.dropped();
    off.startAgentRun({ agent: {} }).endAsOf(1);
  }).not.toThrow();
});
