import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { SpanRecorder } from '@llm-otel/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instrument } from '../src/index.ts';
import { plainSpan, spanLines } from './contract/plain-span.ts';
import { startRecording } from './contract/recording.ts';
import { sdk1 } from './pair.ts';

let recorder: SpanRecorder;
let stop: () => void;
beforeEach(() => ({ recorder, stop } = startRecording()));
afterEach(() => stop());

const lines = (): readonly string[] => spanLines(recorder.spans.map((span) => plainSpan(span)));

interface Wire {
  readonly sent: unknown[];
  start(): Promise<void>;
  send(message: unknown): Promise<void>;
  close(): Promise<void>;
  onmessage?: (message: unknown, extra?: unknown) => void;
  onclose?: () => void;
}

/** A transport whose other end is the test. */
function wire(): Wire {
  const sent: unknown[] = [];
  return {
    sent,
    start: async () => undefined,
    async send(message) {
      sent.push(message);
    },
    async close() {
      this.onclose?.();
    },
  };
}

async function servedWire(): Promise<Wire> {
  const transport = wire();
  await instrument(sdk1.createServer()).connect(transport);
  return transport;
}

const ping = (id: unknown): object => ({ jsonrpc: '2.0', id, method: 'ping' });

test('messages that are none, or not of this protocol, are passed on and disturb nothing', async () => {
  const transport = await servedWire();
  const messages = [
    null,
    7,
    'ping',
    [],
    {},
    { id: 1 },
    { method: 7, id: 1 },
    { jsonrpc: '2.0', id: 99, result: {} },
    { jsonrpc: '2.0', id: 99, error: { code: 'x' } },
    { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: { a: 1 } } },
    { jsonrpc: '2.0', method: 'notifications/cancelled' },
    { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 7, _meta: { traceparent: 7 } } },
    { jsonrpc: '2.0', id: 3, method: 'completion/complete', params: { ref: null } },
    { jsonrpc: '2.0', id: 4, method: 'x'.repeat(100_000) },
  ];

  for (const message of messages) transport.onmessage?.(message);
  transport.onmessage?.(ping(5));
  await setImmediate();

  expect(transport.sent).toContainEqual({ jsonrpc: '2.0', id: 5, result: {} });
  expect(recorder.openSpans).toEqual([]);
  expect(Math.max(...recorder.spans.map(({ name }) => name.length))).toBeLessThanOrEqual(256);
});

test('a message whose members throw is passed on', async () => {
  const transport = await servedWire();
  const params = {
    get name(): string {
      throw new Error('no');
    },
    get _meta(): object {
      throw new Error('no');
    },
  };

  expect(() =>
    transport.onmessage?.({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  ).toThrow('no');
  transport.onmessage?.(ping(2));
  await setImmediate();

  expect(transport.sent).toContainEqual({ jsonrpc: '2.0', id: 2, result: {} });
});

test('a method that the server does not know is a mistake of the caller', async () => {
  const transport = await servedWire();

  transport.onmessage?.({ jsonrpc: '2.0', id: 1, method: 'tasks/forget' });
  await setImmediate();

  expect(lines()).toEqual(['server tasks/forget (-32601)']);
});

test('version and session stand in the headers where a server keeps no sessions', async () => {
  const headers = { 'mcp-protocol-version': '2025-11-25', 'mcp-session-id': 's-1' };
  const transport = await servedWire();
  const extras = [
    { requestInfo: { headers } },
    { request: { headers: new Headers(headers) } },
    { requestInfo: {}, request: {} },
  ];

  for (const [id, extra] of extras.entries()) transport.onmessage?.(ping(id), extra);
  await setImmediate();

  const told = { 'mcp.protocol.version': '2025-11-25', 'mcp.session.id': 's-1' };
  expect(recorder.spans[0]?.attributes).toMatchObject(told);
  expect(recorder.spans[1]?.attributes).toMatchObject(told);
  expect(recorder.spans[2]?.attributes).not.toHaveProperty('mcp.session.id');
});

test('requests that are never answered are bounded, and end with the connection', async () => {
  const transport = await servedWire();
  const waiting = (id: number): object => ({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'wait', arguments: {} },
  });

  for (let id = 0; id < 10_010; id++) transport.onmessage?.(waiting(id));
  // The same id once more: the first of them gets no answer.
  transport.onmessage?.(waiting(10_009));
  expect(recorder.spans).toHaveLength(11);
  expect(recorder.openSpans).toHaveLength(10_000);
  await transport.close();

  expect(recorder.openSpans).toEqual([]);
  expect(new Set(recorder.spans.map(({ attributes }) => attributes['error.type']))).toEqual(
    new Set(['connection_closed']),
  );
});

test('an answer that cannot be sent is an error of the server', async () => {
  const transport = wire();
  transport.send = () => Promise.reject(new RangeError('too long'));
  await instrument(sdk1.createServer()).connect(transport);

  transport.onmessage?.(ping(1));
  await setImmediate();

  expect(lines()).toEqual(['server ping ! RangeError']);
});

test('a transport that is used again after it was closed is watched once', async () => {
  const transport = wire();
  const server = instrument(sdk1.createServer());
  await server.connect(transport);
  await server.close();
  await server.connect(transport);

  transport.onmessage?.(ping(1));
  await setImmediate();

  expect(lines()).toEqual(['server ping']);
});

test('a connection that is dropped without being closed is garbage, and its spans end', async () => {
  async function dropOne(): Promise<WeakRef<object>> {
    const transport = wire();
    // A client of this shape, without the deadline of the SDK, which would hold on to the request.
    const observed = instrument({
      connect: async (given: Wire) => given.start(),
      request: async () => undefined,
    });
    await observed.connect(transport);
    void transport.send({ jsonrpc: '2.0', id: 1, method: 'ping' });
    return new WeakRef(transport);
  }
  const dropped = await dropOne();
  expect(recorder.openSpans).toEqual(['ping']);

  await collectGarbageUntil(() => recorder.openSpans.length === 0);

  expect(dropped.deref()).toBeUndefined();
  expect(lines()).toEqual(['client ping ! connection_closed']);
});

/** Collects garbage, a turn of the loop each time, so that finalizers run. */
async function collectGarbageUntil(done: () => boolean): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 200 && !done(); turn++) {
    collect();
    await setImmediate();
  }
}
