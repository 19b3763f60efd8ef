// The compiled tiers with several back ends: what each of them gets.
import { createHmac } from 'node:crypto';
import type { ReadableSpan } from '@llm-otel/core';
import { type DecodedSpan, startOtlpSink } from '@llm-otel/testing';
import { freePorts } from '@llm-otel/tooling/collector';
import { expect, test } from 'vitest';
import { sendAll, startCompiled } from './gateway.ts';
import { madeTraces } from './made-traces.ts';

const noQueue = { sending_queue: { enabled: false } };
const everything = { version: 1, rules: [{ name: 'half', keep: { ratio: 0.5 } }] } as const;

const isGenAi = ({ attributes }: { readonly attributes: object }): boolean =>
  'gen_ai.operation.name' in attributes || 'gen_ai.provider.name' in attributes;
const idsOf = (spans: readonly DecodedSpan[]): string[] =>
  spans.map(({ traceId, spanId }) => `${traceId}/${spanId}`).toSorted();

test('an exporter with only: gen_ai gets the model spans of the traces that the others get whole', async () => {
  await using whole = await startOtlpSink();
  await using models = await startOtlpSink();
  await using gateway = await startCompiled({
    tier: 'gateway',
    input: {
      sampling: everything,
      exporters: [
        { type: 'otlp_http', endpoint: whole.url },
        { type: 'otlp_http', name: 'models', endpoint: models.url, only: 'gen_ai' },
      ],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
    override: { exporters: { otlp_http: noQueue, 'otlp_http/models': noQueue } },
  });
  const spans = madeTraces(400, 7);

  await sendAll(spans, gateway.tracesUrl);
  await gateway.collector.stop();

  const traces = new Set(whole.spans.map(({ traceId }) => traceId));
  expect(traces.size).toBeGreaterThan(150);
  expect(traces.size).toBeLessThan(250);
  expect(models.spans.length).toBeGreaterThan(100);
  expect(models.spans.length).toBeLessThan(whole.spans.length);
  expect(idsOf(models.spans)).toEqual(idsOf(whole.spans.filter((span) => isGenAi(span))));
});

test('Prometheus finds the metrics of applications where the configuration says', async () => {
  const [port] = await freePorts(1);
  await using gateway = await startCompiled({
    tier: 'gateway',
    input: {
      exporters: [{ type: 'prometheus', endpoint: `127.0.0.1:${port}` }],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
  });
  const point = { asInt: '3', timeUnixNano: `${Date.now()}000000`, attributes: [] };
  const metric = {
    name: 'tickets',
    unit: '{ticket}',
    sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints: [point] },
  };
  const sent = await fetch(gateway.tracesUrl.replace('/v1/traces', '/v1/metrics'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }),
  });
  expect(sent.status).toBe(200);

  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

  expect(page).toMatch(/^tickets_total(\{.*\})? 3$/m);
});

test('the action hash puts the same HMAC in the place of the same value', async () => {
  await using sink = await startOtlpSink();
  const key = 'made up for this test, and longer than it must be';
  await using gateway = await startCompiled({
    tier: 'gateway',
    env: { REDACTION_HASH_KEY: key },
    input: {
      redaction: {
        version: 1,
        presets: ['pii'],
        detectors: { add: ['crypto'], drop: ['us_ssn'] },
        tools: false,
        actions: { email_address: 'hash' },
      },
      exporters: [{ type: 'otlp_http', endpoint: sink.url }],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
    override: { exporters: { otlp_http: noQueue } },
  });
  const email = ['ada', 'example.com'].join('@');
  const number = ['536', '22', '8726'].join('-');
  const [base] = madeTraces(1, 3) as [ReadableSpan];
  const attributes = {
    note: `from ${email}`,
    again: email,
    number,
    wallet: `0x${'a1'.repeat(20)}`,
    'gen_ai.tool.call.arguments': '{}',
    'gen_ai.input.messages': '[]',
  };

  await sendAll([{ ...base, attributes }], gateway.tracesUrl);
  await gateway.collector.stop();

  const hash = createHmac('sha256', key).update(email).digest('hex');
  expect(sink.spans[0]?.attributes).toEqual({
    note: `from ${hash}`,
    again: hash,
    number,
    wallet: '****',
    'gen_ai.input.messages': '[]',
  });
});

test('an agent says where it runs, of resources that do not say it themselves', async () => {
  await using sink = await startOtlpSink();
  await using agent = await startCompiled({
    tier: 'agent',
    env: { OTEL_RESOURCE_ATTRIBUTES: 'host.name=node-7,cloud.region=here' },
    input: {
      exporters: [{ type: 'debug' }],
      fleet: {
        platform: 'none',
        gateways: ['gateway:4317'],
        resourceDetection: ['env', 'docker', 'system'],
      },
    },
    override: {
      exporters: { otlp_http: { endpoint: sink.url } },
      service: { pipelines: { traces: { exporters: ['otlp_http'] } } },
    },
  });
  const [base] = madeTraces(1, 4) as [ReadableSpan];
  const own = { attributes: { 'service.name': 'desk', 'cloud.region': 'there' } };

  await sendAll([{ ...base, resource: own }], agent.tracesUrl);
  await sink.waitFor(1);

  expect(sink.spans[0]?.resource.attributes).toMatchObject({
    'service.name': 'desk',
    'cloud.region': 'there',
    'host.name': 'node-7',
    'os.type': 'linux',
  });
});
