import type { Transport, TransportResponse } from '@llm-otel/exporters-resilient';
import { fakeClock } from '@llm-otel/testing';
import type { Attributes, Meter } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { operationDurations } from './operation-durations.ts';

const REQUEST = {
  url: 'https://receiver.example/v1/traces?key=secret',
  headers: {},
  body: new Uint8Array(),
  signal: new AbortController().signal,
};
const answer = (status: number): TransportResponse => ({
  status,
  header: () => undefined,
  body: new Uint8Array(),
});

function setUp(send: Transport['send']) {
  const clock = fakeClock();
  const recorded: [number, Attributes | undefined][] = [];
  const durations = operationDurations(clock);
  const meter = {
    createHistogram: () => ({
      record: (seconds: number, attributes?: Attributes) => recorded.push([seconds, attributes]),
    }),
  } as unknown as Meter;
  const transport = durations.measure.transport(
    {
      async send(request) {
        await clock.advance(250);
        return send(request);
      },
    },
    'traces',
    'http/protobuf',
  );
  return { recorded, durations, meter, transport };
}
const COMPONENT = {
  'otel.component.type': 'otlp_http_span_exporter',
  'otel.component.name': 'otlp_http_span_exporter/0',
  'server.address': 'receiver.example',
  'server.port': 443,
};

test('a request is measured in seconds, with who asked, where, and the answer, and without what is secret', async () => {
  const { recorded, durations, meter, transport } = setUp(async () => answer(200));
  await transport.send(REQUEST);
  expect(recorded).toEqual([]);

  durations.publish(meter);
  const response = await transport.send(REQUEST);

  expect(response.status).toBe(200);
  expect(recorded).toEqual([[0.25, { ...COMPONENT, 'http.response.status_code': 200 }]]);
});

test('an answer that says no and a connection that breaks have an error type', async () => {
  const error = Object.assign(new Error('no'), { code: 'ECONNRESET' });
  const refusing = setUp(async () => answer(503));
  const breaking = setUp(() => Promise.reject(error));
  for (const { durations, meter } of [refusing, breaking]) durations.publish(meter);

  await refusing.transport.send(REQUEST);
  await expect(breaking.transport.send(REQUEST)).rejects.toBe(error);

  expect(refusing.recorded[0]?.[1]).toMatchObject({
    'http.response.status_code': 503,
    'error.type': '503',
  });
  expect(breaking.recorded[0]?.[1]).toEqual({ ...COMPONENT, 'error.type': 'ECONNRESET' });
});

test('what else the transport can do it still can', async () => {
  const closed: string[] = [];
  const inner: Transport = {
    send: async () => answer(200),
    gzip: async (body) => body,
    close: () => void closed.push('closed'),
  };

  const transport = operationDurations().measure.transport(inner, 'metrics', 'http/json');
  transport.close?.();

  expect(closed).toEqual(['closed']);
  expect(await transport.gzip?.(new Uint8Array([1]))).toEqual(new Uint8Array([1]));
  expect('zstd' in transport).toBe(false);
});

test('a call over gRPC is measured too, with its code where it failed', () => {
  const { recorded, durations, meter } = setUp(async () => answer(200));
  durations.publish(meter);
  const call = durations.measure.calls('logs');

  call({ url: 'http://receiver.example:4317', millis: 30, code: 'OK' });
  call({ url: 'http://receiver.example:4317', millis: 40, code: 'UNAVAILABLE' });

  const component = {
    'otel.component.type': 'otlp_grpc_log_exporter',
    'otel.component.name': 'otlp_grpc_log_exporter/0',
    'server.address': 'receiver.example',
    'server.port': 4317,
  };
  expect(recorded).toEqual([
    [0.03, { ...component, 'rpc.response.status_code': 'OK' }],
    [
      0.04,
      {
        ...component,
        'rpc.response.status_code': 'UNAVAILABLE',
        'error.type': 'UNAVAILABLE',
      },
    ],
  ]);
});

test('a component is called by its protocol, and each by a number of its own', async () => {
  const { recorded, durations, meter } = setUp(async () => answer(200));
  durations.publish(meter);
  const send = async () => answer(200);

  for (const protocol of ['http/json', 'http/json', 'http/protobuf'] as const)
    await durations.measure.transport({ send }, 'traces', protocol).send(REQUEST);

  expect(recorded.map(([, attributes]) => attributes?.['otel.component.name'])).toEqual([
    'otlp_http_json_span_exporter/0',
    'otlp_http_json_span_exporter/1',
    // The first one is that of this test's own set-up.
    'otlp_http_span_exporter/1',
  ]);
});
