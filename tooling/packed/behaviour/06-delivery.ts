import assert from 'node:assert/strict';
import { startTelemetry } from '@llm-otel/sdk';
import { unreachableUrl } from '@llm-otel/testing';
import { ledgerErrors } from '@llm-otel/core';
import { trace } from '@opentelemetry/api';
import { observed, runModule, test } from './support.ts';

test('a receiver that answers 503 gets every span once it is back', async () => {
  const { spans, sink } = await observed({}, async (telemetry, sink) => {
    sink.answer({ status: 503, times: 2, signal: 'traces' });
    for (let index = 0; index < 5; index++) trace.getTracer('app').startSpan('work').end();
    await telemetry.forceFlush();
  });

  assert.equal(spans.length, 5);
  assert.equal(sink.duplicateSpans.length, 0);
  assert.deepEqual(
    sink.requests.filter(({ signal }) => signal === 'traces').map(({ status }) => status),
    [503, 503, 200],
  );
});

test('shutdown sends what waits', async () => {
  const { spans, ledger } = await observed({}, () => {
    for (let index = 0; index < 1200; index++) trace.getTracer('app').startSpan('work').end();
  });

  assert.equal(spans.length, 1200);
  assert.equal(ledger.queued, 0);
});

test('without a receiver, shutdown ends in time and says what was lost', async () => {
  const telemetry = await startTelemetry({ endpoint: await unreachableUrl(), strict: true });
  trace.getTracer('app').startSpan('work').end();

  const start = performance.now();
  await telemetry.shutdown({ timeoutMillis: 300 });

  const [ledger] = telemetry.ledger();
  assert.ok(performance.now() - start < 3000);
  assert.ok(ledger !== undefined);
  assert.deepEqual(ledgerErrors(ledger), []);
  assert.equal(ledger.destinations['otlp']?.exported, 0);
  assert.equal(ledger.destinations['otlp']?.inFlight, 0);
});

test('a process that ends by itself is not kept alive by telemetry', async () => {
  const { code, stderr } = await runModule(`
    import { startTelemetry } from '@llm-otel/sdk';
    import { trace } from '@opentelemetry/api';
    await startTelemetry({ endpoint: 'http://127.0.0.1:9', strict: true });
    trace.getTracer('app').startSpan('work').end();
  `);

  assert.deepEqual({ code, failure: /Error:/.exec(stderr)?.[0] }, { code: 0, failure: undefined });
});

test('after a shutdown without a receiver nothing keeps the process alive', async () => {
  // Metrics are on, and the last of them wait for a receiver that never comes.
  const { code, stdout } = await runModule(`
    import { startTelemetry } from '@llm-otel/sdk';
    import { trace } from '@opentelemetry/api';
    const telemetry = await startTelemetry({ endpoint: 'http://127.0.0.1:9', strict: true });
    trace.getTracer('app').startSpan('work').end();
    await telemetry.shutdown({ timeoutMillis: 300 });
    const ended = performance.now();
    process.on('exit', () => console.log('lingered', performance.now() - ended));
  `);

  const lingered = Number(/lingered ([\d.]+)/.exec(stdout)?.[1]);
  assert.equal(code, 0);
  assert.ok(lingered < 2000, `${lingered} ms`);
});
