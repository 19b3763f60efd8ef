import { createAgentTracing } from '@llm-otel/sdk/agents';
import { InMemoryLogRecordExporter, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

test('log_trace_correlation: a log record carries the ids of the span it was written in, however deep', async () => {
  const exporter = new InMemoryLogRecordExporter();
  const { telemetry, sink } = await startWithSink({
    logRecordProcessors: [new SimpleLogRecordProcessor({ exporter })],
  });
  const log = (body: string): void => telemetry.logger('desk').emit({ body });
  const agents = createAgentTracing();

  log('outside');
  await agents.run({ agent: { name: 'researcher' } }, async (run) => {
    log('invoke_agent researcher');
    await run.step('look up', async () => {
      await new Promise(setImmediate);
      log('step look up');
      await run.tool({ name: 'search' }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        log('execute_tool search');
      });
    });
  });
  await telemetry.forceFlush();

  const ids = new Map(sink.spans.map(({ name, traceId, spanId }) => [name, { traceId, spanId }]));
  const records = exporter.getFinishedLogRecords();
  expect(ids.size).toBe(3);
  expect(records.map(({ body }) => body)).toEqual([
    'outside',
    'invoke_agent researcher',
    'step look up',
    'execute_tool search',
  ]);
  for (const { body, spanContext } of records.slice(1))
    expect(spanContext).toMatchObject(ids.get(String(body))!);
  expect(records[0]?.spanContext).toBeUndefined();
});
