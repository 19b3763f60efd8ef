// Compiled agents and gateways together: whole traces over two gateways, and gateways that end and come back.
import type { ReadableLogRecord, ReadableSpan } from '@llm-otel/core';
import { otlpDestination, resilientLogExporter } from '@llm-otel/exporters-resilient';
import type { SamplingPolicy } from '@llm-otel/sampling/policy';
import { startTelemetry } from '@llm-otel/sdk';
import { type OtlpSink, seededRandom, startOtlpSink } from '@llm-otel/testing';
import { freePorts } from '@llm-otel/tooling/collector';
import { context, diag, metrics, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { type CompiledCollector, sendAll, startCompiled } from './gateway.ts';
import { madeTraces } from './made-traces.ts';

const keepErrors: SamplingPolicy = {
  version: 1,
  rules: [
    { name: 'errors', when: { error: true }, keep: 'all' },
    { name: 'others', keep: 'none' },
  ],
};

interface GatewayOptions {
  readonly sampling?: SamplingPolicy | string;
  readonly decisionWaitSeconds?: number;
  /** Without a queue everything has been delivered once it has ended. */
  readonly queue?: boolean;
  readonly metricsPort?: number | undefined;
}

function startGateway(sink: OtlpSink, options: GatewayOptions = {}): Promise<CompiledCollector> {
  const { sampling, decisionWaitSeconds = 30, queue = true, metricsPort } = options;
  const prometheus = { host: '127.0.0.1', port: metricsPort };
  return startCompiled({
    tier: 'gateway',
    input: {
      sampling,
      exporters: [{ type: 'otlp_http', endpoint: sink.url }],
      fleet: {
        platform: 'none',
        gateways: ['gateway:4317'],
        decisionWaitSeconds,
        decisionWaitAfterRootSeconds: 0,
      },
    },
    override: {
      exporters: {
        otlp_http: {
          retry_on_failure: { initial_interval: '50ms', max_interval: '200ms' },
          ...(queue ? undefined : { sending_queue: { enabled: false } }),
        },
      },
      ...(metricsPort === undefined
        ? undefined
        : {
            service: {
              telemetry: {
                metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus } } }] },
              },
            },
          }),
    },
  });
}

