// `startTelemetry()` in front of a real Collector, as in production: one endpoint for traces and metrics.
import { ledgerErrors } from '@llm-otel/core';
import { createAgentTracing, createGenAi } from '@llm-otel/sdk/agents';
import { type ReadableSpan, recordSpans, startOtlpSink } from '@llm-otel/testing';
import { freePorts, startCollector } from '@llm-otel/tooling/collector';
import { expect, test } from 'vitest';
import { startWithSink } from '../start-with-sink.ts';

const CALLS = 200;

test('traces and metrics of agent runs arrive behind a Collector as they were recorded, and the ledger agrees', async () => {
  await using behind = await startOtlpSink();
  const [port] = await freePorts(1);
  const pipeline = {
    receivers: ['otlp'],
    processors: ['memory_limiter', 'batch'],
    exporters: ['otlp_http'],
  };
  await using _collector = await startCollector({
    config: {
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
      processors: {
        memory_limiter: { check_interval: '1s', limit_mib: 512, spike_limit_mib: 128 },
        batch: { timeout: '50ms', send_batch_size: 100 },
      },
      exporters: { otlp_http: { endpoint: behind.url } },
      service: {
        telemetry: { metrics: { level: 'none' } },
        pipelines: { traces: pipeline, metrics: pipeline },
      },
    },
  });
  const recorder = recordSpans();
  const { telemetry } = await startWithSink({
    serviceName: 'support-desk',
    content: 'span',
    endpoint: `http://127.0.0.1:${port}`,
    environment: { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
    spanProcessors: [recorder],
  });
  const agents = createAgentTracing();
  const genAi = createGenAi({ content: telemetry.content });

  for (let call = 0; call < CALLS; call++) {
    await agents.run({ agent: { name: 'writer' }, conversationId: `c-${call}` }, () =>
      genAi.inference(
        {
          provider: 'openai',
          model: 'gpt-4o-mini',
          inputMessages: [{ role: 'user', parts: [{ type: 'text', content: `größe ${call}` }] }],
        },
        async (inference) =>
          inference.recordResponse({
            model: 'gpt-4o-mini-2024-07-18',
            usage: { inputTokens: 100 + call, outputTokens: 7 },
            finishReasons: ['stop'],
          }),
      ),
    );
  }
  await expect(telemetry.shutdown()).resolves.toMatchObject({
    complete: true,
    problems: [],
    spooled: 0,
    rejected: 0,
    dropped: 0,
  });
  await behind.waitFor(({ spans, metrics }) => spans.length >= 2 * CALLS && metrics.length > 0);

  expect([...behind.errors, ...behind.unknownFields]).toEqual([]);
  expect(behind.duplicateSpans).toEqual([]);
  const attributesOf = (
    spans: readonly { readonly name: string; readonly attributes: object; readonly id: string }[],
  ): unknown =>
    Object.fromEntries(spans.map(({ id, name, attributes }) => [id, { name, ...attributes }]));
  expect(attributesOf(behind.spans.map((span) => ({ ...span, id: span.spanId })))).toEqual(
    attributesOf(
      recorder.spans.map((span) => ({
        id: span.spanContext().spanId,
        name: span.name,
        attributes: { ...span.attributes, ...traceTotalsOf(span) },
      })),
    ),
  );
  expect(behind.spans[0]?.resource.attributes).toMatchObject({ 'service.name': 'support-desk' });

  const metric = (name: string): unknown => behind.metrics.find((one) => one.name === name)?.points;
  expect(metric('gen_ai.client.inference.operation.input_tokens')).toMatchObject([
    {
      attributes: { 'gen_ai.request.model': 'gpt-4o-mini' },
      count: CALLS,
      sum: (CALLS * (2 * 100 + CALLS - 1)) / 2,
    },
  ]);
  expect(metric('gen_ai.client.inference.duration')).toMatchObject([{ count: CALLS }]);

  const ledgers = telemetry.ledger();
  expect(ledgers.flatMap(ledgerErrors)).toEqual([]);
  expect(ledgers[0]).toMatchObject({
    ended: 2 * CALLS,
    destinations: { otlp: { exported: 2 * CALLS } },
  });
});

/** What the pipeline adds to the local root: here a run is all of its trace. */
function traceTotalsOf({ parentSpanContext, attributes }: ReadableSpan): object {
  if (parentSpanContext !== undefined) return {};
  const input = Number(attributes['llm_otel.rollup.usage.input_tokens']);
  const output = Number(attributes['llm_otel.rollup.usage.output_tokens']);
  return {
    'llm_otel.trace.tokens': input + output,
    'llm_otel.trace.cost.micro_usd': attributes['llm_otel.rollup.cost.micro_usd'],
  };
}
