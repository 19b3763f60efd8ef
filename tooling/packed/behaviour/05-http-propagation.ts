import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withSpan } from '@llm-otel/core';
import { extractHeaders, injectHeaders } from '@llm-otel/propagation';
import { context, trace } from '@opentelemetry/api';
import { observed, spanNamed, test } from './support.ts';

test('an HTTP call carries the trace from the client span to the server span', async () => {
  let header: string | undefined;
  const { spans } = await observed({}, async () => {
    const tracer = trace.getTracer('app');
    const server = createServer((request, response) => {
      header = String(request.headers['traceparent']);
      const parent = extractHeaders(request.headers);
      context.with(parent, () => withSpan(tracer, 'server', { kind: 1 }, () => response.end('ok')));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    await withSpan(tracer, 'client', { kind: 2 }, async () => {
      const headers = new Headers();
      injectHeaders(headers);
      assert.equal(await (await fetch(url, { headers })).text(), 'ok');
    });

    server.close();
    server.closeAllConnections();
  });

  const client = spanNamed(spans, 'client');
  const server = spanNamed(spans, 'server');
  assert.equal(server.traceId, client.traceId);
  assert.equal(server.parentSpanId, client.spanId);
  assert.match(header ?? '', new RegExp(`^00-${client.traceId}-${client.spanId}-[0-9a-f]{2}$`));
});

test('a caller that was not sampled is not sampled here either', async () => {
  const { spans } = await observed({}, () => {
    const tracer = trace.getTracer('app');
    const parent = extractHeaders({
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00',
    });
    context.with(parent, () => withSpan(tracer, 'unsampled', {}, () => undefined));
    withSpan(tracer, 'root', {}, () => undefined);
  });

  assert.deepEqual(
    spans.map(({ name }) => name),
    ['root'],
  );
});
