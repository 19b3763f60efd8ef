import { startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { runNode } from './run-node.ts';

// Node.js ends with this where the event loop runs empty in the middle of an await.
const UNSETTLED = 13;

test.each(['forceFlush', 'shutdown', 'end', 'signal'] as const)(
  'beside a span processor that never answers, nothing else in the process: %s sends the metrics',
  async (mode) => {
    await using sink = await startOtlpSink();

    const { code, signal, stdout, stderr } = await runNode(['hanging-processor.ts', mode], {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    }).ended;

    expect(stderr).toBe('');
    expect(stdout).toBe('answered');
    expect([code, signal]).toEqual(mode === 'signal' ? [null, 'SIGTERM'] : [0, null]);
    expect(sink.spans.map(({ name }) => name)).toEqual(['work']);
    expect(sink.metrics.map(({ name }) => name)).toContain('work.count');
  },
);

test('the providers of core answer beside it as well', async () => {
  const { code, stdout } = await runNode(['hanging-processor.ts', 'providers']).ended;

  expect(code).not.toBe(UNSETTLED);
  expect(stdout).toBe('answered');
});