function startAgent(gateways: readonly CompiledCollector[]): Promise<CompiledCollector> {
  return startCompiled({
    tier: 'agent',
    input: {
      exporters: [{ type: 'debug' }],
      fleet: {
        platform: 'none',
        environment: 'staging',
        gateways: gateways.map(({ grpcEndpoint }) => grpcEndpoint),
      },
    },
  });
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const list = [...items];
  for (let at = list.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}

const idOf = (span: ReadableSpan): string =>
  `${span.spanContext().traceId}:${span.spanContext().spanId}`;

function missingIn(sink: OtlpSink, spans: readonly ReadableSpan[]): readonly string[] {
  const there = new Set(sink.spans.map(({ traceId, spanId }) => `${traceId}:${spanId}`));
  return spans.map((span) => idOf(span)).filter((id) => !there.has(id));
}

test('two gateways behind load balancing keep every trace whole, whichever agent its spans come through', async () => {
  await using sinkA = await startOtlpSink();
  await using sinkB = await startOtlpSink();
  await using gatewayA = await startGateway(sinkA, { sampling: keepErrors, queue: false });
  await using gatewayB = await startGateway(sinkB, { sampling: keepErrors, queue: false });
  await using agentA = await startAgent([gatewayA, gatewayB]);
  await using agentB = await startAgent([gatewayA, gatewayB]);
  const spans = madeTraces(4000, 11);

  // In any order: the spans of a trace come in different requests, through both agents.
  const mixed = shuffled(spans, 3);
  const half = Math.floor(mixed.length / 2);
  await Promise.all([
    sendAll(mixed.slice(0, half), agentA.tracesUrl, 200),
    sendAll(mixed.slice(half), agentB.tracesUrl, 200),
  ]);
  for (const { collector } of [agentA, agentB, gatewayA, gatewayB]) await collector.stop();

  const traceIds = new Set(
    spans
      .filter(({ status }) => status.code === SpanStatusCode.ERROR)
      .map((span) => span.spanContext().traceId),
  );
  const wanted = spans
    .filter((span) => traceIds.has(span.spanContext().traceId))
    .map((span) => idOf(span));
  const kept = [sinkA, sinkB].map((sink) =>
    sink.spans.map(({ traceId, spanId }) => `${traceId}:${spanId}`),
  );
  expect(kept.flat().toSorted()).toEqual(wanted.toSorted());
  const [tracesA, tracesB] = [sinkA, sinkB].map(
    (sink) => new Set(sink.spans.map(({ traceId }) => traceId)),
  );
  expect([...(tracesA ?? [])].filter((id) => tracesB?.has(id))).toEqual([]);
  // Both had their share, about half of them each.
  for (const traces of [tracesA, tracesB]) expect(traces?.size).toBeGreaterThan(traceIds.size / 4);
});

test('metrics and log records take the same way, and both tiers say that they are well', async () => {
  await using sink = await startOtlpSink();
  await using gateway = await startGateway(sink, { decisionWaitSeconds: 1 });
  await using agent = await startAgent([gateway]);
  const { tracesUrl } = agent;
  const telemetry = await startTelemetry({
    environment: {},
    strict: true,
    serviceName: 'desk',
    endpoint: new URL(tracesUrl).origin,
  });
  const logs = resilientLogExporter({
    destinations: [otlpDestination({ url: tracesUrl.replace('traces', 'logs') })],
  });

  telemetry.meter('app').createCounter('desk.tickets').add(3);
  telemetry.tracer().startSpan('answer').end();
  await telemetry.shutdown();
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  logs.export([logRecord], () => undefined);
  await logs.shutdown();

  await sink.waitFor(
    (received) =>
      received.logs.length === 1 &&
      received.spans.length === 1 &&
      received.metrics.some(({ name }) => name === 'desk.tickets'),
    30_000,
  );
  const resources = [...sink.spans, ...sink.metrics, ...sink.logs].map(({ resource }) => resource);
  for (const { attributes } of resources) {
    expect(attributes).toMatchObject({
      'service.name': 'desk',
      'deployment.environment.name': 'staging',
    });
  }
  for (const { healthUrl } of [agent, gateway]) expect((await fetch(healthUrl)).status).toBe(200);
});

const logRecord: ReadableLogRecord = {
  hrTime: [1_790_000_000, 0],
  hrTimeObserved: [1_790_000_000, 0],
  severityNumber: 9,
  severityText: 'INFO',
  body: 'a ticket came in',
  attributes: {},
  resource: { attributes: { 'service.name': 'desk' } },
  instrumentationScope: { name: 'app' },
  droppedAttributesCount: 0,
};

test('kill -9 of a gateway while its back end is down: what it has decided about is on disk, and arrives', async () => {
  await using sink = await startOtlpSink();
  await sink.stop();
  const [metricsPort] = await freePorts(1);
  await using gateway = await startGateway(sink, { decisionWaitSeconds: 1, metricsPort });
  const spans = madeTraces(1000, 5);

  await sendAll(spans, gateway.tracesUrl);
  await allDecided(metricsPort, spans);
  await gateway.collector.kill();
  await gateway.collector.start();
  expect(sink.spans).toEqual([]);
  await sink.start();
  await sink.waitFor(() => missingIn(sink, spans).length === 0, 60_000);
});

test('a gateway that is told to end while spans come in decides about what is open first: nothing is lost', async () => {
  await using sink = await startOtlpSink();
  await using gatewayA = await startGateway(sink, { decisionWaitSeconds: 3 });
  await using gatewayB = await startGateway(sink, { decisionWaitSeconds: 3 });
  await using agent = await startAgent([gatewayA, gatewayB]);
  const spans = shuffled(madeTraces(3000, 17), 2);
  const third = Math.ceil(spans.length / 3);

  await sendAll(spans.slice(0, third), agent.tracesUrl, 100);
  expect(missingIn(sink, spans.slice(0, third)).length).toBeGreaterThan(0);
  const sending = sendAll(spans.slice(third, 2 * third), agent.tracesUrl, 100);
  await gatewayA.collector.stop();
  await sending;
  await gatewayA.collector.start();
  await sendAll(spans.slice(2 * third), agent.tracesUrl, 100);

  await sink.waitFor(() => missingIn(sink, spans).length === 0, 60_000);
});

test('kill -9 of a gateway while spans come in: what it had not acknowledged comes again; only what it had not decided about is lost', async () => {
  await using sink = await startOtlpSink();
  const [metricsPort] = await freePorts(1);
  await using gateway = await startGateway(sink, { decisionWaitSeconds: 1, metricsPort });
  const decided = madeTraces(1000, 23);
  const undecided = madeTraces(1000, 29);
  const later = madeTraces(1000, 31);

  await sendAll(decided, gateway.tracesUrl);
  await allDecided(metricsPort, decided);
  const open = sendAll(undecided, gateway.tracesUrl, 50);
  await gateway.collector.kill();
  const afterwards = sendAll(later, gateway.tracesUrl, 50);
  await gateway.collector.start();
  await Promise.all([open, afterwards]);

  // `sendAll` has seen an answer to everything; what came before the kill may be gone with the memory, and nothing else.
  await sink.waitFor(() => missingIn(sink, [...decided, ...later]).length === 0, 60_000);
});

/** Resolves once the gateway has put all of the spans into its queue, by its own metrics. */
async function allDecided(port: number | undefined, spans: readonly ReadableSpan[]): Promise<void> {
  const traces = new Set(spans.map((span) => span.spanContext().traceId)).size;
  for (;;) {
    const text = await fetch(`http://127.0.0.1:${port}/metrics`).then((answer) => answer.text());
    const sampled =
      /^otelcol_processor_tail_sampling_global_count_traces_sampled\S*decision="sampled"\S* (\d+)/m.exec(
        text,
      )?.[1];
    if (Number(sampled) >= traces) return;
  }
}
