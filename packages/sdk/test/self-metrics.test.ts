// What telemetry tells about itself, as an operator sees it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { otlpDestination } from '@llm-otel/exporters-resilient';
import { unreachableUrl } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/self-metrics.md'), 'utf8');

const firstColumn = (page: string): string =>
  [...page.matchAll(/^\| (`.+?`) +\|/gm)].map(([, cell]) => cell).join(' ');

/** A process that has exported, lost and thrown away spans, and what it told of it. */
async function afterTrouble() {
  const { telemetry, sink } = await startWithSink({
    queue: { maxItems: 10 },
    batch: { maxItems: 5, delayMillis: 60_000 },
    retry: { maxElapsedMillis: 0 },
    sampling: 1,
    logs: true,
  });
  sink.answer({ status: 400 });
  telemetry.tracer().startSpan('refused').end();
  await telemetry.forceFlush();
  sink.recover();
  telemetry.logger().emit({ body: 'trouble' });
  for (let at = 0; at < 50; at++) telemetry.tracer().startSpan(`work ${at}`).end();
  await telemetry.shutdown();
  return { telemetry, sink };
}

test('the page for operators names metrics that are there, and all that are there', async () => {
  const { sink } = await afterTrouble();

  const emitted = new Set(
    sink.metrics.map(({ name }) => name).filter((name) => /^(otel|llm_otel)\./.test(name)),
  );
  const named = new Set(
    // In the first column; what stands behind it are attributes.
    [...firstColumn(PAGE).matchAll(/`((?:otel\.sdk|llm_otel)\.[a-z_.]+)`/g)].map(
      ([, name]) => name,
    ),
  );
  // Only where something was thrown away, or taken out.
  for (const name of [
    'llm_otel.sampling.sampled_out',
    'llm_otel.redaction.findings',
    'llm_otel.redaction.failures',
    'llm_otel.exporter.span.dead_letters_dropped',
    'llm_otel.exporter.log.dead_letters_dropped',
    'llm_otel.exporter.metric_data_point.dead_letters_dropped',
  ]) {
    named.delete(name);
    emitted.delete(name);
  }
  expect(named).toEqual(emitted);
});

test('the figures agree with the ledger, and each runbook name has its metric', async () => {
  const { telemetry, sink } = await afterTrouble();

  const points = (name: string) =>
    sink.metrics.findLast((metric) => metric.name === name)?.points as
      | readonly {
          readonly attributes: Record<string, unknown>;
          readonly value: number;
          readonly count?: number;
        }[]
      | undefined;
  const [traces] = telemetry.ledger();
  const otlp = traces?.destinations['otlp'];
  const sum = (name: string, failed: boolean): number =>
    (points(name) ?? [])
      .filter(({ attributes }) => attributes['otel.component.name'] !== 'metrics')
      .filter(({ attributes }) => 'error.type' in attributes === failed)
      .reduce((all, { value }) => all + value, 0);

  expect(sum('otel.sdk.processor.span.processed', true)).toBe(
    Object.values(traces?.dropped ?? {}).reduce((all, count) => all + count, 0),
  );
  expect(sum('otel.sdk.processor.span.queue.capacity', false)).toBe(10);
  expect(sum('otel.sdk.exporter.span.exported', false)).toBe(otlp?.exported);
  expect(sum('otel.sdk.exporter.span.exported', true)).toBe(otlp?.rejected['http_400']);
  const durations = points('otel.sdk.exporter.operation.duration') ?? [];
  expect(durations.map(({ attributes }) => attributes['http.response.status_code'])).toEqual(
    expect.arrayContaining([200, 400]),
  );
});

test.each([
  'otel_spans_dropped_total',
  'otel_queue_size',
  'otel_export_latency',
  'otel_export_errors_total',
])('the page says what %s of the runbooks is', (name) => {
  expect(PAGE).toMatch(new RegExp(`\\| \`${name}\` +\\|.*\`otel\\.sdk\\.`));
  expect(PAGE).toContain(`record: ${name}`);
});

test('in an outage the figures behind the alarm on buffers are above it, while the alarm on the queue is silent', async () => {
  const { telemetry, sink } = await startWithSink({
    destinations: [
      otlpDestination({ name: 'away', url: await unreachableUrl(), buffer: { maxItems: 50 } }),
    ],
    queue: { maxItems: 10 },
    batch: { maxItems: 5, delayMillis: 60_000 },
  });

  for (let at = 0; at < 20; at++) {
    for (let i = 0; i < 5; i++) telemetry.tracer().startSpan('work').end();
    await new Promise(setImmediate);
  }
  await telemetry.forceFlush({ timeoutMillis: 200 });

  const last = (name: string): number => {
    const [point] = (sink.metrics.findLast((metric) => metric.name === name)?.points ??
      []) as readonly { readonly value: unknown }[];
    return Number(point?.value);
  };
  // At most one batch that is about to leave.
  expect(last('otel.sdk.processor.span.queue.size')).toBeLessThanOrEqual(5);
  expect(last('otel.sdk.processor.span.queue.capacity')).toBe(10);
  const held = last('otel.sdk.exporter.span.inflight');
  expect(held / last('llm_otel.exporter.span.buffer.capacity')).toBeGreaterThan(0.8);
  await telemetry.shutdown({ timeoutMillis: 100 });
});
