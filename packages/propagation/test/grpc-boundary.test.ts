import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type Client,
  type ClientReadableStream,
  credentials,
  makeGenericClientConstructor,
  Metadata,
} from '@grpc/grpc-js';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { injectHeaders, w3cPropagator } from '@llm-otel/propagation';
import { echoService } from './fixtures/echo-service.ts';
import { type RecordedSpan, tracer } from './fixtures/recorded-spans.ts';

interface Answer {
  readonly spans: readonly RecordedSpan[];
  readonly session?: string;
}
type Echo = Client & {
  ask(
    request: object,
    metadata: Metadata,
    done: (error: Error | null, answer: Answer) => void,
  ): unknown;
  tell(request: object, metadata: Metadata): ClientReadableStream<Answer>;
};

let server: ChildProcess;
let client: Echo;

beforeAll(async () => {
  server = fork(join(import.meta.dirname, 'fixtures/grpc-server.ts'), [], {
    execArgv: [],
    env: { PATH: process.env['PATH'] },
  });
  const [port] = (await once(server, 'message')) as [number];
  const EchoClient = makeGenericClientConstructor(echoService, 'Echo');
  client = new EchoClient(`127.0.0.1:${port}`, credentials.createInsecure()) as unknown as Echo;
});
afterAll(async () => {
  client.close();
  server.kill();
  await once(server, 'exit');
});

const ask = (metadata: Metadata): Promise<Answer> =>
  new Promise((resolve, reject) => {
    client.ask({}, metadata, (error, answer) => (error === null ? resolve(answer) : reject(error)));
  });

test('grpc_metadata_propagation: trace_across_grpc_boundary, the server span is a child of the client span in another process', async () => {
  const span = tracer.startSpan('client', { kind: 2 });
  const baggage = propagation.createBaggage({ 'session.id': { value: 'Grüße, 42' } });
  const metadata = new Metadata();

  injectHeaders(
    metadata,
    propagation.setBaggage(trace.setSpan(ROOT_CONTEXT, span), baggage),
    w3cPropagator({ baggageKeys: ['session.id'] }),
  );
  const { spans, session } = await ask(metadata);

  const { traceId, spanId } = span.spanContext();
  expect(spans).toMatchObject([{ name: 'ask', traceId, parentSpanId: spanId, links: [] }]);
  expect(spans[0]?.pid).toBe(server.pid);
  expect(session).toBe('Grüße, 42');
});

test('a call that streams its answer belongs to the same trace', async () => {
  const span = tracer.startSpan('client', { kind: 2 });
  const metadata = new Metadata();
  injectHeaders(metadata, trace.setSpan(ROOT_CONTEXT, span));

  const answers: Answer[] = [];
  for await (const answer of client.tell({}, metadata)) answers.push(answer as Answer);

  const { traceId, spanId } = span.spanContext();
  expect(answers[1]?.spans).toMatchObject([{ name: 'tell', traceId, parentSpanId: spanId }]);
});

test('a call without metadata, or with a bad header, starts a trace of its own', async () => {
  const bad = new Metadata();
  bad.set('traceparent', '00-nonsense');
  for (const metadata of [new Metadata(), bad]) {
    const { spans } = await ask(metadata);
    expect(spans).toMatchObject([{ name: 'ask', parentSpanId: null }]);
  }
});
