import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { injectHeaders, w3cPropagator } from '@llm-otel/propagation';

// Two servers, each a process of its own: the first calls the second.
const children: ChildProcess[] = [];
let frontUrl = '';

async function startServer(next?: string): Promise<string> {
  const child = fork(
    join(import.meta.dirname, 'fixtures/server.ts'),
    next === undefined ? [] : [next],
    {
      execArgv: [],
      env: { PATH: process.env['PATH'] },
    },
  );
  children.push(child);
  const [url] = (await once(child, 'message')) as [string];
  return url;
}

beforeAll(async () => {
  frontUrl = await startServer(await startServer());
});
afterAll(async () => {
  await Promise.all(
    children.map((child) => {
      child.kill();
      return once(child, 'exit');
    }),
  );
});

interface Seen {
  readonly pid: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly traceState: string | undefined;
  readonly traceparent: string | undefined;
  readonly session: string | undefined;
  readonly next: Seen | undefined;
}

async function call(headers: Record<string, string>): Promise<Seen> {
  return (await (await fetch(frontUrl, { headers })).json()) as Seen;
}

test('trace_across_http_boundary: one trace over three processes, each span the child of its caller', async () => {
  const span = new TracerProvider().getTracer('test').startSpan('call');
  const headers = {};
  injectHeaders(headers, trace.setSpan(ROOT_CONTEXT, span));

  const front = await call(headers);

  const { traceId, spanId } = span.spanContext();
  expect(new Set([process.pid, front.pid, front.next?.pid]).size).toBe(3);
  expect([front.traceId, front.next?.traceId]).toEqual([traceId, traceId]);
  expect(front.parentSpanId).toBe(spanId);
  expect(front.next?.parentSpanId).toBe(front.spanId);
});

test('baggage_propagation_e2e: baggage and tracestate reach the last process', async () => {
  const baggage = propagation.createBaggage({ 'session.id': { value: 'Grüße, 42' } });
  const headers = {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03',
    tracestate: 'a=1,b=2',
  };
  injectHeaders(
    headers,
    propagation.setBaggage(ROOT_CONTEXT, baggage),
    w3cPropagator({ baggageKeys: ['session.id'] }),
  );

  const { next } = await call(headers);

  expect(next).toMatchObject({ session: 'Grüße, 42', traceState: 'a=1,b=2' });
  // The random flag has passed a span of the SDK.
  expect(next?.traceparent).toMatch(/-03$/);
});

test('without headers, or with bad ones, each process still answers, in a new trace', async () => {
  const traces = new Set<string>();
  for (const headers of [{}, { traceparent: 'bad', tracestate: '=', baggage: '%,=;' }]) {
    const front = await call(headers);
    expect(front.parentSpanId).toBeUndefined();
    expect(front.next?.traceId).toBe(front.traceId);
    traces.add(front.traceId);
  }
  expect(traces.size).toBe(2);
});
