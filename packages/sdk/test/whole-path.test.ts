// One span's whole way: recorded, sampled, redacted, delivered, and accounted for.
import { ledgerErrors } from '@llm-otel/core';
import { createGenAi } from '@llm-otel/llm-conventions';
import { startTelemetry, type Telemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { type OtlpSink, startOtlpSink } from '@llm-otel/testing';
import { context, diag, metrics, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';

let sink: OtlpSink;
let telemetry: Telemetry;

beforeEach(async () => void (sink = await startOtlpSink()));
afterEach(async () => {
  await telemetry.shutdown({ timeoutMillis: 100 });
  await sink.close();
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

async function start(options: TelemetryOptions = {}): Promise<Telemetry> {
  telemetry = await startTelemetry({
    environment: {},
    strict: true,
    endpoint: sink.url,
    metrics: false,
    ...options,
  });
  return telemetry;
}

// Put together at run time, so that no scanner takes this file for a leak.
const secret = ['sk', 'proj', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4'].join('-');

test('a model call arrives with its usage, without its secret, and the ledger knows it', async () => {
  await start({ content: 'span' });
  const genAi = createGenAi({ content: telemetry.content });

  await genAi.inference(
    {
      provider: 'openai',
      model: 'gpt-4o-mini',
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: `my key is ${secret}` }] }],
    },
    async (call) => call.recordResponse({ usage: { inputTokens: 12, outputTokens: 3 } }),
  );
  await expect(telemetry.shutdown()).resolves.toMatchObject({ complete: true, problems: [] });

  const [span] = sink.spans;
  expect(span?.attributes).toMatchObject({
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': 12,
  });
  expect(span?.attributes['gen_ai.input.messages']).toContain('my key is ');
  expect(JSON.stringify(span?.attributes)).not.toContain(secret);
  expect(
    Object.values(telemetry.redactions().redacted).reduce((sum, count) => sum + count, 0),
  ).toBe(1);
  expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
  expect(telemetry.ledger()[0]).toMatchObject({
    ended: 1,
    handed: 1,
    destinations: { otlp: { exported: 1 } },
  });
  expect([...sink.errors, ...sink.unknownFields]).toEqual([]);
});

test('content stays out unless it is asked for', async () => {
  await start();

  await createGenAi({ content: telemetry.content }).inference(
    {
      provider: 'openai',
      model: 'gpt-4o-mini',
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'hello' }] }],
    },
    async () => undefined,
  );
  await telemetry.shutdown();

  expect(JSON.stringify(sink.spans[0]?.attributes)).not.toContain('hello');
});

test('redaction: false takes nothing out', async () => {
  await start({ redaction: false });

  telemetry
    .tracer()
    .startSpan('work', { attributes: { note: secret } })
    .end();
  await telemetry.shutdown();

  expect(sink.spans[0]?.attributes['note']).toBe(secret);
});

test('a secret is found before a value is cut to the length limit', async () => {
  await start({ environment: { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '70' } });

  const note = `${'x'.repeat(40)} ${secret}`;
  telemetry.tracer().startSpan('work', { attributes: { note } }).end();
  await telemetry.shutdown();

  const arrived = sink.spans[0]?.attributes['note'] as string;
  expect(arrived).not.toContain(secret.slice(0, 15));
  expect(arrived.length).toBeLessThanOrEqual(70);
});

test('in production every trace with an error arrives, and about a tenth of the others', async () => {
  await start({ preset: 'production' });
  const tracer = telemetry.tracer();

  for (let i = 0; i < 1000; i++) tracer.startSpan('fine').end();
  for (let i = 0; i < 20; i++) tracer.startSpan('broken').setStatus({ code: 2 }).end();
  await telemetry.shutdown();

  const names = sink.spans.map(({ name }) => name);
  const fine = names.filter((name) => name === 'fine').length;
  expect(names.filter((name) => name === 'broken')).toHaveLength(20);
  // Five standard deviations around 100.
  expect(fine).toBeGreaterThan(52);
  expect(fine).toBeLessThan(148);
  const [traces] = telemetry.ledger();
  expect(traces).toMatchObject({ ended: 1020, handed: fine + 20 });
  expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
});

test('a share of all traces is kept where one is given', async () => {
  await start({ sampling: 0 });

  telemetry.tracer().startSpan('work').end();
  await telemetry.shutdown();

  expect(sink.spans).toEqual([]);
});

test('a receiver that is down and comes back has lost nothing', async () => {
  await sink.stop();
  await start({
    retry: { initialDelayMillis: 20, maxDelayMillis: 50 },
    batch: { delayMillis: 10 },
  });
  for (let i = 0; i < 300; i++) telemetry.tracer().startSpan(`span ${i}`).end();
  await telemetry.forceFlush({ timeoutMillis: 150 });
  expect(telemetry.ledger()[0]?.destinations['otlp']).toMatchObject({ exported: 0 });

  await sink.start();
  await sink.waitFor(300);
  await telemetry.shutdown();

  expect(new Set(sink.spans.map(({ name }) => name)).size).toBe(300);
  expect(telemetry.ledger().flatMap(ledgerErrors)).toEqual([]);
  expect(telemetry.ledger()[0]?.destinations['otlp']).toMatchObject({ exported: 300, dropped: {} });
});

test('a flush that runs out of time says what still waits', async () => {
  sink.hang();
  await start();

  telemetry.tracer().startSpan('work').end();
  const report = await telemetry.forceFlush({ timeoutMillis: 50 });

  expect(report.complete).toBe(false);
  expect(report.problems).toContain('traces: 1 still waiting');
});

test('one of two destinations that is dead keeps nothing from the other', async () => {
  const { otlpDestination } = await import('@llm-otel/exporters-resilient');
  await start({
    destinations: [
      otlpDestination({ name: 'dead', url: 'http://127.0.0.1:9/v1/traces' }),
      otlpDestination({ name: 'alive', url: sink.tracesUrl }),
    ],
    batch: { delayMillis: 10 },
  });

  telemetry.tracer().startSpan('work').end();
  await sink.waitFor(1);

  expect(sink.spans).toHaveLength(1);
});

test('the context of a request goes to another service and comes back out of its headers', async () => {
  await start({ baggageKeys: ['gen_ai.conversation.id'] });
  const headers: Record<string, string> = {};

  telemetry.tracer().startActiveSpan('client', (client) => {
    const baggage = propagation.createBaggage({
      'gen_ai.conversation.id': { value: 'c-42' },
      'user.email': { value: 'kept at home' },
    });
    propagation.inject(propagation.setBaggage(context.active(), baggage), headers);
    client.end();
  });
  telemetry.tracer().startSpan('server', {}, propagation.extract(ROOT_CONTEXT, headers)).end();
  await telemetry.shutdown();

  const [client, server] = sink.spans;
  expect(server?.parentSpanId).toBe(client?.spanId);
  expect(server?.attributes).toEqual({ 'gen_ai.conversation.id': 'c-42' });
  expect(JSON.stringify(headers)).not.toContain('kept');
});
