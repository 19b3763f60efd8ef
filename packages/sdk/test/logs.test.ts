// Log records go where spans go, as redacted as they are, and are counted.
import { expect, test } from 'vitest';
import { startWithSink } from './start-with-sink.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const secret = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

test('a log record arrives without the secret in its body, in the trace it was written in', async () => {
  const { telemetry, sink } = await startWithSink({ logs: true });

  const traceId = telemetry.tracer().startActiveSpan('answering', (span) => {
    telemetry.logger('app').emit({
      severityNumber: 9,
      body: { text: `token ${secret}`, count: 3 },
      attributes: { note: `by ${secret}` },
    });
    span.end();
    return span.spanContext().traceId;
  });
  const report = await telemetry.shutdown();

  expect(report).toMatchObject({ complete: true, problems: [], rejected: 0, dropped: 0 });
  expect(sink.errors).toEqual([]);
  expect(sink.logs).toMatchObject([
    {
      severityNumber: 9,
      body: { text: 'token [REDACTED:github_token]', count: 3 },
      attributes: { note: 'by [REDACTED:github_token]' },
      traceId,
    },
  ]);
  expect(telemetry.ledger().find(({ signal }) => signal === 'logs')).toMatchObject({
    ended: 1,
    destinations: { otlp: { exported: 1 } },
  });
});

test('a message event of earlier conventions arrives in today’s names, without the secret', async () => {
  const { telemetry, sink } = await startWithSink({ logs: true });

  telemetry.logger('other').emit({
    eventName: 'gen_ai.user.message',
    attributes: { 'gen_ai.system': 'openai' },
    body: { content: `token ${secret}` },
  });
  await telemetry.shutdown();

  expect(sink.logs).toMatchObject([
    {
      eventName: 'gen_ai.client.inference.operation.details',
      attributes: {
        'gen_ai.provider.name': 'openai',
        'gen_ai.input.messages': [
          { role: 'user', parts: [{ type: 'text', content: 'token [REDACTED:github_token]' }] },
        ],
      },
    },
  ]);
  expect(sink.logs[0]?.body).toBeNull();
});

test('without being asked for no log record leaves', async () => {
  const { telemetry, sink } = await startWithSink();

  telemetry.logger('app').emit({ body: 'nobody asked' });
  await telemetry.shutdown();

  expect(sink.logs).toEqual([]);
  expect(telemetry.ledger().map(({ signal }) => signal)).not.toContain('logs');
});

test.for([
  [{ OTEL_LOGS_EXPORTER: 'otlp' }, {}, 1],
  [{ OTEL_LOGS_EXPORTER: 'none' }, { logs: true }, 0],
  [{ OTEL_LOGS_EXPORTER: 'otlp' }, { logs: false }, 0],
] as const)('with %j and %j there are %i', async ([environment, options, expected]) => {
  const { telemetry, sink } = await startWithSink({ environment, ...options });

  telemetry.logger('app').emit({ body: 'hello' });
  await telemetry.shutdown();

  expect(sink.logs).toHaveLength(expected);
});
